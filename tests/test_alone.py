"""A single document that hangs or dies is reported and passed over, by every command that reads documents."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from graph.alone import do_alone
from graph.errors import CaregraphError
from graph.extraction_file import Line
from graph.processes import can_divide
from graph.readers.inputs import Input
from graph.readers.worker import ReaderProcess
from graph.records import Skipped
from graph.task import make_one
from tests.test_crew import BAD
from tests.worker_standins import obey, write_words

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux divides a process safely")

COMMAND = """
import sys
from pathlib import Path
import pytest
from graph import extract
from graph.cli import run_command
from tests.build_histories import use_small_register
from tests.worker_standins import act

patch = pytest.MonkeyPatch()
use_small_register(patch, Path(sys.argv[1]))
found = extract.extract_document

def meet(document, resources, **options):
    if document.text.startswith("! "):
        act(*document.text.split()[1:])
    return found(document, resources, **options)

patch.setattr(extract, "extract_document", meet)
sys.exit(run_command(sys.argv[2:]))
"""


@pytest.mark.parametrize("word", ["fine", "print", *BAD])
def test_what_is_made_or_why_there_is_nothing(word: str, tmp_path: Path) -> None:
    [item] = write_words(tmp_path, [word])
    assert isinstance(item, Input)
    made = do_alone(partial(make_one, make=obey), item, 2 if word == "hang" else 60)
    if word in BAD:
        assert isinstance(made, Skipped)
        assert re.match(BAD[word].replace("5", "2"), made.reason), made.reason
    else:
        assert isinstance(made, Line)
        assert made.text.startswith(f"{word} ")
    assert not active_children()


def refuse(item: Input, reader: ReaderProcess) -> Line:
    raise CaregraphError("frames.toml: is wrong")


def test_what_is_wrong_with_caregraph_is_no_fault_of_the_document() -> None:
    with pytest.raises(CaregraphError, match="is wrong"):
        do_alone(refuse, Input("a.txt", None), 60)


def test_process_with_threads_is_not_divided() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    assert not can_divide()
    done.set()
    thread.join()


@pytest.fixture
def register(tmp_path: Path) -> str:
    (tmp_path / "register").mkdir()
    return str(tmp_path / "register")


def run(register: str, root: Path, *arguments: object) -> tuple[int, str]:
    command = [sys.executable, "-c", COMMAND, register, *map(str, arguments)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("word", "command", "reason"),
    [("hang", "extract", "takes over 3 seconds"), ("crash", "build", "ended its worker (SIG")],
)
def test_commands_report_it_and_go_on(
    word: str, command: str, reason: str, register: str, root: Path, tmp_path: Path
) -> None:
    bad, good, out = tmp_path / "bad.txt", tmp_path / "good.txt", tmp_path / "out"
    bad.write_text(f"! {word}", encoding="utf-8")
    good.write_text("Torbay Care Trust works with Torbay Council.", encoding="utf-8")
    code, said = run(register, root, command, bad, "-o", out, "--seconds", "3")
    assert code == 2
    assert said.count("\n") == 1
    assert f"bad.txt: {reason}" in said
    assert not out.exists()
    assert run(register, root, "build", good, "-o", out)[0] == 0
    code, said = run(register, root, "add", out, bad, "--seconds", "3")
    assert code == 0
    assert said.splitlines()[0].startswith(f"skipped bad.txt: {reason}")
    assert said.splitlines()[1].startswith("1 documents, 1 skipped, ")
