"""Re-read the sources and check that every statement of a graph still has its sentence.

Two promises are checked: each quote stands in its document where the graph says, letter by letter; and
each plain statement of a document rests on a claim that it asserts, unaltered since it was written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from graph.iris import document_graph_iri, document_iri, hashed_iri
from graph.records import Document, quote_evidence
from graph.terms import DCTERMS, OA, ORG, PROV, RDF, write_text
from graph.vocabulary import CG, GRAPH, PREDICATES

_PLAIN = frozenset(CG + predicate for predicate in PREDICATES)
_SHOWN = 60
Node = dict[str, list[str]]
"""The values of each property of a node, as strings."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that does not hold.

    Attributes:
        document: name of the document, or the graph's IRI where it has none.
        node: IRI of the node at fault.
        message: what is wrong, in one line.
    """

    document: str
    node: str
    message: str

    def __str__(self) -> str:
        """Tell it in one line."""
        return f"{self.document}: {self.message} <{self.node}>"


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """What was checked, and what does not hold, sorted.

    Attributes:
        documents: graphs of documents that were checked.
        claims: relations that these state.
        quotes: pieces of evidence that these cite.
        problems: what does not hold.
        unchecked: what could not be checked, and why, in words.
    """

    documents: int
    claims: int
    quotes: int
    problems: tuple[Problem, ...]
    unchecked: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether all that was checked holds."""
        return not self.problems


def verify_graphs(
    graphs: Iterable[Iterable[Quad]], documents: Mapping[str, Document], expected: Iterable[str] = ()
) -> VerificationReport:
    """Check every quote and every plain statement of the graphs of documents, one graph after the other.

    Args:
        graphs: each with all statements of the graph of a document.
        documents: the sources as read again, by name.
        expected: names of documents that have to have a graph.
    """
    checked = claims = quotes = 0
    problems: set[Problem] = set()
    missing = set(expected)
    for quads in graphs:
        source = _Source(quads)
        document = documents.get(source.name)
        problems.update(_check_document(source, document), _check_quotes(source, document))
        problems.update(_check_claims(source))
        missing.discard(source.name)
        checked += 1
        claims += len(source.select("Claim"))
        quotes += len(source.select("Evidence"))
    for name in missing:
        problems.add(
            Problem(name, document_iri(name), "the graph has nothing of the document; build it again")
        )
    return VerificationReport(checked, claims, quotes, tuple(sorted(problems)))


def verify_dataset(quads: Iterable[Quad], documents: Mapping[str, Document]) -> VerificationReport:
    """Check a dataset that is in memory.

    Args:
        quads: of any graphs; those that are not of documents are passed over.
        documents: the sources as read again, by name.
    """
    graphs: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(GRAPH + "document/"):
            graphs[quad.graph_name.value].append(quad)
    return verify_graphs(graphs.values(), documents)


def verify_quotes(quads: Iterable[Quad], documents: Mapping[str, Document]) -> list[Problem]:
    """List what ``verify_dataset`` finds wrong, sorted; none when all holds."""
    return list(verify_dataset(quads, documents).problems)


