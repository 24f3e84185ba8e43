"""``manifest.json``: what went into a build, the same for the same documents whatever has happened before.

Paths are relative to the folder of the build, so that both can move together.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from graph.errors import StoreError
from graph.ledger import Ledger, Member
from graph.paths import ONTOLOGY, REGISTER
from graph.readers.input_list import Input, decode_path, encode_path
from graph.vocabulary import VERSION

MANIFEST = "manifest.json"


def write_manifest(ledger: Ledger, stream: IO[bytes]) -> None:
    """Write what the run at hand shows, an input a line."""
    head = {
        "caregraph": VERSION,
        "ontology_sha256": _digest(ONTOLOGY),
        "register_sha256": _digest(REGISTER),
    }
    stream.write(_write_json(head).removesuffix(b"}") + b', "inputs": [')
    _write_lines(stream, _describe_inputs(ledger))
    stream.write(b'], "skipped": [')
    _write_lines(stream, ({"name": s.name, "reason": s.reason} for s in ledger.list_skipped()))
    stream.write(b"]}\n")


def list_inputs(out: Path) -> list[Input]:
    """List the documents of a build where its manifest says that they are; standard input is left out.

    Raises:
        StoreError: there is no manifest, or it cannot be read.
    """
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        return [
            Input(item["name"], _resolve(out, item["path"]), _resolve(out, item["folder"]))
            for item in manifest["inputs"]
            if item["path"] is not None
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{out / MANIFEST}: cannot be read; build the graph again") from error


def _describe_inputs(ledger: Ledger) -> Iterator[dict[str, Any]]:
    digests = ledger.connection.execute(
        "SELECT json_extract(findings, '$.sha256'), json_extract(findings, '$.media_type')"
        " FROM shown ORDER BY name"
    )
    members = (member for member in ledger.list_members(wanted=True) if member.content is not None)
    for member, (sha256, media_type) in zip(members, digests, strict=True):
        yield {
            "name": member.name,
            **_write_places(ledger, member),
            "text_sha256": sha256,
            "media_type": media_type,
        }


def _write_places(ledger: Ledger, member: Member) -> dict[str, str | None]:
    places = {"path": ledger.relate(member.path), "folder": ledger.relate(member.folder)}
    return {key: None if place is None else decode_path(place) for key, place in places.items()}


def _resolve(out: Path, path: str) -> Path:
    found = os.fsdecode(encode_path(path))
    return Path(os.path.normpath(out.resolve() / found))  # links among documents stay, as names do


def _write_lines(stream: IO[bytes], items: Iterator[dict[str, Any]]) -> None:
    between = b"\n"
    for item in items:
        stream.write(between + _write_json(item))
        between = b",\n"


def _write_json(content: dict[str, Any]) -> bytes:
    """Write JSON as UTF-8; what is no character in a path becomes an escape, which JSON reads back."""
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _digest(folder: Path) -> str:
    """Return the SHA-256 of all data files below a folder, names included."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".toml", ".ttl", ".csv", ".rq"}):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
