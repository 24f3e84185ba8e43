"""What each address of the server takes and gives, as data: ``openapi.py`` makes the description of it.

A route without an entry here fails a test, as does an entry without a route.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graph.endpoint.formats import ROWS, TRIPLES
from graph.endpoint.graph_store import STORE
from graph.endpoint.requests import FORM, QUERY
from graph.export.formats import FORMATS
from graph.workbench.complete import FIELDS
from graph.workbench.downloads import FILES
from graph.workbench.editor import DRAWING, KINDS, MOST_LABELS
from graph.workbench.home import NAME_KINDS, SENTENCES
from graph.workbench.rdf import FORMS, HTML

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
IRIS: Schema = {"type": "array", "items": {"type": "string", "format": "iri"}}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
COUNT: Schema = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
JSON = "application/json"
PAGE = (HTML,)
_TRIPLE_TYPES = tuple(form.media_type for form in TRIPLES)
_ROW_TYPES = tuple(form.media_type for form in ROWS)
_NODE_TYPES = (HTML, *(form.media_type for form in FORMS))
_QUERY_STATUSES = (400, 403, 405, 406, 413, 415, 500, 502, 503, 504)
_STRINGS: Schema = {"type": "object", "additionalProperties": {"type": "string"}}


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter: its name, what it says, its schema, and whether it is in the ``path`` or the ``query``."""

    name: str
    about: str
    schema: Schema = field(default_factory=lambda: TEXT)
    place: str = "query"


@dataclass(frozen=True, slots=True)
class Operation:
    """What an address does.

    Attributes:
        about: in a line.
        given: its parameters.
        types: media types of a whole answer.
        refusals: statuses with which it may refuse, beside those that every address has.
        schema: of an answer in JSON.
        body: schema by media type of what is sent by POST.
        redirects: whether a browser may be led elsewhere.
        partial: whether a part of the file may be asked for.
    """

    about: str
    given: tuple[Given, ...] = ()
    types: tuple[str, ...] = PAGE
    refusals: tuple[int, ...] = ()
    schema: Schema = field(default_factory=dict)
    body: dict[str, Schema] = field(default_factory=dict)
    redirects: bool = False
    partial: bool = False


AS_OF = Given("as_of", "a day, month or year: the graph as of then; another value is passed over", DAY)
PAGE_NUMBER = Given("page", "which part of a long list, from 1; the nearest that there is", COUNT)
_SEARCH = Given("q", "words; empty for none")
_NODE_FORM = Given("format", "instead of Accept", {"type": "string", "enum": [form.name for form in FORMS]})
_GRAPHS = (
    Given("default-graph-uri", "graphs that the query sees as the default graph, and no others", IRIS),
    Given("named-graph-uri", "named graphs that the query sees, and no others", IRIS),
    Given("format", "short name or media type, instead of Accept"),
    Given("rows", "rows or triples after which the answer ends", COUNT),
)
_FORM_SCHEMA: Schema = {
    "type": "object",
    "required": ["query"],
    "properties": {"query": TEXT, **{given.name: given.schema for given in _GRAPHS}},
}
_SPARQL = Operation(
    "Answer a SPARQL query; without one, describe the service in RDF, and lead a browser to the editor",
    (Given("query", "SPARQL 1.1; the usual prefixes are known"), *_GRAPHS),
    (*_ROW_TYPES, *_TRIPLE_TYPES),
    _QUERY_STATUSES,
    body={FORM: _FORM_SCHEMA, QUERY: TEXT},
    redirects=True,
)
_COMPLETION: Schema = {
    "type": "object",
    "required": ["name", "about", "value", "address"],
    "properties": dict.fromkeys(("name", "about", "value", "address"), TEXT),
}

