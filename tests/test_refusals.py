"""What is refused is told in one line: what, where, and what to do next."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph import extract, infer, questions, validate
from graph.cli import run_command
from graph.extractors.frames import load_frames
from graph.extractors.lexicon import load_lexicon
from graph.register import load_register
from tests.build_histories import TEXTS, build_here
from tests.make_register import write_register
from tests.refusals import ADVICE, list_refusals

ROOT = Path(__file__).parents[1]
CASES = list(csv.DictReader((ROOT / "tests/cases/refusals.csv").read_text("utf-8").splitlines()))
MOST_LETTERS = 600
Use = Callable[[pytest.MonkeyPatch, Path], None]
NO_ADVICE = {
    "whoever asked has left before the request was whole": "nobody is there to be advised",
    "\u2026; its documents go without": "follows the reason of another refusal, and its advice",
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build a graph of two documents with a small register in this process, and give its folder."""
    folder = tmp_path_factory.mktemp("refused")
    (folder / "docs").mkdir()
    for name, text in zip(("a.txt", "b.txt"), TEXTS, strict=False):
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        build_here(patch, tmp_path_factory.mktemp("register"))
        assert run_command(["build", str(folder / "docs"), "-o", str(folder / "out")]) == 0
        yield folder
    extract.load_resources.cache_clear()


def use_register(patch: pytest.MonkeyPatch, here: Path) -> None:
    (here / "register").mkdir(exist_ok=True)
    patch.setattr(extract, "ship_register", lambda: load_register(here / "register"))


def use_variants(patch: pytest.MonkeyPatch, here: Path) -> None:
    write_register(here / "register", {"id": "x:1", "name": "X"})
    use_register(patch, here)


def use_ontology(patch: pytest.MonkeyPatch, here: Path) -> None:
    load = infer.load_rules.__wrapped__
    patch.setattr(infer, "load_rules", lambda: load(here / "caregraph.ttl"))


def use_shapes(patch: pytest.MonkeyPatch, here: Path) -> None:
    read = validate._read_shapes.__wrapped__
    patch.setattr(validate, "_read_shapes", lambda _: read(here / "shapes.ttl"))


def use_questions(patch: pytest.MonkeyPatch, here: Path) -> None:
    defaults = questions.answer_question.__kwdefaults__ or {}
    patch.setattr(questions.answer_question, "__kwdefaults__", {**defaults, "folder": here / "questions"})
    patch.setattr(questions.find_question, "__defaults__", (here / "questions",))


USES: dict[str, Use] = {
    "register": use_register,
    "variants": use_variants,
    "frames": lambda patch, here: patch.setattr(
        extract, "load_frames", lambda: load_frames(here / "frames.toml")
    ),
    "organisations": lambda patch, here: patch.setattr(
        extract, "load_lexicon", lambda register: load_lexicon(register, here / "organisations.toml")
    ),
    "ontology": use_ontology,
    "shapes": use_shapes,
    "question": use_questions,
}
"""How the file of data of a case comes to be the one that is used."""


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{number} {case['command'][:30]}" for number, case in enumerate(CASES)]
)
def test_a_refusal_says_what_where_and_what_next(
    case: dict[str, str], sound: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out, here = sound / "out", tmp_path / "here"
    here.mkdir()
    if case["file"].startswith("out/"):
        out = Path(shutil.copytree(out, here / "out"))
    if case["file"]:
        for name, content in zip(case["file"].split("|"), case["content"].split("|"), strict=True):
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            (here / name).write_bytes(content.encode().decode("unicode_escape").encode("latin-1"))
    places = {"OUT": out, "DOCS": sound / "docs", "HERE": here, "ELSE": tmp_path / "else", "LONG": "x" * 300}
    words = shlex.split(case["command"])
    for name, place in places.items():
        words = [word.replace(name, str(place)) for word in words]
    with pytest.MonkeyPatch.context() as patch:
        if case["family"] in USES:
            extract.load_resources.cache_clear()
            USES[case["family"]](patch, here)
        assert run_command(words) == 2
    [line] = capfd.readouterr().err.splitlines()
    assert line.startswith("caregraph: ")
    assert line.isprintable()
    assert re.search(case["says"], line), line
    assert ADVICE.search(line), line
    assert len(line) < MOST_LETTERS + line.count(str(tmp_path)) * len(str(tmp_path)), line


def test_the_cases_are_of_every_family() -> None:
    assert {case["family"] for case in CASES} == {
        *USES,
        "document",
        "documents",
        "usage",
        "query",
        "build",
        "gold",
    }


def test_every_refusal_in_the_code_holds_advice() -> None:
    found = list(list_refusals(ROOT / "graph"))
    assert len(found) > 200
    assert [r for r in found if not ADVICE.search(r.words) and r.words not in NO_ADVICE] == []
    assert {*NO_ADVICE} <= {r.words for r in found}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('raise StoreError(f"{out}: is gone")', "\u2026: is gone"),
        ('REASON = "is gone"\nraise DocumentError(name, REASON)', "is gone"),
        ('raise StoreError("is " + "gone" if x else "make one")', "is gone"),
    ],
)
def test_a_refusal_without_advice_is_noticed(code: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(code, encoding="utf-8")
    [refusal] = list_refusals(tmp_path)
    assert refusal.words == words
    assert not ADVICE.search(words)
