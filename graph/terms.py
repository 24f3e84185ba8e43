"""Make RDF terms from Python values, each value in one lexical form only.

Stores may rewrite ``0.50`` to ``0.5`` and ``nonNegativeInteger`` to ``integer``; the forms made here are
those that come back as they went in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from pyoxigraph import Literal, NamedNode

from graph.vocabulary import CG, ID

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
SH = "http://www.w3.org/ns/shacl#"

PREFIXES = {
    "cg": CG,
    "cgi": ID,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
}
"""What files and queries call the namespaces."""

QUERY_PREFIXES = {
    **PREFIXES,
    "cgg": "https://w3id.org/caregraph/graph/",
    "sh": "http://www.w3.org/ns/shacl#",
    "time": "http://www.w3.org/2006/time#",
}
"""What a query may use without declaring it."""

_SPACES = re.compile(r"\s+")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_AUTHORITY = re.compile(r"[a-z]+://[^/?]*", re.IGNORECASE)
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}
_DATE = re.compile(r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d{1,99}(\.\d{0,99})?|\.\d{1,99})([eE][+-]?\d{1,2})?", re.ASCII)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@lru_cache(maxsize=65536)
def name_node(iri: str) -> NamedNode:
    """Make the node of an IRI; the same object for the same IRI, since graphs repeat them.

    Raises:
        ValueError: ``iri`` is no absolute IRI.
    """
    return NamedNode(iri)


def write_text(text: str) -> Literal:
    """Make a plain string, character by character as given; half surrogates become U+FFFD."""
    return Literal(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def write_label(text: str) -> Literal:
    """Make a plain string with single spaces, for names that a line break may cut in the source."""
    return write_text(_SPACES.sub(" ", text).strip())


def write_integer(value: int) -> Literal:
    """Make an ``xsd:integer``."""
    return Literal(str(value), datatype=name_node(XSD + "integer"))


def read_number(text: str) -> float:
    """Read a number of a graph; 0 for what is none, as a graph that other hands have changed may have.

    >>> read_number("0.75"), read_number("=1+1"), read_number("")
    (0.75, 0.0, 0.0)
    """
    return float(text) if _NUMBER.fullmatch(text) else 0.0


def read_integer(text: str) -> int:
    """Read a whole number of a graph; 0 for what is none, or has more than 18 digits."""
    return int(text) if _INTEGER.fullmatch(text) else 0


def write_score(value: float) -> Literal:
    """Make the ``xsd:decimal`` of a score in 0..1, to four digits, without trailing zeros.

    >>> str(write_score(0.9)), str(write_score(1.0))
    ('"0.9"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"1"^^<http://www.w3.org/2001/XMLSchema#decimal>')

    Raises:
        ValueError: outside 0..1, or no number.
    """
    if not 0 <= value <= 1:
        raise ValueError(f"a score is in 0..1, not {value}")
    digits = f"{value:.4f}".rstrip("0").rstrip(".")
    return Literal(digits, datatype=name_node(XSD + "decimal"))


def write_date(value: str | None) -> Literal | None:
    """Make the date, month or year of an ISO 8601 date; None when it is none that exists.

    >>> str(write_date("2007-04"))
    '"2007-04"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    >>> write_date("2007-02-29") is None
    True
    """
    if value is None or not _DATE.fullmatch(value) or not _is_day(value):
        return None
    return Literal(value, datatype=name_node(XSD + _DATE_TYPES[len(value)]))


def write_address(url: str | None) -> NamedNode | None:
    """Make the node of a web address; None for anything but http and https.

    Characters that an IRI may not hold are percent-encoded.
    """
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
        return NamedNode(_write_reference(url.strip()))
    except ValueError:
        return None


def _write_reference(url: str) -> str:
    """Percent-encode what an IRI may not hold; brackets stand in its authority alone, ``#`` once."""
    before, mark, fragment = _STRAY_PERCENT.sub("%25", url).partition("#")
    authority = _AUTHORITY.match(before)
    end = authority.end() if authority else 0
    plain = ":/?@!$&'()*+,;=-._~%"
    made = quote(before[:end], safe=plain + "[]", errors="replace") + quote(
        before[end:], safe=plain, errors="replace"
    )
    return made + mark + quote(fragment, safe=plain, errors="replace")


def _is_day(value: str) -> bool:
    if len(value) < 10:
        return True
    year, month, day = (int(part) for part in value.split("-"))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day <= _DAYS[month - 1] and (leap or (month, day) != (2, 29))