OPERATIONS: dict[str, Operation] = {
    "/sparql": _SPARQL,
    "/sparql/": _SPARQL,
    STORE: Operation(
        "Give a whole graph (SPARQL 1.1 Graph Store Protocol, to read)",
        (
            Given("graph", "the IRI of a named graph; this or default", {"type": "string", "format": "iri"}),
            Given("default", "the default graph; takes no value", {"type": "string", "enum": [""]}),
        ),
        _TRIPLE_TYPES,
        (400, 404, 405, 406, 500, 503, 504),
        redirects=True,
    ),
    "/graph/{name}": Operation(
        "Give the graph of that name under https://w3id.org/caregraph/graph/",
        (Given("name", "the rest of its IRI, as it stands there", place="path"),),
        _TRIPLE_TYPES,
        (400, 404, 405, 406, 500, 503, 504),
        redirects=True,
    ),
    "/static/{path}": Operation(
        "Give a script, style or picture of the pages",
        (Given("path", "of the file", place="path"),),
        ("*/*",),
        (404,),
        partial=True,
        redirects=True,
    ),
    "/": Operation(
        "Search names and sentences, or show what there is",
        (
            _SEARCH,
            Given("kind", "what to search", {"type": "string", "enum": ["", *NAME_KINDS, SENTENCES]}),
            PAGE_NUMBER,
            AS_OF,
        ),
    ),
    "/complete": Operation(
        "Give names that begin with what was typed",
        (_SEARCH, Given("for", "kind of name", {"type": "string", "enum": list(FIELDS)}), AS_OF),
        (JSON,),
        schema={"type": "array", "items": _COMPLETION},
    ),
    "/id/{path}": Operation(
        "Show a node as a page, or give it as RDF",
        (Given("path", "the rest of its IRI", place="path"), _NODE_FORM, PAGE_NUMBER, AS_OF),
        _NODE_TYPES,
        (404,),
    ),
    "/questions": Operation("List the named questions", (AS_OF,)),
    "/questions/{name}": Operation(
        "",
        (
            Given("format", "the answer as a file", {"type": "string", "enum": ["csv"]}),
            Given("sort", "the column to sort by"),
            Given("order", "of the column", {"type": "string", "enum": ["up", "down"]}),
            PAGE_NUMBER,
            AS_OF,
        ),
        (HTML, "text/csv"),
        (400, 404, 422, 500, 503, 504),
    ),
    "/editor": Operation("Show the query editor", (Given("query", "to start with"), AS_OF)),
    "/editor/complete": Operation(
        "Give what may be meant where somebody types in a query",
        (Given("kind", "of word", {"type": "string", "enum": list(KINDS)}), _SEARCH),
        (JSON,),
        (400,),
        {
            "type": "object",
            "required": ["completions"],
            "properties": {"completions": {"type": "array", "items": {"type": "object"}}},
        },
    ),
    "/editor/labels": Operation(
        "Give the names of nodes, by IRI",
        types=(JSON,),
        refusals=(400, 413),
        schema=_STRINGS,
        body={JSON: {"type": "array", "items": TEXT, "maxItems": MOST_LABELS}},
    ),
    "/editor/examples.json": Operation(
        "Give queries to start from",
        types=(JSON,),
        schema={"type": "array", "items": {**_STRINGS, "required": ["name", "text", "form", "query"]}},
    ),
    "/editor/examples.ttl": Operation("Give queries to start from, as RDF", types=("text/turtle",)),
    "/editor/drawing/{name}": Operation(
        "Give a script that draws networks",
        (Given("name", "of the file", {"type": "string", "enum": list(DRAWING)}, "path"),),
        ("text/javascript",),
        (404,),
        partial=True,
    ),
    "/compare": Operation(
        "Show two bodies side by side",
        (Given("a", "the one, by name, code or IRI"), Given("b", "the other"), AS_OF),
        refusals=(422,),
    ),
    "/network": Operation("Show the network page of the build", refusals=(404,), partial=True),
    "/statistics": Operation("Show what there is in numbers", (AS_OF,)),
    "/ontology": Operation(
        "Show what classes, properties and statuses mean, or give the ontology as RDF",
        (_SEARCH, _NODE_FORM, AS_OF),
        _NODE_TYPES,
    ),
    "/openapi.json": Operation("Describe these addresses", types=(JSON,), schema={"type": "object"}),
    "/downloads": Operation("List the files, the formats and the documents", (PAGE_NUMBER, AS_OF)),
    "/downloads/files/{name}": Operation(
        "Give a file of the build",
        (Given("name", "of the file", {"type": "string", "enum": [file.name for file in FILES]}, "path"),),
        tuple(dict.fromkeys(file.media_type for file in FILES)),
        (404,),
        partial=True,
    ),
    "/downloads/graph/{name}": Operation(
        "Give the graph in a format, as it is written",
        (Given("name", "of the format", {"type": "string", "enum": list(FORMATS)}, "path"),),
        tuple(dict.fromkeys(form.media_type.partition(";")[0] for form in FORMATS.values())),
        (404,),
    ),
}
"""By address; a path in braces takes slashes as well."""
