"""Look up in a store what a person names: a body, a place, a document.

Nothing is guessed. A near miss is an error that suggests names; a name that several bodies share is an
error that lists them with their codes. A search index finds a name at once; without one, names that are
written otherwise than in the store are found by reading all of them.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.errors import QueryError
from graph.facts.nodes import CODE, OTHER, PREFERRED, SHARED, SHORT
from graph.names import fold
from graph.register import ship_register
from graph.search.index import SearchIndex
from graph.terms import DCTERMS, SKOS, write_text
from graph.vocabulary import CG, ID

_BODIES = (ID + "organisation/", ID + "collective/")
_PLACES = (ID + "place/",)
_DOCUMENTS = (ID + "document/",)
_CODES = tuple(NamedNode(f"{CG}{scheme}Code") for scheme in ("ods", "gss", "ons", "register"))
_STANDINGS = {
    SKOS + "notation": {CODE},
    SKOS + "prefLabel": {PREFERRED},
    SKOS + "altLabel": {OTHER, SHORT},
    CG + "ambiguousName": {SHARED},
    DCTERMS + "identifier": {CODE},
    DCTERMS + "title": {PREFERRED},
}
_SUGGESTIONS = 3
_CHOICES = 8


def find_body(store: Store, name: str, index: SearchIndex | None = None) -> NamedNode:
    """Find an organisation or a collective by IRI, code, name, short name or acronym.

    Names that a body has to itself come before those that need context; a code before all.

    Args:
        store: an opened graph.
        name: as a person writes it.
        index: of the same graph, if there is one.

    Raises:
        QueryError: no body is so named (with suggestions), or several are (with their codes).
    """
    name = write_text(name).value
    known = _find_iri(store, name, _BODIES) or _find_iri(store, name.replace(":", "-"), _BODIES)
    if known:
        return known
    predicates = (SKOS + "notation", SKOS + "prefLabel", SKOS + "altLabel")
    for found in _find_steps(store, name, index, _BODIES, predicates):
        if found:
            return _choose(store, name, found)
    registered = {
        node
        for body in ship_register().find(name)
        if (node := _find_iri(store, body.id.replace(":", "-"), _BODIES))
    }
    shared = registered or _find_called(store, name, index, _BODIES, CG + "ambiguousName")
    if shared:
        return _choose(store, name, shared)
    raise QueryError(
        f"no body is called {name!r} here; {_suggest(store, name, _BODIES, predicates, 'bodies')}"
    )


def find_place(store: Store, name: str, index: SearchIndex | None = None) -> NamedNode:
    """Find a place by IRI or name.

    Raises:
        QueryError: no place is so named; the message suggests some.
    """
    name = write_text(name).value
    known = _find_iri(store, name, _PLACES)
    if known:
        return known
    predicates = (SKOS + "prefLabel", SKOS + "altLabel")
    for found in _find_steps(store, name, index, _PLACES, predicates):
        if found:
            return _choose(store, name, found)
    raise QueryError(
        f"no place is called {name!r} here; {_suggest(store, name, _PLACES, predicates, 'places')}"
    )


def find_document(store: Store, name: str, index: SearchIndex | None = None) -> NamedNode:
    """Find a document by IRI, file name (with its folder or without, with its ending or without) or title.

    Raises:
        QueryError: no document is so named, or several are.
    """
    name = write_text(name).value
    known = _find_iri(store, name, _DOCUMENTS)
    if known:
        return known
    predicates = (DCTERMS + "identifier", DCTERMS + "title")
    for found in _find_steps(store, name, index, _DOCUMENTS, predicates):
        if found:
            return _choose(store, name, found)
    short = _shorten_names(_read_names(store, DCTERMS + "identifier", _DOCUMENTS)).get(fold(name))
    if short:
        return _choose(store, name, short)
    suggestion = _suggest(store, name, _DOCUMENTS, predicates, "documents")
    raise QueryError(f"no document is called {name!r} here; {suggestion}")


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


def _find_steps(
    store: Store, name: str, index: SearchIndex | None, folders: tuple[str, ...], predicates: tuple[str, ...]
) -> Iterator[set[NamedNode]]:
    """Yield what is so called: first to the letter, which the store itself tells, then in any spelling."""
    for predicate in predicates:
        if predicate != SKOS + "altLabel":  # a preferred name in another spelling comes before it
            yield _find_exact(store, name, folders, predicate)
    for predicate in predicates:
        yield _find_called(store, name, index, folders, predicate)


def _find_exact(store: Store, name: str, folders: tuple[str, ...], predicate: str) -> set[NamedNode]:
    codes = [Literal(name, datatype=scheme) for scheme in _CODES]
    return {
        quad.subject
        for value in (codes if predicate == SKOS + "notation" else [Literal(name)])
        for quad in store.quads_for_pattern(None, NamedNode(predicate), value, None)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(folders)
    }


def _find_called(
    store: Store, name: str, index: SearchIndex | None, folders: tuple[str, ...], predicate: str
) -> set[NamedNode]:
    if index is None:
        return _read_names(store, predicate, folders).get(fold(name), set())
    found = ((iri, standing) for iri, standing in index.find_called(name) if iri.startswith(folders))
    return {NamedNode(iri) for iri, standing in found if standing in _STANDINGS[predicate]}


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


def _suggest(
    store: Store, name: str, folders: tuple[str, ...], predicates: tuple[str, ...], question: str
) -> str:
    """Suggest what is spelt nearly like the name wanted, else what holds all its words."""
    found = [_read_names(store, predicate, folders) for predicate in predicates]
    if question == "documents":
        found.append(_shorten_names(found[0]))
    spelt = {spelling: nodes for names in found for spelling, nodes in names.items()}
    wanted = fold(name)
    near = difflib.get_close_matches(wanted, spelt, _SUGGESTIONS)
    if not near:
        words = set(wanted.split())
        near = sorted(spelling for spelling in spelt if words and words <= set(spelling.split()))[
            :_SUGGESTIONS
        ]
    labels = dict.fromkeys(label_node(store, min(spelt[spelling], key=str)) for spelling in near)
    if labels:
        return f"did you mean {' or '.join(labels)}?"
    return f"list them with: caregraph ask OUT {question}"
