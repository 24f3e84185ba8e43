"""A description of a graph for catalogues: DCAT 3, as Turtle, with the counts of ``describe_size``.

Nothing in it depends on when or where it is written: dates are those of the documents, the identifier is a
digest of the graph. Addresses are in it only where the export is told where the graph is served.
Source: W3C DCAT 3 (www.w3.org/TR/vocab-dcat-3).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import IO

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, serialize

from graph.commit import open_file
from graph.errors import StoreError
from graph.export.describe_size import DATASET, VOID, Facts, ask_rows, describe_parts, describe_size
from graph.export.formats import FORMATS, Format
from graph.export.source import Source
from graph.terms import DCTERMS, FOAF, OWL, PREFIXES, PROV, RDF, write_address, write_date
from graph.vocabulary import CG

DCAT = "http://www.w3.org/ns/dcat#"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
TITLE = "Who works with whom in health and social care"
KEYWORDS = ("commissioning", "health care", "knowledge graph", "organisations", "social care")
RIGHTS = (
    "The facts of the register are under the licences that stand with each of them. Sentences quoted from "
    "documents belong to those who hold the rights in the documents."
)
LICENCES = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "MIT": "https://opensource.org/license/mit",
    "OGL": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "Open Parliament": "https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/",
}
"""Licences by words with which the register states them."""

_DATES = "SELECT DISTINCT ?date { ?s a cg:Document ; dcterms:date ?date }"
_STATED = "SELECT DISTINCT ?licence { ?s cg:factConfidence ?any ; dcterms:license ?licence }"


def write_description(source: Source, stream: IO[bytes]) -> None:
    """Write what the graph is, how much is in it and in which formats it is to be had.

    Args:
        source: the graph; its ``address`` says where it is served.
        stream: gets Turtle.
    """
    store = source.open_store()
    counts = source.read_statistics()
    described = [
        (DATASET, _describe_dataset(source, store)),
        (DATASET, describe_size(store, counts)),
        (DATASET, _describe_service(source)),
        (f"{DATASET}/period", _describe_period(store)),
        (f"{DATASET}/caregraph", _describe_maker(source)),
        *((_name_distribution(known), _describe_distribution(source, known)) for known in _list_formats()),
        *describe_parts(store, counts),
    ]
    triples = [
        Triple(NamedNode(subject), NamedNode(predicate), value)
        for subject, facts in described
        for predicate, value in facts
    ]
    prefixes = {**PREFIXES, "dcat": DCAT, "void": VOID}
    serialize(triples, stream, RdfFormat.TURTLE, prefixes=prefixes)


def _describe_dataset(source: Source, store: Store) -> Facts:
    yield RDF + "type", NamedNode(DCAT + "Dataset")
    yield DCTERMS + "title", Literal(TITLE, language="en")
    about = "Organisations, what documents say of them, and the sentences that say so."
    yield DCTERMS + "description", Literal(about, language="en")
    with source.master.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    yield DCTERMS + "identifier", Literal(f"sha256:{digest}")
    yield DCTERMS + "language", NamedNode("http://id.loc.gov/vocabulary/iso639-1/en")
    yield DCTERMS + "creator", NamedNode(f"{DATASET}/caregraph")
    yield DCTERMS + "conformsTo", NamedNode(CG.rstrip("#"))
    yield DCTERMS + "temporal", NamedNode(f"{DATASET}/period")
    yield DCTERMS + "rights", Literal(RIGHTS, language="en")
    stated = [licence for (licence,) in ask_rows(store, _STATED)]
    for words, iri in LICENCES.items():
        if any(words in licence for licence in stated):
            yield DCTERMS + "license", NamedNode(iri)
    for word in KEYWORDS:
        yield DCAT + "keyword", Literal(word, language="en")
    for known in _list_formats():
        yield DCAT + "distribution", NamedNode(_name_distribution(known))


def _describe_period(store: Store) -> Facts:
    """Yield the first and the last date that documents state."""
    dates = [date for (date,) in ask_rows(store, _DATES)]
    yield RDF + "type", NamedNode(DCTERMS + "PeriodOfTime")
    for name, text in zip(("startDate", "endDate"), (dates[:1], dates[-1:]), strict=True):
        date = write_date(text[0]) if text else None
        if date is not None:
            yield DCAT + name, date


def _describe_maker(source: Source) -> Facts:
    yield RDF + "type", NamedNode(PROV + "SoftwareAgent")
    yield FOAF + "name", Literal("caregraph")
    version = _read_version(source)
    if version:
        yield OWL + "versionInfo", Literal(version)


def _describe_service(source: Source) -> Facts:
    """Yield where the graph is served."""
    if source.address:
        yield DCAT + "landingPage", _join_address(source, "")
        yield VOID + "sparqlEndpoint", _join_address(source, "sparql")


def _describe_distribution(source: Source, known: Format) -> Facts:
    media_type = known.media_type.split(";")[0]
    yield RDF + "type", NamedNode(DCAT + "Distribution")
    yield DCTERMS + "title", Literal(known.about, language="en")
    yield DCAT + "mediaType", NamedNode(MEDIA_TYPES + media_type)
    if known.folder:
        yield DCAT + "packageFormat", NamedNode(MEDIA_TYPES + media_type)
    if source.address:
        yield DCAT + "accessURL", _join_address(source, "downloads")
        yield DCAT + "downloadURL", _join_address(source, f"downloads/graph/{known.name}")


def _list_formats() -> Iterator[Format]:
    """Yield the formats that the graph is to be had in; the description is none of them."""
    return (known for known in FORMATS.values() if known.name != "dcat")


def _name_distribution(known: Format) -> str:
    return f"{DATASET}/format/{known.name}"


def _join_address(source: Source, path: str) -> NamedNode:
    node = write_address(f"{source.address.rstrip('/')}/{path}")
    if node is None:
        raise StoreError(f"{source.address}: no web address; write it as in https://example.org/")
    return node


def _read_version(source: Source) -> str:
    """Return the version of caregraph that built the graph, "" where nothing says so."""
    try:
        with open_file(source.out, "manifest.json") as stream:
            return str(json.load(stream)["caregraph"])
    except (OSError, ValueError, LookupError):
        return ""
