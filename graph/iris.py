"""Name every node: the same thing always gets the same IRI, and no two things share one.

Readable where a name can be read back, hashed where only identity matters. Nothing here looks at
the clock, the machine or the order in which documents come.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote

from graph.patterns import make_regex
from graph.vocabulary import GRAPH, ID

HASH_LENGTH = 24
"""Hexadecimal digits of a hashed IRI: 96 bits, so that a thousand million claims do not collide."""

SLUG_LENGTH = 80
"""Longest slug, in characters; longer names are cut and marked with their hash."""

_DROPPED = make_regex("['`\u00b4\u2018\u2019\u02bc\u00ad\u200b-\u200d\ufeff\u0300-\u036f]")
_SPACED = make_regex(r"[\s\-‐-―_.,:;!?()\[\]{}/\\\"“”«»|*·•]+")
_PLAIN = make_regex(r"[a-z0-9]+(?: [a-z0-9]+)*")
_FOLDERS = {
    "Person": "person",
    "Publication": "publication",
    "Legislation": "legislation",
    "Programme": "programme",
    "Place": "place",
}


def fold_name(name: str) -> str:
    """Bring a name to the form in which two spellings of one name are equal.

    Case, accents, apostrophes, punctuation between words, ``&`` for "and" and a leading "the" do
    not count; every other character does.

    >>> fold_name("The St. Mary’s & District  Trust")
    'st marys and district trust'
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    folded = _SPACED.sub(" ", _DROPPED.sub("", folded).replace("&", " and ")).strip()
    return folded.removeprefix("the ")


def slug_name(name: str) -> str:
    """Make the slug of a name: bare where it loses nothing, else with 8 digits of a hash.

    Two names have the same slug only if ``fold_name`` makes them equal.

    >>> slug_name("Leeds & York Partnership")
    'leeds-and-york-partnership'
    >>> slug_name("C++ Care")
    'c-care--f7a669f4'
    """
    folded = fold_name(name)
    if len(folded) <= SLUG_LENGTH and _PLAIN.fullmatch(folded):
        return folded.replace(" ", "-")
    return mark_slug(re.sub(r"[^a-z0-9]+", "-", folded)[:SLUG_LENGTH].strip("-"), folded)


def mark_slug(slug: str, *parts: str) -> str:
    """Set a slug apart by 8 hexadecimal digits of the hash of ``parts``."""
    return f"{slug}--{hash_parts(*parts)[:8]}"


def hash_parts(*parts: str) -> str:
    """Hash strings, in order, to ``HASH_LENGTH`` hexadecimal digits."""
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_LENGTH]


def document_path(name: str) -> str:
    """Write a document's name as the path of an IRI: ``/`` and plain characters stay as they are.

    >>> document_path("minutes/März 2007.txt")
    'minutes/M%C3%A4rz%202007.txt'
    """
    segments = (quote(segment, safe="", errors="surrogatepass") for segment in name.split("/"))
    return "/".join(s.replace(".", "%2E") if set(s) == {"."} else s for s in segments)


def document_iri(name: str) -> str:
    """Name the node of the document called ``name``."""
    return f"{ID}document/{document_path(name)}"


def document_graph_iri(name: str) -> str:
    """Name the graph that holds all that the document called ``name`` says."""
    return f"{GRAPH}document/{document_path(name)}"


def register_key(register_id: str) -> str:
    """Write a register id as the last part of an IRI.

    >>> register_key("ct:TAL")
    'ct-TAL'
    """
    return quote(register_id.replace(":", "-", 1), safe="")


def register_iri(register_id: str) -> str:
    """Name the body that the register calls ``register_id``."""
    return f"{ID}organisation/{register_key(register_id)}"


def entity_iri(kind: str, type_name: str, name: str) -> str:
    """Name an entity by its name alone, for every document alike.

    Args:
        kind: ``named``, ``collective``, ``unnamed`` or ``other``, as in ``Entity.kind``.
        type_name: local name of its class; says the folder of an ``other`` entity.
        name: its name in any spelling.
    """
    return f"{ID}{_folder(kind, type_name)}/{slug_name(name)}"


def local_entity_iri(kind: str, type_name: str, document: str, local_id: str) -> str:
    """Name an entity that only one document knows, by that document's name and its id there."""
    return f"{ID}{_folder(kind, type_name)}/{document_path(document)}/{quote(local_id, safe='')}"


def hashed_iri(folder: str, *parts: str) -> str:
    """Name a claim, a piece of evidence, a linking, a membership or a change by what makes it up."""
    return f"{ID}{folder}/{hash_parts(*parts)}"


def role_iri(words: str) -> str:
    """Name the role that the words of a post describe ("chief executive")."""
    return f"{ID}role/{slug_name(words)}"


def _folder(kind: str, type_name: str) -> str:
    if kind == "collective":
        return "collective"
    return _FOLDERS.get(type_name, "organisation")
