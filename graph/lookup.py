"""Look up in a store what a person names: a body, a place, a document.

Nothing is guessed. A near miss is an error that suggests names; a name that several bodies share is an
error that lists them with their codes.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.errors import QueryError
from graph.names import fold
from graph.register import load_register
from graph.terms import DCTERMS, SKOS
from graph.vocabulary import CG, ID

_BODIES = (ID + "organisation/", ID + "collective/")
_PLACES = (ID + "place/",)
_DOCUMENTS = (ID + "document/",)
_SUGGESTIONS = 3
_CHOICES = 8


def find_body(store: Store, name: str) -> NamedNode:
    """Find an organisation or a collective by IRI, code, name, short name or acronym.

    Names that a body has to itself come before those that need context; a code before all.

    Raises:
        QueryError: no body is so named (with suggestions), or several are (with their codes).
    """
    known = _find_iri(store, name, _BODIES) or _find_iri(store, name.replace(":", "-"), _BODIES)
    if known:
        return known
    names = {
        SKOS + "notation": _read_names(store, SKOS + "notation", _BODIES),
        SKOS + "prefLabel": _read_names(store, SKOS + "prefLabel", _BODIES),
        SKOS + "altLabel": _read_names(store, SKOS + "altLabel", _BODIES),
    }
    wanted = fold(name)
    for found in names.values():
        if wanted in found:
            return _choose(store, name, found[wanted])
    registered = {
        node
        for body in load_register().find(name)
        if (node := _find_iri(store, body.id.replace(":", "-"), _BODIES))
    }
    shared = registered or _read_names(store, CG + "ambiguousName", _BODIES).get(wanted, set())
    if shared:
        return _choose(store, name, shared)
    raise QueryError(f"no body is called {name!r} here; {_suggest(store, wanted, names, 'bodies')}")


def find_place(store: Store, name: str) -> NamedNode:
    """Find a place by IRI or name.

    Raises:
        QueryError: no place is so named; the message suggests some.
    """
    return _find_labelled(store, name, _PLACES, "place", (SKOS + "prefLabel", SKOS + "altLabel"))


def find_document(store: Store, name: str) -> NamedNode:
    """Find a document by IRI, file name (with its folder or without, with its ending or without) or title.

    Raises:
        QueryError: no document is so named, or several are.
    """
    return _find_labelled(store, name, _DOCUMENTS, "document", (DCTERMS + "identifier", DCTERMS + "title"))


def label_node(store: Store, node: NamedNode) -> str:
    """Give the name of a node: its preferred label or title, else the end of its IRI."""
    for predicate in (SKOS + "prefLabel", DCTERMS + "title"):
        labels = {_text(quad) for quad in store.quads_for_pattern(node, NamedNode(predicate), None, None)}
        if labels:
            return min(labels)
    return node.value.rsplit("/", 1)[-1]


def _find_iri(store: Store, name: str, folders: Iterable[str]) -> NamedNode | None:
    """Find a node by its IRI, its IRI with the prefix ``cgi:``, or the last part of its IRI."""
    written = ID + name.removeprefix("cgi:") if name.startswith("cgi:") else name
    candidates = [written] if written.startswith(ID) else [folder + name for folder in folders]
    for candidate in candidates:
        try:
            node = NamedNode(candidate)
        except ValueError:
            continue
        if next(iter(store.quads_for_pattern(node, None, None, None)), None):
            return node
    return None


def _find_labelled(
    store: Store, name: str, folders: tuple[str, ...], what: str, predicates: tuple[str, ...]
) -> NamedNode:
    known = _find_iri(store, name, folders)
    if known:
        return known
    names = {predicate: _read_names(store, predicate, folders) for predicate in predicates}
    if what == "document":
        names["stem"] = _shorten_names(names[DCTERMS + "identifier"])
    wanted = fold(name)
    for found in names.values():
        if wanted in found:
            return _choose(store, name, found[wanted])
    raise QueryError(f"no {what} is called {name!r} here; {_suggest(store, wanted, names, what + 's')}")


def _shorten_names(names: dict[str, set[NamedNode]]) -> dict[str, set[NamedNode]]:
    shorter: dict[str, set[NamedNode]] = defaultdict(set)
    for name, nodes in names.items():
        path = PurePosixPath(name)
        for short in (path.name, path.stem, str(path.with_suffix(""))):
            shorter[short] |= nodes
    return shorter


def _read_names(store: Store, predicate: str, folders: tuple[str, ...]) -> dict[str, set[NamedNode]]:
    """Map folded names to the nodes of some folders that have them."""
    names: dict[str, set[NamedNode]] = defaultdict(set)
    for node, text in _read_texts(store, predicate):
        if node.value.startswith(folders):
            names[fold(text)].add(node)
    return names


def _read_texts(store: Store, predicate: str) -> Iterator[tuple[NamedNode, str]]:
    for quad in store.quads_for_pattern(None, NamedNode(predicate), None, None):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject, _text(quad)


def _text(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, Literal) else ""


def _choose(store: Store, name: str, nodes: set[NamedNode]) -> NamedNode:
    if len(nodes) == 1:
        return next(iter(nodes))
    choices = sorted(f"{node.value.rsplit('/', 1)[-1]} ({label_node(store, node)})" for node in nodes)
    more = f" and {len(choices) - _CHOICES} more" if len(choices) > _CHOICES else ""
    raise QueryError(
        f"{name!r} may be {', '.join(choices[:_CHOICES])}{more}; give one by its key or full name"
    )


def _suggest(store: Store, wanted: str, names: dict[str, dict[str, set[NamedNode]]], question: str) -> str:
    """Suggest what is spelt nearly like the name wanted, else what holds all its words."""
    spelt = {name: nodes for found in names.values() for name, nodes in found.items()}
    near = difflib.get_close_matches(wanted, spelt, _SUGGESTIONS)
    if not near:
        words = set(wanted.split())
        near = sorted(name for name in spelt if words and words <= set(name.split()))[:_SUGGESTIONS]
    labels = dict.fromkeys(label_node(store, min(spelt[name], key=str)) for name in near)
    if labels:
        return f"did you mean {' or '.join(labels)}?"
    return f"list them with: caregraph ask OUT {question}"
