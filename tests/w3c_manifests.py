"""The W3C's SPARQL 1.1 test suite as cases, read from its manifests, which are not in the repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")

BASE = "http://w3c.example/sparql11/"
"""What stands for the folder of the suite in IRIs: names of graphs and bases of queries."""

QUERY_FOLDERS = (
    "aggregates bind bindings cast construct csv-tsv-res exists functions grouping json-res negation "
    "project-expression property-path subquery syntax-query"
).split()
"""What asks for no updates, no other server and no entailment."""


@dataclass(frozen=True, slots=True)
class Case:
    """One test of a manifest: ``folder/name``, its kind, the query's file, its data, and what should come."""

    id: str
    kind: str
    query: Path
    default: tuple[Path, ...]
    named: tuple[Path, ...]
    result: Path | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request of a protocol test, and what may come back."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: tuple[str, ...]
    boolean: bool | None
    content: str | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A protocol test: requests one after the other, on graphs given by name."""

    id: str
    name: str
    exchanges: tuple[Exchange, ...]
    graphs: tuple[tuple[str, Path], ...]


def iri_of(path: Path, suite: Path) -> str:
    return BASE + path.relative_to(suite).as_posix()


def list_cases(suite: Path) -> list[Case]:
    return [case for folder in QUERY_FOLDERS for case in _read_cases(suite, folder)]


def list_conversations(suite: Path, manifest: str) -> list[Conversation]:
    path = suite / manifest
    content = _load(path, suite)
    folder = path.parent
    found = []
    for test in _list_entries(content):
        graphs = tuple(
            (
                str(content.value(data, RDFS.label)),
                folder / str(content.value(data, UT.graph)).rsplit("/", 1)[-1],
            )
            for data in content.objects(test, UT.graphData)
        )
        action = content.value(test, MF.action)
        requests = content.value(action, HT.requests)
        if requests is None:
            continue
        exchanges = tuple(_read_exchange(content, node) for node in Collection(content, requests))
        name = f"{folder.name}/{str(test).rsplit('#', 1)[-1]}"
        found.append(Conversation(name, str(content.value(test, MF.name)), exchanges, graphs))
    return found


def _load(path: Path, suite: Path) -> Graph:
    return Graph().parse(path, format="turtle", publicID=iri_of(path, suite))


def _list_entries(content: Graph) -> Iterator[Node]:
    for manifest in content.subjects(RDF.type, MF.Manifest):
        entries = content.value(manifest, MF.entries)
        if entries is not None:
            yield from Collection(content, entries)


def _read_cases(suite: Path, folder: str) -> Iterator[Case]:
    content = _load(suite / folder / "manifest.ttl", suite)
    for test in _list_entries(content):
        kind = str(content.value(test, RDF.type)).rsplit("#", 1)[-1]
        if kind not in KINDS:
            continue
        action = content.value(test, MF.action)
        query = content.value(action, QT.query) or action
        result = content.value(test, MF.result)
        yield Case(
            id=f"{folder}/{str(test).rsplit('#', 1)[-1]}",
            kind=kind,
            query=_file(query, suite),
            default=_files(content.objects(action, QT.data), suite),
            named=_files(content.objects(action, QT.graphData), suite),
            result=None if result is None else _file(result, suite),
        )


KINDS = {
    "QueryEvaluationTest",
    "CSVResultFormatTest",
    "PositiveSyntaxTest11",
    "NegativeSyntaxTest11",
}


def _file(node: Node | None, suite: Path) -> Path:
    assert isinstance(node, URIRef)
    return suite / str(node).removeprefix(BASE)


def _files(nodes: Iterable[Node], suite: Path) -> tuple[Path, ...]:
    return tuple(sorted(_file(node, suite) for node in nodes if isinstance(node, URIRef)))


def _read_exchange(content: Graph, node: Node) -> Exchange:
    response = content.value(node, HT.resp)
    body = content.value(node, HT.body)
    answer = content.value(response, HT.body)
    boolean = content.value(response, MF.expectedBoolean)
    return Exchange(
        method=str(content.value(node, HT.methodName)),
        path=str(content.value(node, HT.absolutePath)),
        headers=_read_headers(content, content.value(node, HT.headers)),
        body=_read_body(content, body),
        statuses=tuple(str(s).rsplit("#", 1)[-1] for s in content.objects(response, MF.expectedStatus)),
        boolean=None if boolean is None else str(boolean) == "true",
        content=None if answer is None else str(content.value(answer, CNT.chars)),
    )


def _read_headers(content: Graph, node: Node | None) -> dict[str, str]:
    if node is None:
        return {}
    return {
        str(content.value(header, HT.fieldName)): str(content.value(header, HT.fieldValue))
        for header in Collection(content, node)
    }


def _read_body(content: Graph, body: Node | None) -> bytes:
    if body is None:
        return b""
    encoding = content.value(body, CNT.characterEncoding)
    return str(content.value(body, CNT.chars)).encode(str(encoding or "utf-8"))
