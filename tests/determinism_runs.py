"""The same documents built again and again, in fresh processes, under conditions that must not matter."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from random import Random

import psutil

from graph.export import FORMATS
from graph.manifest import FILES
from tests.make_documents import make_docx, make_pdf, paragraph

ROOT = Path(__file__).resolve().parents[1]
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>İki kurum</title></head>
<body><h1>Two bodies</h1>
<p>Lowmoor Care Trust pools its budget with Torbay Council. I asked the INSTITUTE of Public Care about it.</p>
<table><tr><th>Body</th><th>Role</th></tr>
<tr><td>Audit Commission</td><td>audits Torbay Care Trust</td></tr></table>
<ul><li>Torbay Council should work with Torbay Care Trust.</li></ul></body></html>"""
NOTE = "Minutes of März.\n\nTorbay Care Trust does not pool its budget with Lowmoor Primary Care Trust.\n"
LETTER = "The Department of Health funds Torbay Care Trust. Jo Ash is chief executive of the trust."
PAPER = "# A paper\n\n*İstanbul* is far. Kent County Council commissions services from Torbay Care Trust.\n"
PAGES = ("Torbay Care Trust employs Jo Ash.", "It is audited by the Audit Commission.")
TABLE = "file,title,date\na.docx,Ein Brief – März,2004-05\nMärz – İzmir.txt,Minutes,2005\n"
BROKEN = "%PDF-1.7 and nothing else"
QUERY = "SELECT ?s ?name { ?s skos:prefLabel ?name } LIMIT 300"
COMMANDS = (
    ("ask", "out", "recommendations", "body=Audit Commission"),
    ("ask", "out", "most-connected", "--format", "csv"),
    ("ask", "out", "search", "text=pooled budgets", "--format", "json"),
    ("query", "out", QUERY, "--format", "json"),
    ("query", "out", "DESCRIBE ?body { ?body a cg:CareTrust }", "--format", "ttl"),
    ("show", "out", "Torbay Care Trust"),
    ("validate", "out"),
    ("verify", "out"),
    ("explain", "documents/letters/a.docx"),
    ("explain", "documents/page.html", "-o", "explained.html"),
    *(("draw", "out", "-o", f"drawn{ending}") for ending in (".svg", ".png", ".gexf", ".graphml", ".html")),
)
EXPORTS = tuple(("export", "out", "--format", name, "-o", f"export-{name}") for name in FORMATS)
"""Run in one process: some do not say where they write, and then what they print counts."""

RUN = """
import contextlib, io, os, sys
from pathlib import Path
from graph.cli import run_command
for number, line in enumerate(os.fsdecode(sys.stdin.buffer.read()).splitlines()):
    with open(f"printed-{number:02}.txt", "w", encoding="utf-8") as out, contextlib.redirect_stdout(out):
        code = run_command(line.split("\\t"))
    if code:
        sys.exit(f"{line}: exit code {code}")
"""


@dataclass(frozen=True)
class Condition:
    """What must not matter.

    Attributes:
        seed: PYTHONHASHSEED.
        workers: processes.
        order: of arguments and of the making of the files; a seed.
        locale: LC_ALL.
        zone: TZ.
        strict: whether Python's own help for poor locales is switched off.
        umask: of all files.
        absolute: whether paths are given whole.
        python: another interpreter; None for this one.
        locales: folder of compiled locales.
    """

    seed: str = "0"
    workers: int = 1
    order: int = 0
    locale: str = "C.UTF-8"
    zone: str = "UTC"
    strict: bool = False
    umask: int = 0o022
    absolute: bool = False
    python: Path | None = None
    locales: Path = Path()


HOME, TEMPORARY = "home", "temporary files"
ENOUGH = 100_000
"""Bytes of a ledger that hold what some documents gave."""

