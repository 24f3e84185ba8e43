"""Random histories of a build, for the test that nothing of them is left in its files.

A register of three bodies makes a build take a fraction of a second; what documents give is extracted for
real, once for each name and text.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Generator, Iterable
from pathlib import Path

import pytest

from graph import building, extract, gather, ledger, outputs, task, verify_derived
from graph.building import Settings, make_build
from graph.commit import READY
from graph.errors import StoreError
from graph.gather import Found
from graph.ledger import open_ledger
from graph.manifest import FILES, list_inputs
from graph.pipeline import add_documents, build_graph, remove_documents
from graph.product import Product
from graph.readers.inputs import Input, find_inputs
from graph.records import Skipped
from graph.register import Register, load_register
from graph.store import reading_store
from graph.workers import process_inputs
from tests.make_register import write_register

PLACES = ("a.txt", "b.txt", "sub/a.txt", "sub/deep/c.md", "sub/b.txt")
TEXTS = (
    "Torbay Care Trust works closely with Torbay Council.\n",
    "Lowmoor Care Trust should pool its budget with Torbay Council.\n\nThe Audit Commission audits it.\n",
    "Torbay Council commissions services from Torbay Care Trust. Jo Ash is chief executive of the trust.\n",
    "Castleby Council is part of Lowmoor Partnership. Lowmoor Trust does not work with Castleby Council.\n",
    "",
)
TITLES = ("", "Minutes", "A letter")


class CrashError(BaseException):
    """The moment at which a run ends."""


def make_register(folder: Path) -> Register:
    rows = (
        {"id": "ct:TAL", "name": "Torbay Care Trust", "type": "CareTrust", "area": "Torbay"},
        {"id": "la:E1", "name": "Torbay Council", "type": "UnitaryAuthority", "area": "Torbay"},
        {"id": "nat:AC", "name": "Audit Commission", "type": "AuditBody"},
    )
    return load_register(write_register(folder, *({**row, "source": "our own"} for row in rows)))


def use_small_register(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let builds use the small register; clear the cache of ``load_resources`` when done with it."""
    register = make_register(folder)
    for module in (extract, gather, outputs, task, verify_derived):
        patch.setattr(module, "ship_register", lambda: register, raising=False)
    extract.load_resources.cache_clear()


def make_quick(
    patch: pytest.MonkeyPatch, folder: Path, given: dict[tuple[str, ...], Product | Skipped] | None = None
) -> list[str]:
    """Let builds use the small register, and extract what has the same name and text once.

    Args:
        patch: does so.
        folder: for the files of the register.
        given: what was extracted so far, and is put there from now on.

    Returns:
        A list that gets the name of each document that a build extracts.
    """
    use_small_register(patch, folder)
    given, extracted = {} if given is None else given, list[str]()

    def process(inputs: Iterable[Found], **options: object) -> Generator[Product | Skipped, None, None]:
        for item in inputs:
            assert isinstance(item, Input)
            assert item.path is not None
            key = (item.name, item.path.read_text("utf-8"), str(sorted(item.stated.items())))
            if key not in given:
                (given[key],) = process_inputs([item], workers=0)
            extracted.append(item.name)
            yield given[key]

    patch.setattr(building, "process_inputs", process)
    return extracted


