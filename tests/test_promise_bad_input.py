"""The promise that bad input costs itself alone: bounded time and memory, one clear line, and the rest goes on.

The corpus is that of ``scripts/make_nasty.py``. With every change a part of each family is tried, in the thorough
run all of it, with texts of up to 100 MB.
"""

# ruff: noqa: E501, T201 - cases a line each

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random

import psutil
import pytest
from make_nasty import SEED, make_files, make_large, write_files
from nasty_files import EITHER, GOOD, READ, TOLD, Nasty
from nasty_html import make_pages
from nasty_pdf import make_pdfs
from nasty_places import clear_places, make_places
from nasty_text import make_texts

from graph.readers.inputs import name_path
from tests.effort import THOROUGH, effort
from tests.nasty_runs import Cost, measure_files

pytestmark = [
    pytest.mark.promise,
    pytest.mark.skipif(sys.platform != "linux", reason="measures as Linux does"),
]

MOST_SECONDS = 40.0
"""Seconds of a processor that a file of up to 2 MB may cost; most cost hundredths."""
MOST_MEMORY = 1 << 30
"""Bytes of memory that the largest process may take that reads or extracts a file."""
MOST_LETTERS = 300
"""Characters of a line, without the name of the file."""
EACH = effort(12, 1)
"""One of so many files of each family is tried."""
SHAPES = effort(80, 1)
HOOK = """
import os, sys
def told(event, given):
    if event in ("socket.getaddrinfo", "socket.connect") and not (event[7] == "c" and isinstance(given[1], (str, bytes))):
        note(event, given)
    if event in ("os.system", "os.exec", "pty.spawn"):
        note(event, given)
    if event == "open" and not isinstance(given[0], int) and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        note(event, given[:1])
def note(event, given):
    where = os.environ["NASTY_NOTES"] + "." + str(os.getpid())
    if not str(given[0]).startswith(os.environ["NASTY_NOTES"]):
        handle = os.open(where, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, (event + " " + repr(given) + "\\n").encode("utf-8", "backslashreplace"))
        os.close(handle)
sys.addaudithook(told)
"""
"""What notes, in every process of a command, who is asked over the network and what is opened to be written."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[Nasty]]]:
    """Write the part of the corpus that is tried, a good file in each folder, and give the folder and what is in it."""
    folder = tmp_path_factory.mktemp("nasty") / "corpus"
    seen: dict[str, int] = {}
    chosen = []
    for nasty in make_files():
        number = seen[nasty.family] = seen.get(nasty.family, -1) + 1
        if (
            nasty.family in ("metadata.csv", "names")
            or number % (SHAPES if nasty.family == "shapes" else EACH) == 0
        ):
            chosen.append(nasty)
    written = list(write_files(folder, chosen))
    written += make_places(folder / "places", folder.parent / "outside")
    for place in {(folder / nasty.name).parent for nasty in written}:
        (place / "good.txt").write_text(GOOD, encoding="utf-8")
    yield folder, written
    clear_places(folder / "places")


@pytest.fixture(scope="module")
def costs(corpus: tuple[Path, list[Nasty]]) -> dict[str, Cost]:
    folder, written = corpus
    names = [nasty.name for nasty in written if (folder / nasty.name).is_file() and nasty.family != "places"]
    return {cost.name: cost for cost in measure_files(folder, names)}


def check_line(reason: str) -> None:
    """See that what is said of a file is one short line of plain characters that says what to do."""
    assert reason.isprintable(), reason
    assert len(reason) <= MOST_LETTERS, reason
    assert not re.search(r"Traceback|Error\b|report this", reason), reason


def test_each_file_costs_little(corpus: tuple[Path, list[Nasty]], costs: dict[str, Cost]) -> None:
    slow = [cost for cost in costs.values() if cost.seconds > MOST_SECONDS]
    large = [cost for cost in costs.values() if cost.memory > MOST_MEMORY]
    assert (slow, large) == ([], [])
    slowest, largest = (
        max(costs.values(), key=lambda c: c.seconds),
        max(costs.values(), key=lambda c: c.memory),
    )
    print(f"{len(costs)} files; slowest {slowest}; largest {largest}")


def test_each_file_is_read_or_told_as_its_kind_asks(
    corpus: tuple[Path, list[Nasty]], costs: dict[str, Cost]
) -> None:
    wrong = []
    for nasty in corpus[1]:
        cost = costs.get(nasty.name)
        if cost is None or nasty.family == "names":
            continue
        reason = cost.line.partition(": ")[2] if cost.line else ""
        if cost.line:
            check_line(reason)
        if nasty.family == "metadata.csv":
            continue
        fits = nasty.expected == EITHER or (nasty.expected == TOLD) == bool(cost.line)
        if not fits or (cost.line and not re.search(nasty.words, reason)):
            wrong.append((nasty.name, nasty.reason, nasty.expected, nasty.words, reason))
    assert wrong == []


@pytest.mark.thorough
def test_large_files_cost_little(tmp_path: Path) -> None:
    """Texts of 100 MB are told at once; pages of 10 MB cost no more than their time limit."""
    for nasty in make_large():
        [written] = write_files(tmp_path, [nasty])
        [cost] = measure_files(tmp_path, [written.name])
        print(cost, nasty.reason)
        assert cost.memory <= MOST_MEMORY
        assert cost.seconds <= 2 * MOST_SECONDS
        if nasty.expected == TOLD:
            assert re.search(nasty.words, cost.line)
        (tmp_path / written.name).unlink()


class Ran:
    """A command that ran: what it said, what it left behind."""

    def __init__(self, arguments: Sequence[object], folder: Path) -> None:
        temporary, hooks, here = folder / "tmp", folder / "hooks", folder / "here"
        for place in (temporary, hooks, here):
            place.mkdir(parents=True, exist_ok=True)
        (hooks / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
        notes = folder / "notes"
        root = str(Path(__file__).resolve().parents[1])
        paths = os.pathsep.join((str(hooks), root))
        environment = {**os.environ, "PYTHONPATH": paths, "TMPDIR": str(temporary), "NASTY_NOTES": str(notes)}
        running = subprocess.Popen(
            [sys.executable, "-m", "graph", *map(str, arguments)],
            cwd=here, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.out, self.said = (data.decode() for data in running.communicate(timeout=1500))
        self.code = running.returncode
        self.left = [*temporary.iterdir(), *here.iterdir()]
        self.notes = [line for file in folder.glob("notes.*") for line in file.read_text().splitlines()]
        needle = f"NASTY_NOTES={notes}"
        psutil.wait_procs([p for p in psutil.process_iter() if needle in _environment(p)], timeout=30)
        self.alive = [p.pid for p in psutil.process_iter() if needle in _environment(p)]


def _environment(process: psutil.Process) -> str:
    try:
        return "\n".join(f"{key}={value}" for key, value in process.environ().items())
    except (psutil.Error, OSError):
        return ""


def digest_tree(folder: Path) -> dict[str, str]:
    """Return what each file of a folder is, links and pipes unopened."""
    found = {}
    for place, _, files in os.walk(folder / "text-characters"):
        for name in files:
            path = Path(place, name)
            found[str(path)] = sha256(path.read_bytes()).hexdigest()
    return found


@pytest.fixture(scope="module")
def built(
    corpus: tuple[Path, list[Nasty]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Ran, Path, dict[str, str]]:
    before = digest_tree(corpus[0])
    folder = tmp_path_factory.mktemp("built")
    return Ran(["build", corpus[0], "-o", folder / "out", "--workers", 2], folder), folder / "out", before


def test_a_build_goes_on_and_says_one_line_of_each(
    corpus: tuple[Path, list[Nasty]], built: tuple[Ran, Path, dict[str, str]]
) -> None:
    ran, out, _ = built
    assert ran.code == 0, ran.said[-2000:]
    lines = ran.said.splitlines()
    skipped = [line.removeprefix("skipped ") for line in lines if line.startswith("skipped ")]
    assert [line for line in lines if not line.startswith("skipped ")] == lines[-1:], (
        "nothing but these and a summary"
    )
    names = [line.rpartition(": ")[0] if ": " not in line else line.split(": ", 1)[0] for line in skipped]
    assert len(set(names)) == len(names), "one line each"
    for line in skipped:
        check_line(line.split(": ", 1)[1])
    documents = {row["doc"] for row in map(json.loads, (out / "extraction.jsonl").read_text().splitlines())}
    for nasty in corpus[1]:
        name = name_path(Path(nasty.name))
        told = any(
            line.startswith(f"{name}: ") or line.startswith(f"{corpus[0]}/{name}: ") for line in skipped
        )
        if nasty.family == "metadata.csv" and name.endswith("/metadata.csv"):
            assert name not in documents
        elif nasty.expected == READ:
            assert (name in documents) != told, nasty
            assert name in documents or told, nasty
        elif nasty.expected == TOLD:
            assert told, nasty
            assert name not in documents, nasty
        elif nasty.expected == EITHER and nasty.family != "places":
            assert (name in documents) != told, nasty


def test_the_good_file_beside_each_is_in_the_graph(
    corpus: tuple[Path, list[Nasty]], built: tuple[Ran, Path, dict[str, str]]
) -> None:
    rows = map(json.loads, (built[1] / "extraction.jsonl").read_text().splitlines())
    related = {row["doc"] for row in rows if row["relations"]}
    good = {f"{Path(nasty.name).parent.as_posix()}/good.txt" for nasty in corpus[1]}
    assert good - related == set()


def test_nothing_is_written_elsewhere_nobody_is_asked_and_nothing_is_left(
    corpus: tuple[Path, list[Nasty]], built: tuple[Ran, Path, dict[str, str]]
) -> None:
    ran, out, before = built
    assert digest_tree(corpus[0]) == before
    assert (ran.left, ran.alive) == ([], [])
    assert ran.notes, "the hook was there"
    opened = [line for line in ran.notes if line.startswith("open ")]
    elsewhere = [
        line for line in opened if not re.search(rf"'(?:{re.escape(str(out))}|/dev/null|[^'/]*'|{re.escape(str(out.parent / 'tmp'))})", line)
        and "/__pycache__/" not in line
    ]  # fmt: skip
    assert elsewhere == []
    assert [line for line in ran.notes if not line.startswith("open ")] == []


def test_what_was_built_verifies_and_validates(
    built: tuple[Ran, Path, dict[str, str]], tmp_path: Path
) -> None:
    for command in ("verify", "validate"):
        ran = Ran([command, built[1]], tmp_path / command)
        assert ran.code == 0, ran.said[-2000:]


def test_the_corpus_is_large_and_the_same_each_time() -> None:
    made = {nasty.name: nasty for nasty in islice(make_texts(Random(SEED)), 150)}
    again = {nasty.name: nasty for nasty in islice(make_texts(Random(SEED)), 150)}
    assert made == again
    assert list(make_pages(Random(SEED))) == list(make_pages(Random(SEED)))
    assert list(islice(make_pdfs(Random(SEED)), 60)) == list(islice(make_pdfs(Random(SEED)), 60))


def test_the_number_tried_is_known(corpus: tuple[Path, list[Nasty]]) -> None:
    assert len({nasty.family for nasty in corpus[1]}) == 24
    assert len(corpus[1]) >= effort(160, 750)
    assert THOROUGH or EACH > 1
    print(f"{len(corpus[1])} files tried, one of {EACH} of each family")
