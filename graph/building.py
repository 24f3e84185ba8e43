"""Build a folder from inputs, of which only what is new is extracted; add to it, and remove from it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from graph.commit import stage_files
from graph.errors import StoreError
from graph.extract import FindFurther
from graph.gather import Found, Gathering, Progress, check_shapes
from graph.ledger import Ledger, Member, open_ledger
from graph.ledger_file import LEDGER
from graph.outputs import had_further, list_formats, write_outputs
from graph.readers.inputs import STANDARD_INPUT, Input, InputList, find_inputs
from graph.records import Skipped
from graph.room import tell_full
from graph.settle import settle_build
from graph.task import SECONDS
from graph.workers import count_workers, expect_documents, process_inputs

Choose = Callable[[Ledger], Collection[Found]]
"""Lists the inputs of a build, or lets its ledger want what is not to be read again."""

_LOST = "what it gave was lost with the ledger; give it again"
"""Of standard input alone: files are read again."""


class Made(NamedTuple):
    """What a build did: documents and claims of the graph, what was passed over, what the shapes forbid."""

    documents: int
    claims: int
    skipped: tuple[Skipped, ...]
    violations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a build is made.

    Attributes:
        formats: further formats of the graph; None to change a build, which keeps its own.
        progress: called after each document.
        find_further: adds claims, as a language model does.
        workers: processes to use; None for one for each processor.
        seconds: that a document may take, and again for each 100,000 bytes.
    """

    formats: frozenset[str] | None = None
    progress: Progress | None = None
    find_further: FindFurther | None = None
    workers: int | None = None
    seconds: float = SECONDS


def make_build(out: Path, choose: Choose, settings: Settings) -> Made:
    """Bring a folder to what some inputs give.

    Args:
        out: folder to write; made when missing.
        choose: lists the inputs.
        settings: how to build.

    Raises:
        StoreError: no document could be read, the folder cannot be written, or another process builds in it.
    """
    made, opened = not out.exists(), False
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{out}: {error.strerror}; choose another folder with -o") from error
    try:
        with tell_full(out, ": it goes on from here"), open_ledger(out) as ledger:
            opened = True
            settle_build(out, ledger)
            return _build(out, ledger, choose, settings)
    except StoreError:
        if made and opened and {path.name for path in out.iterdir()} == {LEDGER}:  # nothing came of it
            (out / LEDGER).unlink()
            out.rmdir()
        raise


def _build(out: Path, ledger: Ledger, choose: Choose, settings: Settings) -> Made:
    if settings.formats is None and settings.find_further is None and had_further(ledger):
        raise StoreError(
            f"{out} was built with a language model, so nothing was changed; name it with --llm-endpoint and "
            "--llm-model, or build again without it"
        )
    inputs = choose(ledger)
    expect_documents(settings.progress, len(inputs))
    gathering = Gathering(ledger, settings.progress, settings.find_further)
    process = partial(
        process_inputs,
        workers=count_workers(inputs) if settings.workers is None else settings.workers,
        seconds=settings.seconds,
        find_further=settings.find_further,
    )
    with stage_files(out) as scratch:
        gathering.take_inputs(inputs, process, scratch)
    documents, claims = ledger.count_shown()
    skipped = tuple(ledger.list_skipped())
    if not documents:
        reasons = "; ".join(f"{item.name}: {item.reason}" for item in skipped[:3])
        raise StoreError(f"no document could be read, so nothing was written ({reasons or 'no files given'})")
    violations = check_shapes(ledger)
    formats = list_formats(ledger) if settings.formats is None else settings.formats
    write_outputs(out, ledger, formats, violations, further=settings.find_further is not None)
    return Made(documents, claims, skipped, violations)


def choose_given(paths: Iterable[Path | str], out: Path) -> Choose:
    """Choose the documents of a first build.

    Raises:
        StoreError: a folder of documents is the one to write to.
    """
    paths = list(paths)
    _expect_apart(paths, out)
    return lambda _: find_inputs(paths, but=out)


def _expect_apart(paths: Iterable[Path | str], out: Path) -> None:
    """Refuse to write among documents, where what is written would be read the next time."""
    if any(Path(path).is_dir() and Path(path).resolve() == out.resolve() for path in paths):
        raise StoreError(
            f"{out}: is a folder of documents and the one to write to; choose another for that: {out / 'out'}"
        )


def choose_added(ledger: Ledger, paths: Sequence[Path | str]) -> InputList:
    """List the documents of a build and further ones; its standard input stays as it was, since it is gone.

    Raises:
        StoreError: there is no build to add to, nothing to add, or the folder of the build is added.
    """
    _expect_apart(paths, ledger.folder)
    _expect_members(ledger)
    given = find_inputs(paths, but=ledger.folder)
    if not any(isinstance(item, Input) for item in given):
        skipped = (item for item in given if isinstance(item, Skipped))
        reasons = "; ".join(f"{item.name}: {item.reason}" for item in islice(skipped, 3))
        raise StoreError(f"no document to add, so nothing was changed ({reasons or 'no files given'})")
    replaced = any(str(path) == STANDARD_INPUT for path in paths)
    stay = (member for member in _list_members(ledger) if not (replaced and member.name == "stdin"))
    return find_inputs(paths, _keep_members(ledger, stay), but=ledger.folder)


def choose_left(ledger: Ledger, out: Path, names: Sequence[str]) -> InputList:
    """List the documents of a build without those that are named.

    Args:
        ledger: of the build.
        out: its folder.
        names: of documents as the graph knows them, or paths of files, or of folders for all that is in them.

    Raises:
        StoreError: there is no build, it has no such document, or none would be left.
    """
    _expect_members(ledger)
    unknown, left = dict.fromkeys(names), False
    for member in _list_members(ledger):
        found = [name for name in names if _is_named(member, name)]
        left = left or (not found and (member.content is not None or not member.reason))
        for name in found:
            unknown.pop(name, None)
    for name in unknown:
        raise StoreError(
            f"{name or 'an empty name'}: no document of {out} has this name or path, so nothing was changed; "
            f"choose one of those in {out / 'manifest.json'}"
        )
    if not left:
        raise StoreError(
            f"no document would be left, so nothing was changed; remove the folder {out} instead"
        )
    members = _list_members(ledger)
    stay = (member for member in members if not any(_is_named(member, name) for name in names))
    return find_inputs((), _keep_members(ledger, stay))


def _expect_members(ledger: Ledger) -> None:
    if next(ledger.list_members(), None) is None:
        out = ledger.folder
        raise StoreError(
            f"{out}: no build that can be changed; make one with: caregraph build DOCUMENTS -o {out}"
        )


def _list_members(ledger: Ledger) -> Iterator[Member]:
    """Yield the members of a build; what was passed over unread counts as a member without a path."""
    yield from ledger.list_members()
    for note in ledger.list_notes():
        yield Member(note.name, None, None, None, note.reason)


def _keep_members(ledger: Ledger, members: Iterable[Member]) -> Iterator[tuple[Path, Path]]:
    """Yield where the files of members are; members that are not to be read again stay as they are."""
    for member in members:
        if member.path is not None and member.folder is not None:
            yield member.path, member.folder
        elif member.content is not None:
            ledger.want_member(member)
        else:
            ledger.note(Skipped(member.name, member.reason or _LOST))


def _is_named(member: Member, name: str) -> bool:
    path = Path(os.path.abspath(name))  # noqa: PTH100 - links stay as they are, as names do
    within = bool(name) and member.path is not None and member.path.is_relative_to(path)
    return member.name == name or within
