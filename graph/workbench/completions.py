"""What the query editor offers while somebody types: terms of the ontology, names in the graph, prefixes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from graph.names import fold
from graph.paths import ONTOLOGY
from graph.query import QUERY_PREFIXES
from graph.terms import DCTERMS, RDF, RDFS, SH, SKOS
from graph.vocabulary import CG
from graph.workbench.site import Site

LIMIT = 24
"""How many completions are offered at once."""
_NAMES_BESIDE_TERMS = 8
_LABELS = (SKOS + "prefLabel", DCTERMS + "title", RDFS + "label")
_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ENDING = re.compile(r"(?:ing|ed|es|s)$")
_STEM = 4  # letters that a word keeps when its ending is cut off


@dataclass(frozen=True, slots=True)
class Completion:
    """Something to put into a query.

    Attributes:
        insert: what is written, as SPARQL.
        label: what it is called.
        note: what it means, or what kind of thing it is.
        kind: ``class``, ``property``, ``value``, ``name`` or ``prefix``.
        prefix: that must be declared for it; empty for none.
    """

    insert: str
    label: str
    note: str
    kind: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A class, a property or a value of the ontology, or of another vocabulary that the graph uses."""

    completion: Completion
    name: str
    words: tuple[str, ...]
    described: frozenset[str]


def complete(site: Site, kind: str, text: str, *, limit: int = LIMIT) -> list[Completion]:
    """Offer what may be meant by what was typed, the likeliest first.

    Args:
        site: whose graph holds the names.
        kind: ``class``, ``property``, ``term`` (any of the ontology), ``name`` (of a body, a person, a
            document ...), ``prefix``, or ``any`` (terms, then names).
        text: what was typed so far.
        limit: how many at most.
    """
    text = text.strip()
    if kind == "prefix":
        return complete_prefixes(text)[:limit]
    if kind == "name":
        return complete_names(site, text, limit=limit)
    terms = complete_terms(text, kind, limit=limit)
    if kind != "any":
        return terms
    names = complete_names(site, text, limit=_NAMES_BESIDE_TERMS)
    return [*terms[: limit - len(names)], *names]


def complete_prefixes(text: str) -> list[Completion]:
    """Offer the prefixes that begin so, whole as a declaration wants them."""
    wanted = text.partition(":")[0].lower()
    return [
        Completion(f"{prefix}: <{iri}>", f"{prefix}:", iri, "prefix")
        for prefix, iri in sorted(QUERY_PREFIXES.items())
        if prefix.startswith(wanted)
    ]


def complete_terms(text: str, kind: str = "term", *, limit: int = LIMIT) -> list[Completion]:
    """Offer terms by any part of their name, the words of their label, or words that define them.

    >>> [one.insert for one in complete_terms("pooled", "property")][0]
    'cg:poolsBudgetWith'
    """
    prefix, colon, rest = text.rpartition(":")
    found = [
        (rank, len(term.name) if rest else 0, term.completion.insert, term.completion)
        for term in read_terms()
        if (kind not in ("class", "property") or term.completion.kind == kind)
        and (not colon or term.completion.prefix == prefix)
        and (rank := _rank(term, rest)) is not None
    ]
    return [completion for *_, completion in sorted(found, key=lambda one: one[:3])[:limit]]


def _rank(term: Term, text: str) -> int | None:
    """Return how near a term is to what was typed, 0 the nearest; None when it is not meant."""
    typed, name = text.lower().replace(" ", ""), term.name.lower()
    if name.startswith(typed):
        return 0 if name == typed else 1
    wanted = [word.lower() for word in _WORD.findall(text)]
    if wanted and all(any(word.startswith(one) for word in term.words) for one in wanted):
        return 2
    if len(typed) > 1 and typed in name:
        return 3
    stems = [_stem(one) for one in wanted]
    if wanted and all(any(word.startswith(one) for word in term.words) for one in stems):
        return 4
    return 5 if wanted and all(len(one) > 2 and one in term.described for one in stems) else None


def _stem(word: str) -> str:
    cut = _ENDING.sub("", word)
    return cut if len(cut) >= _STEM else word


@cache
def read_terms() -> tuple[Term, ...]:
    """Return the terms of the ontology, and those of other vocabularies that the shapes name."""
    quads = list(parse(path=ONTOLOGY / "caregraph.ttl", format=RdfFormat.TURTLE))
    about: dict[str, dict[str, list[str]]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            values = about.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, [])
            values.append(quad.object.value)
    own = [_make_term(iri, facts) for iri, facts in about.items() if iri.startswith(CG)]
    others = [_make_term(iri, {RDF + "type": [kind]}) for iri, kind in sorted(_read_foreign())]
    return tuple(term for term in (*own, *others) if term is not None)


def _read_foreign() -> set[tuple[str, str]]:
    """Return the terms of other vocabularies that the shapes name, and whether each is a class."""
    kinds = {SH + "path": "Property", SH + "class": "Class", SH + "targetClass": "Class"}
    return {
        (quad.object.value, kinds[quad.predicate.value])
        for quad in parse(path=ONTOLOGY / "shapes.ttl", format=RdfFormat.TURTLE)
        if quad.predicate.value in kinds
        and isinstance(quad.object, NamedNode)
        and not quad.object.value.startswith(CG)
    }


def _make_term(iri: str, facts: dict[str, list[str]]) -> Term | None:
    prefix = next((one for one, start in QUERY_PREFIXES.items() if iri.startswith(start)), "")
    name = iri.removeprefix(QUERY_PREFIXES.get(prefix, ""))
    if not prefix or not name:
        return None
    types = " ".join(facts.get(RDF + "type", ()))
    kind = "property" if "Property" in types else "class" if "Class" in types else "value"
    label = facts.get(RDFS + "label", [_HUMP.sub(" ", name).lower()])[0]
    definition = facts.get(SKOS + "definition", [""])[0]
    words = (*(part.lower() for part in _HUMP.split(name)), *(one.lower() for one in _WORD.findall(label)))
    text = " ".join([definition, *facts.get(SKOS + "example", ())]).lower()
    described = frozenset(_stem(word) for word in _WORD.findall(text))
    return Term(Completion(f"{prefix}:{name}", label, definition, kind, prefix), name, words, described)


def complete_names(site: Site, text: str, *, limit: int = LIMIT) -> list[Completion]:
    """Offer what is called so in the graph: a body, a person, a place, a publication or a document."""
    found = site.open().index.complete_names(text.removeprefix("cgi:"), limit=limit)
    return [
        Completion(f"<{one.entity}>", one.name, _describe_name(one.name, one.matched, one.type), "name")
        for one in found
    ]


def _describe_name(name: str, matched: str, kind: str) -> str:
    return kind if fold(name) == fold(matched) else f"{matched} · {kind}"


def label_iris(store: Store, iris: list[str]) -> dict[str, str]:
    """Return the names of nodes, for a table or a picture to show instead of their IRIs.

    Args:
        store: an opened graph.
        iris: of nodes; what is no IRI or has no name is left out.
    """
    labels = {}
    for iri in iris:
        try:
            node = NamedNode(iri)
        except ValueError:
            continue
        for predicate in _LABELS:
            found = [quad.object for quad in store.quads_for_pattern(node, NamedNode(predicate), None, None)]
            if texts := [one.value for one in found if isinstance(one, Literal)]:
                labels[iri] = min(texts)
                break
    return labels
