"""The promise "nothing without its sentence" on the files of a build: whatever is altered there is told.

Every kind of corruption is a function that alters a copy of a build, or its sources; where is drawn by a
seeded generator, so that a failure can be repeated by its number.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from graph.errors import CaregraphError
from graph.extract import load_resources
from graph.generations import find_generation, name_index
from graph.master import MASTER
from graph.pipeline import build_graph, verify_build
from graph.store import STORE, write_store
from graph.vocabulary import CG, CLUSTERS_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH, REGISTER_GRAPH
from tests.build_histories import use_small_register
from tests.effort import effort
from tests.make_documents import make_docx, make_pdf, paragraph
from tests.sample_documents import LETTER, MINUTES

pytestmark = pytest.mark.promise

EACH = effort(3, 70)
"""Tries of each kind: 51, and 1,190 in the thorough run."""
Kind = Callable[[Path, Random], None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build documents of all formats; the folder holds ``sources`` and ``out``."""
    folder = tmp_path_factory.mktemp("whole")
    sources = folder / "sources"
    sources.mkdir()
    named = "Calder Vale Hospitals NHS Foundation Trust works with Torbay Council."
    said = "Lowmoor Care Trust should pool its budget with Torbay Council."
    contents = {
        "minutes.txt": MINUTES.encode(),
        "letter.md": LETTER.encode(),
        "page.html": b"<p>Calder Vale Hospitals NHS Trust does not work with Torbay Council.</p>",
        "paper.pdf": make_pdf(["The Audit Commission audits Torbay Council."]),
        "draft.docx": make_docx(paragraph(said) + paragraph(named)),
    }
    for name, content in contents.items():
        (sources / name).write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        use_small_register(patch, folder)
        build_graph([sources], folder / "out", workers=0, formats=["ttl"])
        yield folder
    load_resources.cache_clear()


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "copy")
    return tmp_path / "copy"


def is_told(folder: Path) -> bool:
    try:
        return not verify_build(folder / "out").holds
    except CaregraphError:
        return True


def pick_lines(folder: Path, draw: Random, part: str) -> bytes:
    """Draw a line of the master copy that holds some words."""
    lines = (folder / "out" / MASTER).read_bytes().splitlines(keepends=True)
    return draw.choice([line for line in lines if part.encode() in line])


def write_consistently(folder: Path, *, without: bytes = b"", new: bytes = b"") -> None:
    """Change the master copy and make store and index of it, as somebody would who knows how."""
    path = folder / "out" / MASTER
    lines = set(path.read_bytes().splitlines(keepends=True)) - {without} | ({new} if new else set())
    path.write_bytes(b"".join(sorted(lines)))
    write_store(folder / "out", path)


def cover_tracks(folder: Path) -> None:
    """Put into the manifest what the files are by now, so that it gives nothing away."""
    path = folder / "out" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    for file in manifest["files"]:
        content = (folder / "out" / file["name"]).read_bytes()
        file |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    path.write_text(json.dumps(manifest), "utf-8")


def flip(path: Path, draw: Random) -> None:
    """Change one byte of a file."""
    content = bytearray(path.read_bytes())
    content[draw.randrange(len(content))] ^= draw.randrange(1, 256)
    path.write_bytes(content)


def any_byte_of_the_master_copy(folder: Path, draw: Random) -> None:
    flip(folder / "out" / MASTER, draw)


def any_line_of_the_master_copy(folder: Path, draw: Random) -> None:
    path = folder / "out" / MASTER
    lines = path.read_bytes().splitlines(keepends=True)
    place = draw.randrange(len(lines))
    kept = draw.choice([lines[:place] + lines[place + 1 :], lines[:place], [*lines, lines[place]]])
    path.write_bytes(b"".join(kept))


def any_byte_of_another_file(folder: Path, draw: Random) -> None:
    name = draw.choice(["extraction.jsonl", "network.html", "report.html", "graph.ttl"])
    path = folder / "out" / name
    path.unlink() if draw.random() < 0.1 else flip(path, draw)


def any_byte_of_a_text(folder: Path, draw: Random) -> None:
    flip(folder / "sources" / draw.choice(["minutes.txt", "letter.md"]), draw)


def a_word_on_a_page(folder: Path, draw: Random) -> None:
    path = folder / "sources" / "page.html"
    words = path.read_text("utf-8").split(" ")
    del words[draw.randrange(1, len(words) - 1)]
    path.write_text(" ".join(words), "utf-8")


def a_source_goes(folder: Path, draw: Random) -> None:
    draw.choice(sorted((folder / "sources").iterdir())).unlink()


def sources_change_places(folder: Path, draw: Random) -> None:
    one, other = draw.sample(sorted((folder / "sources").iterdir()), 2)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def change_store(folder: Path, change: Callable[[Store, list[Quad]], None]) -> None:
    generation = find_generation(folder / "out" / STORE)
    store = Store(str(generation))
    change(store, sorted(store, key=str))
    store.flush()
    del store


def the_store_loses_a_statement(folder: Path, draw: Random) -> None:
    change_store(folder, lambda store, quads: store.remove(draw.choice(quads)))


