"""A disk that is full: one line says so, the graph is as it was, and with room the same command goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.room import FULL
from tests.crash_bench import Bench, open_disk, tell_landed
from tests.effort import effort

pytestmark = pytest.mark.promise

ROOM = 16 << 10
"""Kilobytes of a disk with room."""
STEPS = effort(2, 20)
MOST = {"build": 2080, "add": 1800, "remove": 1680}
"""Kilobytes that a run needs at most besides what is there."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Bench]:
    """Return a bench whose build and temporary files are on a small disk that only its process sees."""
    with open_disk(tmp_path_factory.mktemp("full"), root, ROOM) as bench:
        yield bench
        tell_landed(bench)


def leave_room(bench: Bench, kilobytes: int) -> None:
    """Fill the disk but for some kilobytes; all of it is free where these are more than it has."""
    filler = bench.disk / "filler"
    bench.do(
        f"rm -f {filler}; free=$(df -k --output=avail {bench.disk} | tail -1); "
        f"test {kilobytes} -ge $free || head -c $((free - {kilobytes}))k /dev/zero > {filler}",
    )


def draw_room(kind: str, step: int) -> int:
    """Return how many kilobytes to leave: any number, or nearly as many as are needed."""
    share = step / STEPS
    return int(MOST[kind] * (share if step % 2 else 0.88 + 0.12 * share))


@pytest.mark.parametrize("step", range(STEPS))
@pytest.mark.parametrize(
    ("kind", "before", "given", "after"),
    [("build", "", "abc", "abc"), ("add", "ab", "c", "abc"), ("remove", "abc", "b", "ac")],
)
def test_disk_is_full_and_the_next_run_goes_on(
    kind: str, before: str, given: str, after: str, *, step: int, bench: Bench
) -> None:
    bench.start_anew(before)
    paths = bench.find(given)
    arguments = (
        ["build", *paths, "-o", bench.out, "-q"] if kind == "build" else [kind, bench.out, *paths, "-q"]
    )
    leave_room(bench, draw_room(kind, step))
    status, said = bench.command(*arguments)
    bench.landed.append(f"{kind} {step} {status} {said.strip()}")
    assert status in ((2,) if step % 2 and step <= STEPS / 2 else (0, 2)), "half the room is too little"
    if status == 2:
        assert said.count("\n") == 1
        assert "the disk is full; make room, then run it again: it goes on from here" in said
        assert str(bench.out) in said
        if before:
            assert bench.read() in (bench.expect(before), bench.expect(after))
    leave_room(bench, ROOM)
    if status == 2:
        assert bench.command(*arguments) == (0, "")
    assert bench.read() == bench.expect(after)
    assert bench.ask("clean")["status"] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "{out}", "-o", "{disk}/whole.ttl", "-q"],
        ["export", "{out}", "-o", "{disk}/tables", "--format", "csv", "-q"],
        ["draw", "{out}", "-o", "{disk}/page.html", "-q"],
        ["explain", "{a}", "-o", "{disk}/page.html", "-q"],
        ["extract", "{a}", "-o", "{disk}/found.jsonl", "-q"],
    ],
    ids=lambda arguments: " ".join(arguments[:1] + arguments[3:4]),
)
def test_what_finds_no_room_for_its_file_says_so_and_leaves_none(arguments: list[str], bench: Bench) -> None:
    bench.start_anew("abc")
    leave_room(bench, 0)
    names = {"out": bench.out, "disk": bench.disk, "a": bench.find("a")[0]}
    status, said = bench.command(*(part.format(**names) for part in arguments))
    bench.landed.append(f"{arguments} {status} {said.strip()}")
    assert status == 2
    assert said.count("\n") == 1
    assert FULL in said
    assert str(bench.disk) in said
    bench.do(f'rm {bench.disk}/filler; test "$(ls -A {bench.disk})" = "$(printf \'out\\ntemporary\')"')


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "{out}", "SELECT (COUNT(*) AS ?n) {{ ?d a cg:Document }}"],
        ["ask", "{out}", "partners", "body=Torbay Care Trust"],
        ["show", "{out}", "Torbay Care Trust"],
        ["draw", "{out}", "-o", "{elsewhere}/page.html"],
        ["verify", "{out}"],
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_graph_on_a_full_disk_is_read(arguments: list[str], bench: Bench) -> None:
    bench.start_anew("abc")
    leave_room(bench, 0)
    status, said = bench.command(*(part.format(out=bench.out, elsewhere=bench.folder) for part in arguments))
    assert (status, "caregraph: " in said) == (0, False), said


def test_check_of_the_shapes_has_no_room_for_its_scratch(bench: Bench) -> None:
    """It puts the lines of each graph side by side, in a file beside the graph, which is large."""
    bench.start_anew("abc")
    leave_room(bench, 0)
    status, said = bench.command("validate", bench.out)
    assert (status, said) == (2, f"caregraph: {bench.out} or /tmp: {FULL}\n")
