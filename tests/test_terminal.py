"""Progress goes to a terminal alone and leaves the results be; a run that is stopped clears up first."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph.cli import run_command
from graph.terminal import SIGNALS, Bar, Stopped, show_progress, stoppable, tell, whole

needs_posix = pytest.mark.skipif(os.name == "nt", reason="opens a POSIX terminal")


@pytest.mark.parametrize("quiet", [True, False])
def test_progress_is_silent_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], *, quiet: bool
) -> None:
    with show_progress("Reading", quiet=quiet) as progress:
        progress.expect(3)
        progress(1, "a.txt")
    assert capsys.readouterr() == ("", "")


def test_a_bar_is_told_what_to_draw() -> None:
    drawn: list[dict[str, object]] = []
    bar = Bar(lambda **what: drawn.append(what))
    bar.expect(3)
    bar(1, "a.txt")
    assert drawn == [{"total": 3}, {"completed": 1, "name": "a.txt"}]


@needs_posix
def test_results_go_to_their_file_while_the_terminal_shows_the_bar(root: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kent works with Essex.", encoding="utf-8")
    (tmp_path / "b.txt").touch()
    parent, child = os.openpty()
    with (tmp_path / "found").open("wb") as results:
        done = subprocess.Popen(
            [sys.executable, "-m", "graph", "extract", str(tmp_path / "a.txt"), str(tmp_path / "b.txt")],
            cwd=root,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
            stdout=results,
            stderr=child,
        )
        os.close(child)
        shown = b""
        try:
            while piece := os.read(parent, 1 << 16):
                shown += piece
        except OSError:  # Linux says so that the other end was closed
            pass
        os.close(parent)
    assert done.wait() == 0
    assert json.loads((tmp_path / "found").read_text(encoding="utf-8"))["doc"] == "a.txt"
    assert b"Extracting" in shown
    assert b"of 2 documents" in shown
    assert b"skipped b.txt: is empty" in shown
    assert b"mentions" not in shown


@needs_posix
@pytest.mark.parametrize(("came", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_is_stopped_clears_up_undisturbed(came: signal.Signals, code: int) -> None:
    before = [signal.getsignal(each) for each in SIGNALS]
    cleared: list[bool] = []
    with pytest.raises(Stopped, match="stopped; all is kept") as caught:
        run_until(came, cleared)
    assert cleared == [True]
    assert caught.value.code == code
    assert [signal.getsignal(each) for each in SIGNALS] == before


@stoppable("all is kept")
def run_until(came: signal.Signals, cleared: list[bool]) -> None:
    """Be stopped, and clear up while somebody is impatient."""
    try:
        os.kill(os.getpid(), came)
        threading.Event().wait(10)
    finally:
        for each in SIGNALS:
            os.kill(os.getpid(), each)
        cleared.append(True)


@needs_posix
@pytest.mark.parametrize(("signals", "written"), [(1, ["all"]), (2, [])])
def test_a_stop_waits_for_what_is_being_written_but_only_once(signals: int, written: list[str]) -> None:
    before = [signal.getsignal(each) for each in SIGNALS]
    done: list[str] = []
    with pytest.raises(Stopped, match="stopped; all is kept") as stop:
        write_until(signals, done)
    assert (done, stop.value.code) == (written, 143)
    assert [signal.getsignal(each) for each in SIGNALS] == before


@stoppable("all is kept")
def write_until(signals: int, done: list[str]) -> None:
    """Be stopped while something is written."""
    with whole():
        for _ in range(signals):
            os.kill(os.getpid(), signal.SIGTERM)
        done.append("all")
    done.append("more")


def test_a_thread_that_gets_no_signals_is_not_in_the_way() -> None:
    ran: list[int] = []

    def run() -> None:
        with stoppable("nothing"):
            ran.append(1)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert ran == [1]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (2, "caregraph: no document could be read (0.txt: is empty; remove it or save it again; 1.txt: "),
        (5, "skipped 3.txt: is empty; remove it or save it again\nskipped 4.txt: "),
    ],
)
def test_nothing_but_bad_documents_is_an_error_that_names_three(
    bad: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(bad):
        (tmp_path / f"{number}.txt").touch()
    assert run_command(["extract", str(tmp_path), "--workers", "1"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(said)
    assert shown.err.count("\n") == max(1, bad - 2)


def test_what_is_told_is_one_line_that_does_not_steer_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell("a\nb\x1b[31m\ud800 \u00e9")
    assert capsys.readouterr().err == "a b\\x1b[31m\\ud800 \u00e9\n"
