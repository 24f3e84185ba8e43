"""``manifest.json``: what went into a build, the same for the same documents whatever has happened before.

Paths are relative to the folder of the build, so that both can move together.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from graph.commit import open_file
from graph.errors import StoreError
from graph.ledger import Ledger, Member
from graph.paths import ONTOLOGY, REGISTER
from graph.readers.input_list import Input, decode_path, encode_path
from graph.vocabulary import VERSION

MANIFEST = "manifest.json"
FILES = ("graph.nq", "extraction.jsonl", "network.html", "report.html", MANIFEST)
"""What every build has, beside its store and its ledger."""
_PIECE = 1 << 20


def write_manifest(ledger: Ledger, folder: Path, names: Iterable[str]) -> None:
    """Write what the run at hand shows, an input a line, and what the other files of the build hold.

    Args:
        ledger: of the build.
        folder: that holds the files, and is to hold the manifest.
        names: of the files.
    """
    with (folder / MANIFEST).open("wb") as stream:
        stream.write(_write_json(_describe_version()).removesuffix(b"}") + b', "inputs": [')
        _write_lines(stream, _describe_inputs(ledger))
        stream.write(b'], "skipped": [')
        _write_lines(stream, ({"name": s.name, "reason": s.reason} for s in ledger.list_skipped()))
        stream.write(b'], "files": [')
        _write_lines(stream, (_describe_file(folder, name) for name in sorted(names)))
        stream.write(b"]}\n")


def list_inputs(out: Path) -> list[Input]:
    """List the documents of a build where its manifest says that they are; standard input is left out.

    Raises:
        StoreError: there is no manifest, or it cannot be read.
    """
    try:
        return [
            Input(_expect_text(item["name"]), _resolve(out, item["path"]), _resolve(out, item["folder"]))
            for item in _read(out)["inputs"]
            if item["path"] is not None
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise _refuse(out) from error


def list_altered(out: Path) -> list[tuple[str, str]]:
    """List the files of a build that are not as they were written, each with what is wrong, in words.

    Raises:
        StoreError: there is no manifest, or it cannot be read.
    """
    altered, missing = [], set(FILES) - {MANIFEST}
    try:
        for stated in _read(out).get("files", ()):
            missing.discard(stated["name"])
            with contextlib.suppress(OSError), open_file(out, stated["name"]) as stream:
                if _digest_stream(stream) == (stated["bytes"], stated["sha256"]):
                    continue
            altered.append((stated["name"], "the file is not as the build wrote it"))
    except (ValueError, KeyError, TypeError) as error:
        raise _refuse(out) from error
    return altered + [(name, f"the file is not in {MANIFEST}") for name in sorted(missing)]


def is_of_this_version(out: Path) -> bool:
    """Say whether a build was made with the program, the ontology and the register that are at hand.

    Raises:
        StoreError: there is no manifest, or it cannot be read.
    """
    manifest = _read(out)
    return all(manifest.get(key) == value for key, value in _describe_version().items())


def _read(out: Path) -> dict[str, Any]:
    try:
        with open_file(out, MANIFEST) as stream:
            manifest = json.load(stream)
    except (OSError, ValueError, RecursionError) as error:
        raise _refuse(out) from error
    if not isinstance(manifest, dict):
        raise _refuse(out)
    return manifest


def _refuse(out: Path) -> StoreError:
    return StoreError(f"{out / MANIFEST}: cannot be read; build the graph again")


def _describe_version() -> dict[str, str]:
    return {
        "caregraph": VERSION,
        "ontology_sha256": _digest(ONTOLOGY),
        "register_sha256": _digest(REGISTER),
    }


def _describe_file(folder: Path, name: str) -> dict[str, Any]:
    with (folder / name).open("rb") as stream:
        size, digest = _digest_stream(stream)
    return {"name": name, "bytes": size, "sha256": digest}


def _digest_stream(stream: IO[bytes]) -> tuple[int, str]:
    """Return how many bytes a file has, and their SHA-256."""
    digest = hashlib.sha256()
    size = 0
    while piece := stream.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


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
    found = os.fsdecode(encode_path(_expect_text(path)))
    return Path(os.path.normpath(out.resolve() / found))  # links among documents stay, as names do


def _expect_text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("no name and no path")
    return value


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
