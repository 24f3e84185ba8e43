"""The formats of answers, and which of them a client wants (RFC 9110, section 12.5)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import mimeparse

from graph.endpoint.jobs import JobError


@dataclass(frozen=True, slots=True)
class Format:
    """A format of answers.

    Attributes:
        name: short, as in ``?format=json``.
        media_type: its own.
        others: media types that clients also use for it.
        names: other short names.
        iri: what the W3C calls it (https://www.w3.org/ns/formats/).
    """

    name: str
    media_type: str
    others: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    iri: str = ""


_W3C = "http://www.w3.org/ns/formats/"
ROWS = (
    Format(
        "json", "application/sparql-results+json", ("application/json",), (), _W3C + "SPARQL_Results_JSON"
    ),
    Format(
        "xml",
        "application/sparql-results+xml",
        ("application/xml", "text/xml"),
        ("sparql-xml",),
        _W3C + "SPARQL_Results_XML",
    ),
    Format("csv", "text/csv", (), (), _W3C + "SPARQL_Results_CSV"),
    Format("tsv", "text/tab-separated-values", (), (), _W3C + "SPARQL_Results_TSV"),
)
"""For SELECT and ASK; the first is what a client gets that does not mind."""

TRIPLES = (
    Format("turtle", "text/turtle", ("application/x-turtle",), ("ttl",), _W3C + "Turtle"),
    Format("nt", "application/n-triples", ("text/plain",), ("ntriples", "n-triples"), _W3C + "N-Triples"),
    Format(
        "rdfxml",
        "application/rdf+xml",
        ("application/xml", "text/xml"),
        ("xml", "rdf", "rdf+xml", "rdf/xml"),
        _W3C + "RDF_XML",
    ),
    Format(
        "jsonld",
        "application/ld+json",
        ("application/json",),
        ("json", "json-ld", "json+ld"),
        _W3C + "JSON-LD",
    ),
    Format("n3", "text/n3", ("text/rdf+n3",), (), _W3C + "N3"),
    Format("nq", "application/n-quads", ("text/x-nquads",), ("nquads", "n-quads"), _W3C + "N-Quads"),
    Format("trig", "application/trig", ("application/x-trig",), (), _W3C + "TriG"),
)
"""For CONSTRUCT, DESCRIBE and whole graphs."""

CHARSETS = {"text/csv", "text/tab-separated-values", "text/turtle", "text/n3"}
_PAGE = "text/html"


def label_content(media_type: str) -> str:
    """Return what a Content-Type header says: texts name their encoding, for programs that guess."""
    return f"{media_type}; charset=utf-8" if media_type in CHARSETS else media_type


@lru_cache(maxsize=1024)
def choose_format(formats: tuple[Format, ...], accept: str, name: str = "") -> Format:
    """Choose the format that a client likes best, and of several the one that stands first.

    Args:
        formats: ``ROWS`` or ``TRIPLES``.
        accept: the Accept header; empty for whatever there is.
        name: a short name or a media type, which outweighs the header.

    Raises:
        JobError: the client wants none of them; the message lists them.
    """
    if name:
        return _find_format(formats, name.strip().lower())
    owners = {form.media_type: form for form in formats}
    owners |= {kind: form for form in formats for kind in form.others}
    if not accept or _is_browser(accept):
        return formats[0]
    try:
        # Of equals the parser takes the last.
        best = mimeparse.best_match(list(reversed(owners)), accept)
    except (mimeparse.MimeTypeParseException, ValueError) as error:
        raise JobError(
            "malformed-request", f"Accept: {accept!r} cannot be read: {error}; send media types"
        ) from error
    if not best:
        raise _list_formats(formats, f"Accept: {accept}")
    return owners[best]


def wants_page(accept: str) -> bool:
    """Whether a client would rather have a page than RDF: browsers say so, and programs do not."""
    offered = [*(form.media_type for form in reversed(TRIPLES)), _PAGE]
    try:
        return _PAGE in accept and bool(mimeparse.best_match(offered, accept) == _PAGE)
    except (mimeparse.MimeTypeParseException, ValueError):
        return False


def _is_browser(accept: str) -> bool:
    """Whether the address was opened in a browser, which asks for pages, then XML, then anything."""
    return _PAGE in accept and "*/*" in accept


def _find_format(formats: tuple[Format, ...], name: str) -> Format:
    for form in formats:
        if name in (form.name, *form.names, form.media_type, *form.others):
            return form
    raise _list_formats(formats, f"format={name}")


def _list_formats(formats: tuple[Format, ...], wanted: str) -> JobError:
    known = ", ".join(f"{form.name} ({form.media_type})" for form in formats)
    return JobError("format", f"{wanted}: the answer to this query cannot be had so; choose one of {known}")
