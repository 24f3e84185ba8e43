"""Fuzzing: every border stands its seeds and some hundred inputs made of them; what is planted is found."""

from __future__ import annotations

import importlib.util
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import fuzz
import pytest
from fuzz import FOUND, load_targets
from fuzz_seeds import pack_zip, reshape_pdf, reshape_zip, seed_pdfs, seed_word_files
from fuzz_target import (
    MOST_BYTES,
    FaultError,
    Target,
    answer_or_refuse,
    change_bytes,
    is_clear_line,
    require,
    try_input,
    try_plainly,
)

from graph.errors import DocumentError
from graph.readers import FORMATS
from tests.effort import effort

pytestmark = pytest.mark.promise

ROOT = Path(__file__).resolve().parents[1]
GUIDED = importlib.util.find_spec("atheris") is not None
TARGETS = load_targets()
SLOW = {"extract": 15, "rules": 40, "explained": 30, "export": 6, "words": 60, "register": 60, "variants": 30}
"""Inputs of the borders that take milliseconds each."""


@pytest.mark.parametrize("name", TARGETS)
def test_a_border_stands_hostile_inputs(name: str) -> None:
    tries = SLOW.get(name, 200)
    outcome = try_plainly(TARGETS[name], effort(tries, 20 * tries), chance=random.Random(name))
    assert [f"{fault.data[:500]!r}\n{fault.story}" for fault in outcome.faults] == []
    assert outcome.tried >= tries


def test_every_reader_is_a_border() -> None:
    assert {suffix.removeprefix(".") for suffix in FORMATS} - {"htm"} <= {*TARGETS, "txt", "md"}
    assert {"text", "markdown"} <= set(TARGETS)
    assert len({target.about for target in TARGETS.values()}) == len(TARGETS) >= 25


def fail_at_magic(data: bytes) -> None:
    if data.startswith(b"cg") and data[2:5] == b"boo":
        raise KeyError("magic")


PLANTED = Target("planted", "a fault", fail_at_magic, lambda: [b"cgb", b"cgx"], ("boo", "cg", "x"))


def test_a_planted_fault_is_found_plainly() -> None:
    outcome = try_plainly(PLANTED, 20_000, chance=random.Random(1), most_faults=1)
    (fault,) = outcome.faults
    assert fault.data.startswith(b"cgboo")
    assert "KeyError: 'magic'" in fault.story
    _, again = try_input(PLANTED, fault.data)
    assert again is not None
    assert try_input(PLANTED, b"cgbo")[1] is None


def test_what_takes_too_long_is_a_fault() -> None:
    slow = Target(
        "slow", "a loop", lambda data: sum(range(len(data) * 3_000_000)), lambda: [b"a"], seconds=0.01
    )
    took, fault = try_input(slow, b"a")
    assert took > 0.01
    assert fault is not None
    assert "seconds" in fault.story