LOCALES = ("tr_TR.UTF-8", "de_DE.ISO-8859-1")
FACTORS: Mapping[str, tuple[object, ...]] = {
    "seed": ("0", "1", "random"),
    "workers": (1, 2, 4),
    "order": (0, 1, 2),
    "locale": ("C.UTF-8", "C", *LOCALES),
    "zone": ("UTC", "Pacific/Kiritimati", "America/St_Johns"),
    "strict": (False, True),
    "umask": (0o022, 0o077, 0o002),
    "absolute": (False, True),
}
"""Values of each; those of the thorough run are paired in every way."""


def cover_pairs(factors: Mapping[str, tuple[object, ...]] = FACTORS) -> list[Condition]:
    """Choose conditions in which each value of a factor meets each value of every other: a covering array.

    Each is the best of many that are drawn by lot, from the same seed every time.
    """
    names = list(factors)
    left = {((a, x), (b, y)) for a, b in combinations(names, 2) for x, y in product(factors[a], factors[b])}
    draw, chosen = Random(1), list[Condition]()
    while left:
        drawn = [{name: draw.choice(factors[name]) for name in names} for _ in range(300)]
        best = max(drawn, key=lambda one: len(left & set(combinations(one.items(), 2))))
        left -= set(combinations(best.items(), 2))
        chosen.append(Condition(**best))  # type: ignore[arg-type]
    return chosen


def make_sources(folder: Path, order: int) -> list[str]:
    """Make documents for all readers; return the arguments that name them, in an order of their own."""
    notes = {f"notes/{path.name}": path.read_bytes() for path in (ROOT / "seeds/documents").glob("*.md")}
    contents = {
        **notes,
        "letters/März – İzmir.txt": NOTE.encode(),
        "letters/\u0131ss\u0131z.md": PAPER.encode(),
        "letters/a.docx": make_docx(paragraph(LETTER) + paragraph("The two pool their budgets.")),
        "letters/sub/I.txt": b"Torbay Council works with Torbay Care Trust.\n",
        "letters/sub/i.txt": b"Torbay Council does not work with Kent County Council.\n",
        "letters/broken.pdf": BROKEN.encode(),
        "letters/metadata.csv": TABLE.encode(),
        "page.html": PAGE.encode(),
        "report.pdf": make_pdf(PAGES),
    }
    arguments = ["notes", "letters", "page.html", "report.pdf"]
    draw = Random(order)
    for name in draw.sample(sorted(contents), len(contents)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents[name])
    return draw.sample(arguments, len(arguments))


def run(folder: Path, condition: Condition, *, wide: bool, stopped: bool = False) -> dict[str, bytes]:
    """Build under a condition; return the bytes of all that was written, by name.

    Args:
        folder: an empty one.
        condition: what must not matter.
        wide: whether to run all commands and exports on the build as well.
        stopped: whether Ctrl-C stops the build before it is let go on.
    """
    arguments = make_sources(folder / "documents", condition.order)
    for name in (HOME, TEMPORARY):
        (folder / name).mkdir()
    out = "out" if condition.order == 0 else f"März {condition.order}"
    start = folder if condition.absolute else Path()
    documents = [str(start / "documents" / name) for name in arguments]
    workers = ("--workers", str(condition.workers))
    build = ("build", *documents, "-o", str(start / out), *workers, "--also", "trig", "--also", "ttl")
    if stopped:
        interrupt(folder, condition, build)
    call(folder, condition, ("-m", "graph", *build))
    names = [f"{out}/{name}" for name in (*FILES, "graph.trig", "graph.ttl")]
    if wide:
        extract = ("extract", *documents, "-o", str(start / "extracted.jsonl"), *workers)
        call(folder, condition, ("-m", "graph", *extract))
        commands = [[out if word == "out" else word for word in words] for words in (*COMMANDS, *EXPORTS)]
        call(folder, condition, ("-c", RUN), "\n".join(map("\t".join, commands)))
        patterns = ("extracted*", "printed-*", "drawn*", "explained*", "export-*")
        names += [found for pattern in patterns for found in list_files(folder, pattern)]
    left = [path for name in (HOME, TEMPORARY) for path in (folder / name).iterdir()]
    assert left == [], "no file of ours stays where nobody looks for one"
    return {name.removeprefix(f"{out}/"): (folder / name).read_bytes() for name in names}


