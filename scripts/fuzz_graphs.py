"""Borders at which graphs come in and go out: lines, files, exports, messages of workers."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

from fuzz_extracting import find_sample
from fuzz_settings import find_memory
from fuzz_showing import seed_shown
from fuzz_target import Target, answer_or_refuse, require
from fuzz_words import HOSTILE
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from graph.endpoint.frames import FrameReader, pack_frame
from graph.errors import StoreError
from graph.export.formats import export_graph
from graph.facts.lines import cut_rest, read_value
from graph.store import load_store
from graph.terms import SKOS, write_text
from graph.vocabulary import CG, GRAPH, ID
from graph.write import sort_quads

_NAMES = ("prefLabel", "altLabel", "exact", "prefix", "title")
_RDF = ("nq", "trig", "jsonld")


def read_lines(data: bytes) -> None:
    """Take lines of N-Quads apart as the engine does."""
    try:
        quads = list(parse(data, format=RdfFormat.N_QUADS))
    except (SyntaxError, ValueError):
        quads = []
    for line in sort_quads(quads).splitlines(keepends=True):
        (quad,) = parse(line, format=RdfFormat.N_QUADS)
        subject, predicate, rest = line.split(b" ", 2)
        term, home = cut_rest(rest)
        require(_write(quad.object) == term.decode(), f"the object of {line!r} is {term!r}")
        require(_spell(quad.subject) == read_value(subject), "the subject is read")
        require(_spell(quad.predicate) == read_value(predicate), "the predicate is read")
        if not isinstance(quad.object, Literal | NamedNode | BlankNode):
            continue
        require(_spell(quad.object) == read_value(term), f"the value of {term!r} is read")
        named = "" if isinstance(quad.graph_name, DefaultGraph) else _write(quad.graph_name)[1:] + " .\n"
        named = f"_:{quad.graph_name.value} .\n" if isinstance(quad.graph_name, BlankNode) else named
        require(home.decode() == named, f"the graph of {line!r} is {home!r}")
    for line in data.splitlines(keepends=True):  # lines of other hands are taken apart or refused
        answer_or_refuse(lambda line=line: cut_rest(line), ValueError)  # type: ignore[misc]


def _write(term: Any) -> str:
    """Write a term as the engine does in N-Quads."""
    line = serialize([Quad(BlankNode("a"), NamedNode("a:a"), term)], format=RdfFormat.N_QUADS) or b""
    return line.decode()[10:-3]


def _spell(term: object) -> str:
    return str(getattr(term, "value", term))


def load_file(data: bytes) -> None:
    """Load a file of other hands under the names that we take."""
    ending, _, content = data.partition(b"\n")
    name = {
        b"nq": "graph.nq",
        b"ttl": "a.ttl",
        b"trig": "a.trig",
        b"nt": "a.nt",
        b"xml": "a.rdf",
        b"json": "a.jsonld",
    }
    with tempfile.TemporaryDirectory(dir=find_memory()) as folder:
        path = Path(folder) / name.get(ending, "graph.nq")
        path.write_bytes(content)
        store = answer_or_refuse(lambda: load_store(path), StoreError)
        if store is not None and path.name == "graph.nq":
            meant = {(q.subject, q.predicate, q.object) for q in parse(content, format=RdfFormat.N_QUADS)}
            found = store.quads_for_pattern(None, None, None, DefaultGraph())
            ours = {(q.subject, q.predicate, q.object) for q in found}
            blank = any(isinstance(term, BlankNode) for triple in meant for term in triple)
            require(blank or ours == meant, f"what is loaded is what stands there: {ours ^ meant}")


def make_quads(data: bytes) -> list[Quad]:
    """Make the graph of a document whose names and sentences are lines of the input."""
    texts = data.decode("utf-8", "replace").split("\n")[:12]
    paper = NamedNode(f"{GRAPH}document/a.txt")
    quads = []
    for number, text in enumerate(texts):
        node = NamedNode(f"{ID}organisation/b{number}")
        quads += [Quad(node, NamedNode(SKOS + _NAMES[number % 2]), write_text(text), paper)]
        quads += [Quad(node, NamedNode(CG + "foundBy"), write_text(text), paper)]
        quads += [
            Quad(
                node,
                NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
                NamedNode(CG + "NHSTrust"),
                paper,
            )
        ]
    return [*quads, *find_sample()[1][:400]]


def export(data: bytes) -> None:
    """Export a graph of hostile texts: what is written says the same when it is read again."""
    quads = set(make_quads(data))
    with tempfile.TemporaryDirectory(dir=find_memory()) as folder:
        source = Path(folder) / "graph.nq"
        source.write_bytes(sort_quads(quads))
        for name in _RDF:
            target = Path(folder) / f"made.{name}"
            export_graph(source, name, target)
            form = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}[name]
            again = set(parse(target.read_bytes(), format=form))
            require(again == quads, f"{name} says the same: {list(again ^ quads)[:4]}")
        for name in ("csv", "neo4j"):
            tables = Path(folder) / name
            export_graph(source, name, tables)
            for table in tables.glob("*.csv"):
                check_table(table.read_bytes().decode("utf-8"), guarded=name == "csv")


def check_table(text: str, *, guarded: bool) -> None:
    """Require that every row has all columns, and that no cell is a formula."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    require(len({len(row) for row in rows}) <= 1, "rows have all columns")
    for cell in (cell for row in rows[1:] for cell in row if guarded):
        require(not cell.startswith(("=", "+", "@", "\t", "\r")), f"no formula: {cell!r}")


