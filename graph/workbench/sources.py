"""The text of a document of the graph, read again from its source, and what was marked in it.

The graph quotes sentences and does not hold texts. ``extraction.jsonl`` says what was mentioned where, and
``manifest.json`` where the sources were. A source that is gone, or that reads otherwise now, is not shown.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.commit import locate_file
from graph.errors import DocumentError, StoreError
from graph.iris import entity_iri, local_entity_iri, mark_slug, register_iri
from graph.manifest import list_inputs
from graph.read import read_document
from graph.records import Document
from graph.vocabulary import ID

_KEPT = 16  # documents and lists of files that are kept in memory


def read_source(out: Path, name: str, sha256: str) -> Document | None:
    """Read the source of a document again.

    Args:
        out: the folder of the build.
        name: of the document.
        sha256: digest of its text when the graph was built.

    Returns:
        The document; None where the source is gone or its text is another.
    """
    manifest = locate_file(out, "manifest.json")
    try:
        path = _list_inputs(out, manifest.stat().st_mtime_ns).get(name)
        if path is None:
            return None
        document = _read(path, path.stat().st_mtime_ns)
    except (OSError, StoreError, DocumentError):
        return None
    return document if document.sha256 == sha256 else None


def read_findings(out: Path, name: str) -> dict[str, Any]:
    """Read what was found in a document: a line of ``extraction.jsonl``; empty where there is none."""
    path = locate_file(out, "extraction.jsonl")
    try:
        place = _index_findings(path, path.stat().st_mtime_ns).get(name)
        if place is None:
            return {}
        with path.open("rb") as file:
            file.seek(place)
            found: dict[str, Any] = json.loads(file.readline())
            return found
    except (OSError, ValueError):
        return {}


def name_entities(found: dict[str, Any], mentioned: frozenset[str]) -> dict[str, str]:
    """Map the id of each entity of a document to its IRI in the graph.

    Args:
        found: from ``read_findings``.
        mentioned: the IRIs that the graph says the document mentions; of the names that an entity may have
            been given, the one among them is its own.
    """
    named = {}
    for entity in found.get("entities", ()):
        for iri in _possible_iris(found["doc"], entity):
            if iri in mentioned:
                named[entity["id"]] = iri
                break
    return named


def _possible_iris(document: str, entity: dict[str, Any]) -> list[str]:
    """List the names that an entity may have been given, in the order of ``graph/assemble.py``."""
    kind, type_name = entity["kind"], entity["type"]
    shared = entity_iri(kind, type_name, entity["name"])
    slug = shared.removeprefix(ID + "organisation/")
    local = local_entity_iri(kind, type_name, document, entity["id"])
    registered = [register_iri(entity["register"])] if entity["register"] else []
    return [*registered, local, mark_slug(shared, slug), shared]


@lru_cache(maxsize=2)
def _list_inputs(out: Path, _: int) -> dict[str, Path]:
    """Map the names of the documents of a build to their files; made again when the manifest changes."""
    return {item.name: item.path for item in list_inputs(out) if item.path is not None}


@lru_cache(maxsize=_KEPT)
def _read(path: Path, _: int) -> Document:
    """Read a file; again when it changes."""
    return read_document(path)


@lru_cache(maxsize=2)
def _index_findings(path: Path, _: int) -> dict[str, int]:
    """Map the names of documents to where their lines start, in bytes."""
    decoder, places, at = json.JSONDecoder(), dict[str, int](), 0
    with path.open("rb") as file:
        for line in file:
            head = line[:8192].decode("utf-8", "replace")
            if head.startswith('{"doc": '):
                places[decoder.raw_decode(head, len('{"doc": '))[0]] = at
            at += len(line)
    return places
