"""Every command runs without a network and asks for none, and nothing that it reads from disk becomes code.

Where a page is opened in a browser, ``test_page_policy.py``, ``test_page_browser.py`` and
``test_workbench_browser.py`` see that it asks no other server.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.effort import THOROUGH
from tests.gold_case import SAID, TEXT, make_gold, write_gold
from tests.make_documents import make_docx, make_pdf, paragraph
from tests.offline_runs import Run, find_obstacle, run_offline

OBSTACLE = find_obstacle()
pytestmark = [pytest.mark.promise, pytest.mark.skipif(bool(OBSTACLE), reason=OBSTACLE)]

CLAIMS = (
    "Lowmoor Care Trust works closely with Lowmoor Council. "
    "The Audit Commission urged PCTs to pool budgets with councils."
)
COMMANDS = {
    "extract": "extract notes/plain.txt -o found.jsonl",
    "explain": "explain notes/plain.txt -o explained.html",
    "build": "build notes -o out --workers 2",
    "add": "add out more.docx",
    "query": "query out ASK{?s?p?o}",
    "ask": "ask out recommendations body=Audit_Commission",
    "show": "show out Audit_Commission",
    "draw": "draw out -o network.html",
    "export": "export out -o graph.ttl",
    "validate": "validate out",
    "verify": "verify out",
    "remove": "remove out more.docx",
    "serve": "serve out --port 0",
}
FURTHER = {
    "build the notes": "build seeds -o seeded",
    "evaluate": "evaluate marked --gold gold",
    "draw as PNG": "draw out -o network.png",
    "draw as SVG": "draw out -o network.svg",
    "draw for Gephi": "draw out -o network.gexf",
    **{
        f"export as {name}": f"export out --format {name} -o exported-{name}"
        for name in ("nq", "trig", "jsonld", "csv", "neo4j", "graphml", "dcat", "nq12", "trig12", "ttl12")
    },
}
"""What the thorough run adds."""

ENDS = {"serve": 130}
"""Exit codes other than 0: of a server that is stopped by Ctrl-C."""

OUR_OWN = ("multiprocessing", "pebble", "concurrent")
"""They start our own processes and send pickles through pipes, into which nobody else can write."""

SWALLOWED = """
import socket
try:
    socket.create_connection(("192.0.2.1", 80), timeout=1)
except OSError:
    pass
"""
PICKLED = """
import collections, pathlib, pickle
pathlib.Path("x.pickle").write_bytes(pickle.dumps(collections.OrderedDict()))
pickle.loads(pathlib.Path("x.pickle").read_bytes())
"""
NATIVE = """
import ctypes, socket
ctypes.CDLL(None).socket(socket.AF_INET, socket.SOCK_STREAM, 0)
"""
STARTED = "import subprocess; subprocess.run(['true'])"


def make_notes(folder: Path, root: Path) -> None:
    """Write documents of all kinds that processes of their own read."""
    notes = folder / "notes"
    notes.mkdir()
    (notes / "plain.txt").write_text(CLAIMS, encoding="utf-8")
    (notes / "page.html").write_text(f"<title>A page</title><p>{CLAIMS}</p>", encoding="utf-8")
    (notes / "paper.pdf").write_bytes(make_pdf([CLAIMS]))
    (folder / "more.docx").write_bytes(make_docx(paragraph(CLAIMS.replace("Lowmoor", "Highmoor"))))
    for place in ("marked", "gold"):
        (folder / place).mkdir()
    (folder / "marked" / "a.txt").write_text(TEXT, encoding="utf-8")
    write_gold(folder / "gold", make_gold(*SAID))
    (folder / "seeds").symlink_to(root / "seeds" / "documents")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, Run]:
    """Run all commands, and four programs that do what none of ours may do."""
    folder = tmp_path_factory.mktemp("offline")
    make_notes(folder, root)
    commands = COMMANDS | (FURTHER if THOROUGH else {})
    planted = {"swallowed": SWALLOWED, "pickled": PICKLED, "native": NATIVE, "started": STARTED}
    return run_offline(
        folder,
        {
            name: ["-m", "graph", *(word.replace("_", " ") for word in line.split())]
            for name, line in commands.items()
        }
        | {name: ["-c", code] for name, code in planted.items()},
    )


def find_pickles(run: Run) -> list[str]:
    """Return the classes that were made of pickles of other origin than our own processes."""
    return [
        ".".join(arguments)
        for event, arguments, files in run.events
        if event == "pickle.find_class" and not any(f"/{name}/" in file for file in files for name in OUR_OWN)
    ]


def find_requests(run: Run) -> list[str]:
    """Return what was asked of the network, from Python or from native code."""
    asked = [
        f"{event}{arguments}"
        for event, arguments, _ in run.events
        if event.startswith(("socket.", "urllib."))
    ]
    return asked + run.calls


def find_strangers(run: Run) -> set[str]:
    """Return the programs that were started and are not this Python."""
    python = {sys.executable, str(Path(sys.executable).resolve())}
    return {program for program in run.programs if program not in python}


def test_commands_run_without_a_network_and_ask_for_none(runs: dict[str, Run]) -> None:
    """One test for all that is seen in the runs: they cost half a minute."""
    planted = {name: runs[name] for name in ("swallowed", "pickled", "native", "started")}
    assert set(COMMANDS) <= set(runs)
    for name, run in ((name, run) for name, run in runs.items() if name not in planted):
        assert run.code == ENDS.get(name, 0), (name, run.error)
        assert find_pickles(run) == [], name
        assert find_strangers(run) == set(), name
        if name != "serve":
            assert find_requests(run) == [], name
    assert "Audit Commission" in runs["show"].out
    assert "Audit Commission" in runs["ask"].out
    check_server(runs["serve"])
    check_planted(planted)


def check_server(run: Run) -> None:
    """Listening at the loopback interface is all that the server does with a network."""
    assert run.out.count(" 200 ") == 5
    assert [line for line in run.calls if "connect(" in line or "sendto(" in line] == []
    bound = [line for line in run.calls if "bind(" in line]
    assert bound
    assert all("127.0.0.1" in line for line in bound)
    assert find_requests(run) == run.calls


def check_planted(planted: dict[str, Run]) -> None:
    """What none of ours may do is seen, even where its error is swallowed or Python does not do it."""
    assert all(run.code == 0 for run in planted.values()), planted
    assert any("socket.connect" in line for line in find_requests(planted["swallowed"]))
    assert any("192.0.2.1" in line for line in planted["swallowed"].calls)
    assert find_requests(planted["native"]) == planted["native"].calls != []
    assert find_pickles(planted["pickled"]) == ["collections.OrderedDict"]
    assert [Path(program).name for program in find_strangers(planted["started"])] == ["true"]
    assert any(event == "subprocess.Popen" for event, _, _ in planted["started"].events)
