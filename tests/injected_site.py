"""A build by the command itself of documents, names of files and a register that are hostile throughout."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

from graph.register_files import COLUMNS
from tests.make_documents import make_docx, make_pdf, paragraph

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases"
OWN_REGISTER = """
import pathlib, sys
import graph.paths
graph.paths.REGISTER = pathlib.Path(sys.argv.pop(1))
from graph.cli import main
main()
"""
"""The command, where somebody has put a register of their own."""


FRONT = ("title", "author", "publisher", "citation", "url", "date")
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>'
    "</cp:coreProperties>"
)


@cache
def list_payloads(*families: str) -> tuple[str, ...]:
    """Return the payloads of some families, or all."""
    rows = map(json.loads, (CASES / "injection_payloads.jsonl").read_text("utf-8").splitlines())
    return tuple(row["text"] for row in rows if not families or row["family"] in families)


def run_caregraph(*arguments: str, register: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a user does, in a process of its own; its output goes to pipes."""
    command = [sys.executable, "-m", "graph", *arguments]
    if register:
        command = [sys.executable, "-c", OWN_REGISTER, str(register), *arguments]
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}
    return subprocess.run(command, capture_output=True, cwd=ROOT, env=quiet, check=False)


def keep_sound(payload: str) -> str:
    """Leave out of a payload what no file in UTF-8 can hold, and the sign at which readers stop."""
    return payload.encode("utf-8", "replace").decode().replace("\0", "")


def write_text(payload: str, number: int) -> str:
    """Write a document that says something of two bodies in the same sentence as a payload."""
    plain = keep_sound(payload)
    return (
        f"Torbay Care Trust pools its budget with Torbay Council {plain} today.\n\n"
        "The Audit Commission audits Torbay Council.\n\n"
        f"The {plain} Partnership works with Torbay Council.\n\n"
        f"Own {plain} {number} works with Torbay Council.\n\n"
        f"{plain} Alias {number} works with Torbay Care Trust.\n"
    )


def write_documents(folder: Path) -> None:
    """Write documents with payloads in text, front matter, names, tables of metadata and properties."""
    for number, payload in enumerate(list_payloads()):
        front = "\n".join(
            f"{key}: {json.dumps(payload)}"
            for key in ("title", "author", "publisher", "citation", "url", "date")
        )
        (folder / f"{number:03}.md").write_text(
            f"---\n{front}\n---\n{write_text(payload, number)}", encoding="utf-8", errors="backslashreplace"
        )
    write_named(folder / "named")
    write_properties(folder / "properties")


def write_named(folder: Path) -> None:
    """Write documents whose names, and those of their folders, are payloads; one of each is empty."""
    for number, payload in enumerate(list_payloads()):
        name = keep_sound(payload).replace("/", "\u2215").strip(".")[:60] or "x"
        place = folder / f"{number:03}{name}"
        place.mkdir(parents=True)
        (place / f"{name}.txt").write_text(
            "The Audit Commission audits Torbay Council." if number % 4 else "", encoding="utf-8"
        )


def write_properties(folder: Path) -> None:
    """Write documents with payloads in what HTML, Word, PDF and ``metadata.csv`` state of them."""
    folder.mkdir()
    markup, *_ = list_payloads("markup")
    formula, *_ = list_payloads("formula")
    text = "Torbay Care Trust works with Torbay Council."
    page = (
        f"<html><head><title>{escape(markup)}</title><meta name=author content={quoteattr(formula)}></head>"
    )
    (folder / "page.html").write_text(f"{page}<body><p>{text}</p></body></html>", encoding="utf-8")
    (folder / "file.pdf").write_bytes(make_pdf([text], title=markup))
    core = CORE.format(escape(markup), escape(formula))
    (folder / "word.docx").write_bytes(make_docx(paragraph(text), core=core))
    (folder / "stated.txt").write_text(text, encoding="utf-8")
    with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["name", "title", "author", "url"])
        writer.writerow(["stated.txt", markup, formula, "javascript:window.hacked=1"])


def write_register(folder: Path) -> Path:
    """Write the register of caregraph and a body more for each payload, hostile in all columns."""
    shutil.copytree(ROOT / "seeds" / "register", folder)
    with (folder / "zz_own.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for number, payload in enumerate(list_payloads()):
            text = keep_sound(payload).replace("|", "/")
            writer.writerow(
                dict.fromkeys(COLUMNS, "")
                | {"id": f"own:{number}{text}", "type": "Charity", "name": f"Own {text} {number}"}
                | {"names": f"{text} Alias {number}", "ambiguous": f"{text} {number}", "acronyms": text[:20]}
                | {"codes": f"ods={text}", "area": f"Area {text}", "source": text, "licence": text}
                | {"confidence": "verified", "notes": text}
            )
    return folder


@pytest.fixture(scope="session")
def injected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build it, and keep what the command said beside it."""
    folder = tmp_path_factory.mktemp("injected")
    (folder / "documents").mkdir()
    write_documents(folder / "documents")
    register = write_register(folder / "register")
    arguments = ("build", str(folder / "documents"), "-o", str(folder / "out"), "--workers", "1")
    done = run_caregraph(*arguments, register=register)
    (folder / "said").write_bytes(done.stdout + done.stderr)
    assert done.returncode in (0, 1), done.stderr
    return folder