@pytest.mark.skipif(not GUIDED, reason="atheris is there for Linux and Python up to 3.13")
def test_a_planted_fault_is_found_by_guidance(tmp_path: Path) -> None:
    """Eight letters, one after the other: chance alone does not find them, the code that is reached does."""
    (tmp_path / "planted_module.py").write_text(
        "def look(data):\n"
        + "".join(
            f"{'    ' * (depth + 1)}if data[{depth}:{depth + 1}] == {bytes([letter])!r}:\n"
            for depth, letter in enumerate(b"care gra")
        )
        + "    " * 9
        + "raise KeyError('planted')\n"
    )
    (tmp_path / "fuzz_planted.py").write_text(
        "from fuzz_target import Target\nfrom planted_module import look\n"
        "TARGETS = [Target('planted', 'a fault', look, lambda: [b'x'])]\n"
    )
    (tmp_path / "again.py").write_text(
        "import sys, fuzz\nfrom pathlib import Path\n"
        "fuzz.MODULES, fuzz.INSTRUMENTED = ('fuzz_planted',), ('planted_module',)\n"
        "fuzz.FOUND, fuzz.__file__ = Path(__file__).parent, __file__\n"
        "sys.exit(fuzz.main(sys.argv[1:]))\n"
    )
    places = os.pathsep.join([str(tmp_path), str(ROOT / "scripts"), str(ROOT)])
    ran = subprocess.run(
        [sys.executable, tmp_path / "again.py", "planted", "--seconds", "60"],
        env={**os.environ, "PYTHONPATH": places},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert re.search(r"planted: [\d,]+ inputs, \d+ edges, .*a fault", ran.stdout), ran.stdout
    (found,) = (tmp_path / "planted").glob("fault-*")
    assert found.read_bytes().startswith(b"care gra")


def test_a_kept_input_is_tried_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "fault-1"
    kept.write_bytes(b"---\ntitle: Border raid\n---\nText")
    assert fuzz.main(["front-matter", "--replay", str(kept)]) == 0
    assert "no fault" in capsys.readouterr().out


def test_the_borders_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz.main(["--list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == list(TARGETS)
    assert fuzz.main(["nothing"]) == 2


def test_plain_fuzzing_tells_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz.main(["messages", "--plain", "--seconds", "0.2"]) == 0
    assert re.search(r"messages: [\d,]+ inputs, .* 0 faults", capsys.readouterr().out)


def test_faults_are_kept_where_git_does_not_look() -> None:
    assert FOUND.is_relative_to(ROOT / "out")
    assert "/out/" in (ROOT / ".gitignore").read_text().splitlines()


def test_changes_stay_within_bounds_and_are_the_same_for_the_same_chance() -> None:
    made = [change_bytes(b"abc" * 1000, random.Random(seed), [b"word"]) for seed in range(300)]
    assert made == [change_bytes(b"abc" * 1000, random.Random(seed), [b"word"]) for seed in range(300)]
    assert len(set(made)) > 250
    assert max(map(len, made)) <= MOST_BYTES
    assert any(b"word" in each for each in made)


def test_packed_files_are_changed_below_their_packing() -> None:
    chance = random.Random(1)
    words = [reshape_zip(seed_word_files()[0], lambda part: part + b"<!-- x -->", chance) for _ in range(20)]
    assert len(set(words)) > 1
    assert all(word.startswith(b"PK") for word in words)
    assert b"PK" not in reshape_zip(b"no archive", lambda part: part + b"!", chance)
    assert pack_zip({"a": b"b"}) == pack_zip({"a": b"b"})
    assert reshape_pdf(seed_pdfs()[0], lambda part: part + b" BT ET", chance) != seed_pdfs()[0]


def test_a_promise_that_does_not_hold_is_a_fault() -> None:
    with pytest.raises(FaultError, match="so"):
        require([], "so")

    def refuse() -> None:
        raise DocumentError("a", "one\ntwo")

    assert answer_or_refuse(refuse) is None  # errors are one line, whatever they are made of
    with pytest.raises(KeyError):
        answer_or_refuse(lambda: dict[str, str]()["a"])

    def say_nothing() -> None:
        raise ValueError

    with pytest.raises(FaultError, match="says why"):
        answer_or_refuse(say_nothing, ValueError)
    assert not is_clear_line("a\x1b[31m")
    assert is_clear_line("a b")


@pytest.mark.thorough
@pytest.mark.skipif(not GUIDED, reason="atheris is there for Linux and Python up to 3.13")
@pytest.mark.parametrize("name", TARGETS)
def test_a_border_stands_half_a_minute_of_guided_fuzzing(name: str) -> None:
    ran = subprocess.run(
        [sys.executable, "scripts/fuzz.py", name, "--seconds", "30", "--seed", "7"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout[-5000:] + ran.stderr[-2000:]
    tried = re.search(r": ([\d,]+) inputs, (\d+) edges", ran.stdout)
    assert tried, ran.stdout
    assert int(tried[1].replace(",", "")) > 50