def read_frames(data: bytes) -> None:
    """Cut a stream into messages: the same however it is split, and no more bytes than came."""
    whole, split = list(FrameReader().feed(data)), []
    reader = FrameReader()
    step = data[0] % 7 + 1 if data else 1
    for start in range(0, len(data), step):
        split += list(reader.feed(data[start : start + step]))
    require(whole == split, "messages are the same however they come")
    require(sum(len(payload) + 5 for _, payload in whole) <= len(data), "no more than came")
    again = b"".join(pack_frame(kind, payload) for kind, payload in whole)
    require(data.startswith(again), "packing is the reverse")


def seed_lines() -> list[bytes]:
    """Give lines of our graph, and of RDF in all its forms."""
    sample = sort_quads(find_sample()[1][:40])
    odd = b'_:a <a:b> _:c _:g .\n<a:a> <a:b> "1"^^<a:t> .\n'
    odd += b'<a:a> <a:b> "x\\u0041\\"\\\\\\n <g:g> ."@en-GB <g:g> .\n'
    return [
        sample[:3000],
        odd,
        b'<a:a> <a:b> <<( <a:a> <a:b> "c" )>> .\n',
        b'<a:a> <a:b> "c"@ar--rtl <g:g> .\n',
    ]


def seed_files_of_others() -> list[bytes]:
    """Give files in all formats, each with the name of its format."""
    turtle = b'@prefix a: <urn:a:> . a:b a:c "d", 1, true, [ a:e (1 2) ] .'
    rdf = b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description r:about="urn:a"'
    rdf += b' xmlns:a="urn:a" a:b="c"/></r:RDF>'
    lines = [b"nq\n" + seed for seed in seed_lines()]
    return [
        *lines,
        b"ttl\n" + turtle,
        b"trig\na:g { }\n" + turtle,
        b"xml\n" + rdf,
        b'json\n{"@id":"urn:a","urn:b":"c"}',
    ]


def seed_frames() -> list[bytes]:
    """Make messages, one after another."""
    return [pack_frame(b"D", b"abc") + pack_frame(b"E", b"{}") + b"R\0\0", b"D\xff\xff\xff\xff", b""]


_RDF_WORDS = (
    "<urn:a>",
    "_:b",
    '"c"',
    "@en",
    "^^<urn:t>",
    " .\n",
    "\\u0041",
    "\\U0001F600",
    "<<(",
    ")>>",
    "\\",
    *HOSTILE,
)
TARGETS = (
    Target("lines", "lines of N-Quads", read_lines, seed_lines, _RDF_WORDS),
    Target("files", "RDF files of other hands", load_file, seed_files_of_others, _RDF_WORDS),
    Target("export", "texts in every export", export, seed_shown, HOSTILE, seconds=10),
    Target(
        "messages", "messages between server and workers", read_frames, seed_frames, ("D", "J", "\0\0\0\1")
    ),
)