def list_files(folder: Path, pattern: str) -> Iterator[str]:
    """Yield the files of a name, or in folders of that name."""
    for path in sorted(folder.glob(pattern)):
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (str(file.relative_to(folder)) for file in found if file.is_file())


def call(folder: Path, condition: Condition, command: Iterable[str], given: str = "") -> None:
    """Run Python under a condition, to its end."""
    done = subprocess.run(
        [condition.python or sys.executable, *command],
        cwd=folder / HOME if condition.absolute and "-c" not in command else folder,
        env=make_environment(folder, condition),
        umask=condition.umask,
        input=given.encode(),
        capture_output=True,
        timeout=1200,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-2000:]


def interrupt(folder: Path, condition: Condition, command: Iterable[str]) -> None:
    """Stop a build by Ctrl-C once it has something to go on from."""
    words = [sys.executable, "-m", "graph", *command]
    environment = make_environment(folder, condition)
    process = psutil.Popen(words, cwd=folder, env=environment, stderr=subprocess.DEVNULL, text=True)
    written = next(folder.glob("*/ledger.sqlite-wal"), folder / "none")
    while process.poll() is None and not (written.exists() and written.stat().st_size > ENOUGH):
        written = next(folder.glob("*/ledger.sqlite-wal"), written)
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert process.wait(120) == 130


def make_environment(folder: Path, condition: Condition) -> dict[str, str]:
    """Make the variables of a condition; nothing else of ours is passed on but where programs are."""
    found = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": condition.seed,
        "LC_ALL": condition.locale,
        "TZ": condition.zone,
        "LOCPATH": str(condition.locales),
        "HOME": str(folder / HOME),
        "TMPDIR": str(folder / TEMPORARY),
        "TERM": "dumb" if condition.order else "xterm-256color",
    }
    if condition.strict:
        found |= {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    return found


def compile_locales(folder: Path) -> bool:
    """Compile locales that a system seldom has; return whether all are there, else C stands in for them."""
    if not shutil.which("localedef"):
        return False
    for name in LOCALES:
        language, _, charset = name.partition(".")
        command = ["localedef", "-i", language, "-f", charset, str(folder / name)]
        subprocess.run(command, capture_output=True, check=False)  # it warns, and fails at a warning
    return all((folder / name).is_dir() for name in LOCALES)


def find_python(version: str) -> Path | None:
    """Find another Python that runs: on the path, or among those of pyenv."""
    name = f"python{version}"
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    candidates = [shutil.which(name), *root.glob(f"versions/{version}.*/bin/{name}")]
    works = (Path(path) for path in candidates if path and answers(path, version))
    return next(works, None)


def answers(python: Path | str, version: str) -> bool:
    """Tell whether an interpreter runs and is of a version."""
    told = subprocess.run([python, "--version"], capture_output=True, text=True, check=False).stdout
    return told.startswith(f"Python {version}.")


def make_environment_of(python: Path, folder: Path) -> Path:
    """Make an environment for another Python, of what the lock pins, checked against its hashes.

    Raises:
        subprocess.CalledProcessError: the packages cannot be had.
    """
    uv = Path(sys.executable).with_name("uv")
    made = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install: list[str | Path] = [
        "pip",
        "install",
        "--require-hashes",
        "-r",
        str(ROOT / "requirements.lock"),
        "--python",
        made,
    ]
    making: list[str | Path] = ["venv", "--python", python, folder]
    for command in (making, install):
        subprocess.run([uv, "--quiet", *command], check=True, capture_output=True, text=True)
    return made