def build_here(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let builds use the small register and extract in this process, everything for real.

    Clear the cache of ``load_resources`` when done with it.
    """

    def process(inputs: Iterable[Found], **options: object) -> Generator[Product | Skipped, None, None]:
        return process_inputs(inputs, workers=0)

    use_small_register(patch, folder)
    patch.setattr(building, "process_inputs", process)


class World:
    """A folder of documents, a build of some of them, and what its files must be.

    Args:
        folder: an empty folder.
        patch: with which runs are made to crash.
    """

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.docs, self.out = folder, folder / "docs", folder / "out"
        self.patch = patch
        self.members: set[Path] = set()
        self._whole: dict[object, dict[str, object]] = {}
        self._steps = 0
        self._crash_at = 0
        for owner, name in (
            (outputs, "write_manifest"),
            (outputs, "write_report"),
            (outputs, "write_store"),
            (outputs, "change_store"),
            (outputs, "write_page"),
            (ledger.Ledger, "keep"),
            (ledger.Ledger, "publish"),
            (ledger.Ledger, "record"),
            (Path, "replace"),
        ):
            patch.setattr(owner, name, self._interrupt(getattr(owner, name)))

    def begin(self) -> None:
        """Forget the documents and the build."""
        for folder in (self.docs, self.out):
            shutil.rmtree(folder, ignore_errors=True)
        self.members = set()

    def _interrupt(self, function: Callable[..., object]) -> Callable[..., object]:
        def interrupted(*arguments: object, **options: object) -> object:
            self._steps += 1
            if self._steps == self._crash_at:
                raise CrashError
            made = function(*arguments, **options)
            if self._steps == -self._crash_at:
                raise CrashError
            return made

        return interrupted

    def change_files(self, draw: random.Random) -> None:
        """Write, change, delete and move some documents, or change what the table states of one."""
        for _ in range(draw.randint(1, 3)):
            path = self.docs / draw.choice(PLACES)
            kind = draw.choice(("write", "write", "write", "delete", "move", "table"))
            path.parent.mkdir(parents=True, exist_ok=True)
            if kind == "delete":
                path.unlink(missing_ok=True)
            elif kind == "move" and path.exists():
                path.rename(path.with_name("moved.txt"))
            elif kind == "table":
                row = f"{draw.choice(PLACES)},{draw.choice(TITLES)}\n"
                (self.docs / "metadata.csv").write_text("name,title\n" + row, encoding="utf-8")
            else:
                path.write_text(draw.choice(TEXTS), encoding="utf-8")

    def list_files(self) -> list[Path]:
        """List the documents that there are."""
        return sorted(p for p in self.docs.rglob("*") if p.is_file() and p.name != "metadata.csv")

    def act(self, draw: random.Random, *, crash: bool, kind: str = "") -> bool:
        """Build, add or remove, and say whether the run came to its end; a crash may end it at any moment."""
        files = self.list_files()
        some = [path for path in files if draw.random() < 0.5]
        kind = kind or draw.choice(("folder", "folder", "files", "add", "remove"))
        known = sorted(self.members)
        gone = [path for path in known if draw.random() < 0.4]
        after = {
            "folder": set(files),
            "files": set(some),
            "add": self.members | set(some),
            "remove": self.members - set(gone),
        }[kind]
        self._steps, self._crash_at = 0, draw.choice((-1, 1)) * draw.randint(1, 22) if crash else 0
        try:
            if kind == "folder":
                build_graph([self.docs], self.out)
            elif kind == "files":
                build_graph(draw.sample(some, len(some)), self.out)
            elif kind == "add":
                add_documents(self.out, draw.sample(some, len(some)))
            else:
                remove_documents(self.out, [str(path) for path in gone])
        except (CrashError, StoreError):
            if (self.out / READY).is_dir():  # it counts, though it was not finished
                self.members = after
            return False
        finally:
            self._crash_at = 0
        self.members = after
        return True

    def check(self) -> None:
        """Compare files and store with those of a build of the same documents into an empty folder."""
        with open_ledger(self.out) as opened:
            members = [m for m in opened.list_members() if m.path is not None]
            known = tuple((m.path, m.folder) for m in members if m.path and m.folder)
            notes = tuple(opened.list_notes())
        assert {path for path, _ in known} | {self.docs / n.name for n in notes} >= self.members
        texts = tuple(path.read_text("utf-8") if path.exists() else None for path, _ in known)
        table = self.docs / "metadata.csv"
        state = (known, texts, notes, table.read_text("utf-8") if table.exists() else "")
        if state not in self._whole:
            fresh = self.folder / "new"
            shutil.rmtree(fresh, ignore_errors=True)
            make_build(fresh, lambda ledger: [*notes, *find_inputs((), known)], Settings(frozenset()))
            self._whole[state] = read_build(fresh)
        whole = self._whole[state]
        for name, content in read_build(self.out).items():
            assert content == whole[name], name
        found = {item.path for item in list_inputs(self.out)}
        assert found == {path for path in self.members if path.exists() and path.read_text("utf-8")}


def read_build(out: Path) -> dict[str, object]:
    """Return the content of the files of a build, and of its store."""
    held: dict[str, object] = {name: (out / name).read_bytes() for name in FILES}
    with reading_store(out) as store:
        held["store"] = sorted(map(str, store.quads_for_pattern(None, None, None, None)))
        held["graphs"] = sorted(map(str, store.named_graphs()))
        del store
    return held


def read_files(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


def list_names(out: Path) -> list[str]:
    return [
        item["name"] for item in json.loads((out / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    ]