class _Source:
    """The graph of one document, node by node."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.graph_name = ""
        self.nodes: dict[str, Node] = defaultdict(lambda: defaultdict(list))
        for quad in dict.fromkeys(quads):
            graph_name, subject, value = quad.graph_name, quad.subject, quad.object
            if isinstance(graph_name, NamedNode) and isinstance(subject, NamedNode):
                self.graph_name = graph_name.value
                text = value.value if hasattr(value, "value") else str(value)
                self.nodes[subject.value][quad.predicate.value].append(text)
        named = [node for node in self.select("Document").values() if node.get(DCTERMS + "identifier")]
        self.name = named[0][DCTERMS + "identifier"][0] if len(named) == 1 else ""

    def select(self, local_name: str) -> dict[str, Node]:
        """Pick the nodes of a class of the ontology."""
        wanted = CG + local_name
        return {iri: node for iri, node in self.nodes.items() if wanted in node.get(RDF + "type", ())}

    def report(self, iri: str, message: str) -> Problem:
        """Make a problem of this document."""
        return Problem(self.name or self.graph_name, iri, message)


def _check_document(source: _Source, document: Document | None) -> Iterator[Problem]:
    iri = document_iri(source.name)
    if not source.name:
        yield source.report(source.graph_name, "the graph does not say which document it is of")
        return
    if document_graph_iri(source.name) != source.graph_name or iri not in source.nodes:
        yield source.report(source.graph_name, "the graph is not the one of the document that it names")
    if document is None:
        yield source.report(iri, "the document is not among the sources; add it, or give its folder")
        return
    node = source.nodes.get(iri, {})
    if node.get(CG + "textSha256") != [document.sha256]:
        yield source.report(iri, "the text has changed since the graph was built: its SHA-256 differs")
    if node.get(CG + "textLength") != [str(len(document.text))]:
        yield source.report(
            iri, f"the text has {len(document.text)} characters, not as many as the graph says"
        )


def _check_quotes(source: _Source, document: Document | None) -> Iterator[Problem]:
    quotes = source.select("Evidence")
    for iri, node in quotes.items():
        span = _read_span(node)
        if node.get(PROV + "wasQuotedFrom") != [document_iri(source.name)]:
            yield source.report(iri, "a quote is not said to come from the document of its graph")
        if span is None:
            yield source.report(iri, "a quote has no start and end that are whole numbers in order")
        elif iri != hashed_iri("evidence", source.name, *map(str, span)):
            yield source.report(iri, f"a quote is not where it was found: characters {span[0]}-{span[1]}")
        elif document is not None:
            yield from (source.report(iri, message) for message in _compare_quote(node, document.text, span))
    cited = {iri for claim in source.select("Claim").values() for iri in claim.get(CG + "evidence", ())}
    for iri in sorted(quotes.keys() - cited):
        yield source.report(iri, "a quote supports no claim")


def _read_span(node: Node) -> tuple[int, int] | None:
    starts, ends = node.get(OA + "start", []), node.get(OA + "end", [])
    if len(starts) != 1 or len(ends) != 1 or not (starts[0] + ends[0]).isdecimal():
        return None
    start, end = int(starts[0]), int(ends[0])
    return (start, end) if start < end else None


def _compare_quote(node: Node, text: str, span: tuple[int, int]) -> Iterator[str]:
    """Yield one message for each part of a quote that the text does not have at that place."""
    expected = quote_evidence(text, *span)
    at = f"characters {span[0]}-{span[1]}"
    parts = {"exact": expected.quote, "prefix": expected.prefix, "suffix": expected.suffix}
    for part, there in parts.items():
        stated = node.get(OA + part, [])
        wanted = [write_text(there).value] if there else []
        if stated != wanted:
            said = " and ".join(_shorten(value) for value in stated) or "nothing"
            name = "quote" if part == "exact" else part
            yield f"{at}: the {name} is {said}, but the text has {_shorten(there)}"


def _shorten(text: str) -> str:
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return repr(shown)


def _check_claims(source: _Source) -> Iterator[Problem]:
    asserted: set[tuple[str, str, str]] = set()
    claims = source.select("Claim")
    for iri, node in claims.items():
        values = [node.get(CG + name, [""]) for name in ("subject", "predicate", "object", "status", "role")]
        subject, predicate, obj, status, role = (" ".join(value) for value in values)
        parts = (subject, predicate.removeprefix(CG), obj, status.removeprefix(CG).lower(), role)
        if iri != hashed_iri("claim", source.name, *parts):
            yield source.report(iri, "a claim is not the one that was written under its name")
        missing = [quote for quote in node.get(CG + "evidence", ()) if quote not in source.nodes]
        if missing or not node.get(CG + "evidence"):
            yield source.report(iri, "a claim has no quote, or one that the graph does not hold")
        if status == CG + "Asserted":
            asserted.add((subject, predicate, obj))
    stated = set(_list_statements(source.nodes))
    for subject, predicate, obj in sorted(stated - asserted):
        yield source.report(subject, f"no claim asserts {predicate.removeprefix(CG)} <{obj}>")
    for subject, predicate, obj in sorted(asserted - stated):
        yield source.report(
            subject, f"asserted, yet not stated plainly: {predicate.removeprefix(CG)} <{obj}>"
        )
    yield from _check_posts(source, asserted)


def _list_statements(nodes: dict[str, Node]) -> Iterator[tuple[str, str, str]]:
    for subject, node in nodes.items():
        for predicate in _PLAIN & node.keys():
            for value in node[predicate]:
                yield subject, predicate, value


def _check_posts(source: _Source, asserted: set[tuple[str, str, str]]) -> Iterator[Problem]:
    for iri, node in source.nodes.items():
        if ORG + "Membership" in node.get(RDF + "type", ()):
            member, body = node.get(ORG + "member", [""])[0], node.get(ORG + "organization", [""])[0]
            if (member, CG + "postHolderAt", body) not in asserted:
                yield source.report(iri, "a membership rests on no asserted claim of a post")
