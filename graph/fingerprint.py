"""Tell by digests whether a document would give again what it gave: its bytes, and all that reads them."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from graph.paths import MODELS, ONTOLOGY, QUESTIONS, REGISTER
from graph.readers import FORMATS
from graph.readers.content import Limits
from graph.readers.inputs import Input

CODE = Path(__file__).resolve().parent

MAKERS = (
    *("graph.product", "graph.task", "graph.validate"),
    *(f"graph.readers.{each.module}" for each in FORMATS.values()),  # which are imported by their names
)
"""Modules that, with all that they import, make what is kept of a document."""
MODEL_MAKERS = ("graph.llm.extractor",)
"""Those that make what a language model adds to it."""
LIBRARIES = ("ahocorasick-rs", "numpy", "onnxruntime", "pypdf", "pyoxigraph", "pyrudof", "pyyaml", "psutil")
"""What these are made of besides: the distributions whose versions count."""
OTHER_LIBRARIES = ("jinja2", "markupsafe", "networkx", "pyvis", "rapidfuzz", "rdflib", "rustworkx")
"""Those that the files of a build are made with besides."""

_IMPORT = re.compile(rb"^\s*from graph(?:\.([\w.]+))? import (\([^)]*\)|[^\n]*)", re.MULTILINE)
_NAME = re.compile(rb"\w+")


@cache
def digest_code() -> str:
    """Return the SHA-256 of the whole program: its files, model, ontology and register, and its libraries."""
    versions = [sys.version, *map(_find_version, (*LIBRARIES, *OTHER_LIBRARIES))]
    return _digest((digest_program(), *versions))


@cache
def digest_program() -> str:
    """Return the SHA-256 of all files of the program, its model, ontology and register, names included."""
    folders = (CODE, MODELS, ONTOLOGY, REGISTER)
    return _digest(_digest_files(folder, list_files(folder)) for folder in folders)


@cache
def digest_makers(*further: str) -> str:
    """Return the SHA-256 of what makes the content of a document, and of nothing else of the program.

    Args:
        further: modules that have a part in it, besides ``MAKERS``.
    """
    ontology = (path for path in list_files(ONTOLOGY) if not path.is_relative_to(QUESTIONS))
    files = [
        _digest_files(CODE, list_modules((*MAKERS, *further))),
        *(_digest_files(folder, list_files(folder)) for folder in (MODELS, REGISTER)),
        _digest_files(ONTOLOGY, ontology),
    ]
    return _digest((*files, sys.version, *map(_find_version, LIBRARIES)))


def list_modules(roots: Iterable[str]) -> list[Path]:
    """List the files of some modules and of all modules of the program that they import, in order.

    An import anywhere in a module counts, also one inside a function or for type checkers alone. What is no
    statement of the form ``from graph.x import y`` is not seen; there is no other here (a test looks).
    """
    found: set[Path] = set()
    waiting = [part for root in roots for part in _list_parts(root.split(".")[1:])]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _list_imported(path)
    return sorted(found)


def list_files(folder: Path) -> Iterable[Path]:
    """Return the files below a folder that are no compiled code, in order."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path for path in found if "__pycache__" not in path.parts and path.suffix != ".pyc"]


def digest_input(item: Input, data: bytes, limits: Limits, *, further: str = "") -> str:
    """Return the SHA-256 of all that decides what a document gives.

    Args:
        item: the file, for its name and what is stated of it.
        data: its bytes.
        limits: that it is read under.
        further: what decides the answers of the language model that is asked too; empty without one.
    """
    makers = digest_makers(*MODEL_MAKERS) if further else digest_makers()
    about = [makers, further, item.name, sorted(item.stated.items()), repr(limits)]
    digest = hashlib.sha256(json.dumps(about).encode() + b"\0")
    digest.update(data)
    return digest.hexdigest()


def _list_imported(path: Path) -> Iterator[Path]:
    """Yield the files of the modules that a module names in its imports, and of the packages they are in."""
    for module, names in _IMPORT.findall(path.read_bytes()):
        parts = module.decode().split(".") if module else []
        yield from _list_parts(parts)
        for name in _NAME.findall(names):
            yield from _list_parts([*parts, name.decode()], last_only=True)


def _list_parts(parts: list[str], *, last_only: bool = False) -> Iterator[Path]:
    """Yield the file of a module, if it is one, and those of the packages around it."""
    for end in range(len(parts) if last_only else 1, len(parts) + 1):
        place = CODE.joinpath(*parts[:end])
        for path in (place.with_suffix(".py"), place / "__init__.py"):
            if path.is_file():
                yield path


def _digest_files(folder: Path, files: Iterable[Path]) -> str:
    """Return the SHA-256 of some files, and of their names as seen from a folder."""
    digest = hashlib.sha256()
    for path in files:
        content = hashlib.sha256(path.read_bytes()).digest()
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + content)
    return digest.hexdigest()


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _find_version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""