def the_store_gains_a_statement(folder: Path, draw: Random) -> None:
    def add(store: Store, quads: list[Quad]) -> None:
        one, other = draw.sample(quads, 2)
        home = draw.choice([DefaultGraph(), one.graph_name, NamedNode("urn:new")])
        store.add(Quad(one.subject, one.predicate, NamedNode(f"urn:new:{other.predicate.value}"), home))

    change_store(folder, add)


def the_store_quotes_something_else(folder: Path, draw: Random) -> None:
    def edit(store: Store, quads: list[Quad]) -> None:
        literals = [(quad, quad.object) for quad in quads if isinstance(quad.object, Literal)]
        quad, old = draw.choice([(quad, old) for quad, old in literals if old.value])
        place = draw.randrange(len(old.value))
        words = f"{old.value[:place]}~{old.value[place + 1 :]}"
        store.remove(quad)
        store.add(Quad(quad.subject, quad.predicate, Literal(words, datatype=old.datatype), quad.graph_name))

    change_store(folder, edit)


def the_index_says_something_else(folder: Path, draw: Random) -> None:
    generation = find_generation(folder / "out" / STORE)
    assert generation
    with contextlib.closing(sqlite3.connect(name_index(generation))) as connection, connection:
        table, column = draw.choice(
            [("quotes", "sentence"), ("names", "name"), ("things", "name"), ("claims", "status")]
        )
        rows = connection.execute(f"SELECT DISTINCT {column} FROM {table} ORDER BY 1").fetchall()
        connection.execute(
            f"UPDATE {table} SET {column} = ? || 'x' WHERE {column} = ?", (*draw.choice(rows) * 2,)
        )


def something_follows_from_nothing(folder: Path, draw: Random) -> None:
    line = pick_lines(folder, draw, f"<{CG}worksWith>")
    subject, predicate, _ = line.split(b" ", 2)
    new = b"%b %b <urn:nobody> <%b> .\n" % (subject, predicate, INFERRED_GRAPH.encode())
    write_consistently(folder, new=new)


def what_follows_is_lost(folder: Path, draw: Random) -> None:
    write_consistently(folder, without=pick_lines(folder, draw, f"<{INFERRED_GRAPH}> ."))


def the_register_is_edited(folder: Path, draw: Random) -> None:
    line = pick_lines(folder, draw, f"<{draw.choice([REGISTER_GRAPH, ONTOLOGY_GRAPH])}> .")
    write_consistently(folder, without=line, new=draw.choice([b"", line.replace(b" <", b" <x", 1)]))


def a_cluster_is_edited(folder: Path, draw: Random) -> None:
    line = pick_lines(folder, draw, "/cluster/")
    assert CLUSTERS_GRAPH.encode() in line
    write_consistently(
        folder, without=line, new=draw.choice([b"", line.replace(b"/cluster/", b"/cluster/0", 1)])
    )


def a_graph_comes_from_nowhere(folder: Path, draw: Random) -> None:
    line = pick_lines(folder, draw, f"<{CG}")
    home = draw.choice([b"", b" <urn:x>", b" <https://w3id.org/caregraph/graph/documents>"])
    write_consistently(folder, new=line[: line.rindex(b" <")] + home + b" .\n")


def the_manifest_is_edited(folder: Path, draw: Random) -> None:
    path = folder / "out" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    inputs, files = manifest["inputs"], manifest["files"]
    one, other = draw.sample(range(len(inputs)), 2)
    kind = draw.randrange(5)
    if kind == 0:
        inputs[one]["path"] = inputs[other]["path"]
    elif kind == 1:
        inputs[one]["name"] = f"x{inputs[one]['name']}"
    elif kind == 2:
        del inputs[one]
    elif kind == 3:
        del files[draw.choice([n for n, file in enumerate(files) if file["name"] != "graph.ttl"])]
    else:
        files[draw.randrange(len(files))]["bytes"] += 1
    path.write_text(json.dumps(manifest), "utf-8")


KINDS: tuple[Kind, ...] = (
    any_byte_of_the_master_copy, any_line_of_the_master_copy, any_byte_of_a_text, a_word_on_a_page,
    a_source_goes, sources_change_places, the_store_loses_a_statement, the_store_gains_a_statement,
    the_store_quotes_something_else, the_index_says_something_else, something_follows_from_nothing,
    what_follows_is_lost, the_register_is_edited, a_cluster_is_edited, a_graph_comes_from_nowhere,
    any_byte_of_another_file, the_manifest_is_edited,
)  # fmt: skip


def test_what_is_untouched_holds(copied: Path) -> None:
    assert verify_build(copied / "out").problems == ()
    write_consistently(copied)
    cover_tracks(copied)
    assert verify_build(copied / "out").problems == ()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_corruption_is_told(kind: Kind, whole: Path, tmp_path: Path) -> None:
    unseen = []
    for number in range(EACH):
        copy = tmp_path / str(number)
        shutil.copytree(whole, copy)
        kind(copy, Random(number))
        if kind not in (any_byte_of_another_file, the_manifest_is_edited):
            cover_tracks(copy)
        if not is_told(copy):
            unseen.append(number)
        shutil.rmtree(copy)
    assert unseen == []
