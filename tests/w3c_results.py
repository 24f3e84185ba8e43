"""Compare the answers of a server with the results that the W3C's test suite expects."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
COLUMN = "urn:column:"
XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float")}
_FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
Row = dict[str, Node]
Rows = tuple[frozenset[str], list[Row]]


def read_expected(path: Path, base: str) -> Graph | Rows | bool:
    """Read a result file: a graph, a boolean, or columns and rows."""
    if path.suffix in _FORMATS:
        return read_answer(path.read_bytes(), _FORMATS[path.suffix])
    content = Graph().parse(path, publicID=base, format="turtle" if path.suffix == ".ttl" else None)
    result = content.value(predicate=RDF.type, object=RS.ResultSet)
    if result is None:
        return content
    boolean = content.value(result, RS.boolean)
    if boolean is not None:
        return str(boolean) == "true"
    columns = frozenset(str(name) for name in content.objects(result, RS.resultVariable))
    rows = [
        {
            str(content.value(binding, RS.variable)): content.value(binding, RS.value) or BNode()
            for binding in content.objects(solution, RS.binding)
        }
        for solution in content.objects(result, RS.solution)
    ]
    return columns, rows


def read_answer(body: bytes, form: ox.QueryResultsFormat) -> Rows | bool:
    """Read an answer of the server, or a result file, with the parser of the engine."""
    results = ox.parse_query_results(body, form)
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    names = [variable.value for variable in results.variables]
    rows = [
        {name: _to_node(term) for name, term in zip(names, solution, strict=True) if term is not None}
        for solution in results
    ]
    return frozenset(names), rows


def read_graph(body: bytes) -> Graph:
    """Read an answer in N-Triples, with another parser than the server's."""
    return Graph().parse(data=body, format="nt")


def same_graph(one: Graph, other: Graph) -> bool:
    """Whether two graphs are equal but for the names of blank nodes (RDF 1.1 Concepts, section 3.6)."""
    return isomorphic(one, other)


def same_rows(one: Rows, other: Rows) -> bool:
    """Whether two tables hold the same rows as often, numbers by value, blank nodes under any name."""
    if one[0] != other[0] or len(one[1]) != len(other[1]):
        return False
    if any(isinstance(value, BNode) for row in one[1] for value in row.values()):
        return bool(isomorphic(_draw(one[1]), _draw(other[1])))
    return _count(one[1]) == _count(other[1])


def same_csv(body: bytes, expected: bytes) -> bool:
    """Whether two CSV tables hold the same rows; blank nodes may have any name."""
    return _read_csv(body) == _read_csv(expected)


def _read_csv(content: bytes) -> list[list[tuple[str, str]]]:
    """Return the rows as pairs of column and cell: ``SELECT *`` leaves the order of the columns open."""
    rows = csv.DictReader(io.StringIO(content.decode(), newline=""))
    return sorted(
        sorted((name, "_:" if cell.startswith("_:") else cell) for name, cell in row.items()) for row in rows
    )


def _count(rows: Iterable[Row]) -> Counter[frozenset[tuple[str, Node]]]:
    return Counter(frozenset((name, _level(value)) for name, value in row.items()) for row in rows)


def _draw(rows: Iterable[Row]) -> Graph:
    """Draw a table as a graph, a node for each row, so that two tables can be compared as graphs."""
    drawn = Graph()
    for row in rows:
        node = BNode()
        drawn.add((node, RDF.type, URIRef("urn:row")))
        for name, value in row.items():
            drawn.add((node, URIRef(COLUMN + name), _level(value)))
    return drawn


def _level(value: Node) -> Node:
    """Write numbers and booleans in one form: the suite compares values, as the functions of SPARQL do."""
    if isinstance(value, Literal) and str(value.datatype) in NUMBERS:
        try:
            return Literal(f"{Decimal(str(value)).normalize():f}", datatype=value.datatype)
        except InvalidOperation:
            return Literal(str(value).lower(), datatype=value.datatype)
    if isinstance(value, Literal) and str(value.datatype) == XSD + "boolean":
        return Literal("true" if str(value) in ("true", "1") else "false", datatype=value.datatype)
    return value


def _to_node(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return Literal(term.value, lang=term.language)
    plain = term.datatype.value == XSD + "string"
    return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value), normalize=False)
