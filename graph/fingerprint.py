"""Tell by digests whether a document would give again what it gave: its bytes, and all that reads them."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from graph.paths import MODELS, ONTOLOGY, REGISTER
from graph.readers.content import Limits
from graph.readers.inputs import Input

CODE = Path(__file__).resolve().parent
_LIBRARIES = ("ahocorasick-rs", "numpy", "onnxruntime", "pypdf", "pyoxigraph", "pyrudof", "pyyaml")


@cache
def digest_code() -> str:
    """Return the SHA-256 of the program: its files, model, ontology and register, and its libraries."""
    digest = hashlib.sha256()
    for folder in (CODE, MODELS, ONTOLOGY, REGISTER):
        for path in list_files(folder):
            content = hashlib.sha256(path.read_bytes()).digest()
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + content)
    versions = [sys.version, *map(_find_version, _LIBRARIES)]
    digest.update("\0".join(versions).encode())
    return digest.hexdigest()


def list_files(folder: Path) -> Iterable[Path]:
    """Return the files below a folder that are no compiled code, in order."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if "__pycache__" not in path.parts and path.suffix != ".pyc")


def digest_input(item: Input, data: bytes, limits: Limits) -> str:
    """Return the SHA-256 of all that decides what a document gives.

    Args:
        item: the file, for its name and what is stated of it.
        data: its bytes.
        limits: that it is read under.
    """
    about = [digest_code(), item.name, sorted(item.stated.items()), repr(limits)]
    digest = hashlib.sha256(json.dumps(about).encode() + b"\0")
    digest.update(data)
    return digest.hexdigest()


def _find_version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""
