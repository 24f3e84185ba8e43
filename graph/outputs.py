"""Write the files of a build from its ledger: only what has changed where that is little, else all of it.

All files are made beside the old ones and take their place at once (``graph.commit``), so that a crash
leaves the old ones or the new ones. What they were written from is recorded; where they are not as recorded,
they are written whole again from the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from graph.assemble_register import assemble_ontology, assemble_register
from graph.choose_part import choose_part
from graph.commit import TOLD, commit_files, end_commit, place_files, stage_files
from graph.consequences import Consequences
from graph.draw import draw_network, write_page
from graph.export import export_graph
from graph.fingerprint import digest_code
from graph.generations import POINTER, find_generation, write_pointer
from graph.iris import document_graph_iri
from graph.ledger import Ledger
from graph.manifest import FILES, MANIFEST, write_manifest
from graph.network import project_network
from graph.recluster import Clustering
from graph.register import ship_register
from graph.replace import change_graph
from graph.report import write_report
from graph.settle import drop_files, tell_ledger
from graph.sorted_lines import sort_lines, splice_lines
from graph.store import STORE, change_store, write_store
from graph.tally import Tally
from graph.vocabulary import CLUSTERS_GRAPH, INFERRED_GRAPH
from graph.write import sort_quads

_FEW = 500  # documents up to which what has changed is held in memory
_ALWAYS = 20  # documents may change without all being written again, however small their number
_SHARE = 4  # of the documents, one in this many may change before writing all again is faster


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to change in outputs that are as recorded: lines of each document's graph that go and come."""

    gone: dict[str, list[bytes]]
    new: dict[str, list[bytes]]


def write_outputs(
    out: Path, ledger: Ledger, formats: Iterable[str], violations: tuple[str, ...], *, further: bool = False
) -> bool:
    """Bring the files of a build to what the run at hand wants.

    Args:
        out: the folder of the build.
        ledger: of the build, with what is wanted.
        formats: further formats of the graph: ``trig``, ``ttl``.
        violations: what the shapes forbid, a line each.
        further: whether a language model added claims.

    Returns:
        Whether anything had to be written.
    """
    state = json.dumps({"code": digest_code(), "formats": sorted(formats), "further": further})
    sound = ledger.read_setting("written") == _describe_files(out, list_formats(ledger))
    if sound and ledger.is_told() and ledger.read_setting("state") == state:
        return False
    same_program = _read_state(ledger).get("code") == digest_code()
    changes = _list_changes(ledger) if sound and same_program else None
    dropped = " ".join(f"graph.{name}" for name in sorted(list_formats(ledger) - set(formats)))
    settings = {"state": state, "dropped": dropped}
    ledger.secure()
    with ledger.transaction():
        with stage_files(out) as staging:
            _write_texts(staging, ledger, violations)
            tell_ledger(ledger, staging / TOLD, settings)
            _write_graph(out, staging, changes, ledger=ledger, formats=formats)
        ledger.publish()
        for name, value in settings.items():
            ledger.record(name, value)
        drop_files(out, ledger)
        ledger.record("written", _describe_files(out, formats))
    end_commit(out)
    return True


def list_formats(ledger: Ledger) -> frozenset[str]:
    """Return the further formats of the graph that the outputs have."""
    return frozenset(_read_state(ledger).get("formats", ()))


def had_further(ledger: Ledger) -> bool:
    """Say whether a language model added claims to the outputs."""
    return bool(_read_state(ledger).get("further"))


def _read_state(ledger: Ledger) -> dict[str, Any]:
    state: dict[str, Any] = json.loads(ledger.read_setting("state") or "{}")
    return state


def _name_files(formats: Iterable[str]) -> list[str]:
    return [*FILES, *(f"graph.{name}" for name in sorted(formats))]


def _describe_files(out: Path, formats: Iterable[str]) -> str:
    """Return by what it can be told that the files were changed: size and time of each, name of the store."""
    generation = find_generation(out / STORE)
    described: list[object] = [generation.name if generation else ""]
    for name in _name_files(formats):
        try:
            status = (out / name).stat()
        except OSError:
            return "missing"
        described.append((name, status.st_size, status.st_mtime_ns))
    return json.dumps(described)


def _list_changes(ledger: Ledger) -> Changes | None:
    """List what is to change line by line; None where so much is that all is better written again."""
    documents, _ = ledger.count_shown()
    most = min(_FEW, max(documents // _SHARE, _ALWAYS))
    lost, fresh = ledger.list_lost(most), ledger.list_new(most)
    if len(lost) + len(fresh) > most:
        return None
    changes = Changes({}, {})
    for numbers, lines in ((lost, changes.gone), (fresh, changes.new)):
        for number in numbers:
            name, quads = ledger.read_content(number)
            lines[name] = quads.splitlines(keepends=True)
    return changes


def _write_texts(staging: Path, ledger: Ledger, violations: tuple[str, ...]) -> None:
    with (staging / "extraction.jsonl").open("wb") as stream:
        for line in ledger.list_lines():
            stream.write(line + b"\n")
    write_report(
        tally=Tally(ledger.connection),
        skipped=ledger.list_skipped(),
        violations=violations,
        path=staging / "report.html",
        names={body.id: body.name for body in ship_register()},
    )


def _write_graph(
    out: Path, staging: Path, changes: Changes | None, *, ledger: Ledger, formats: Iterable[str]
) -> None:
    """Write the master copy, the page, further formats and the store, then let all that is staged count."""
    master = staging / "graph.nq"

    def finish(store: Store, index: Path) -> None:
        write_page(draw_network(project_network(store, choose_part(index))), staging / "network.html")
        for name in sorted(formats):
            export_graph(staging, name, staging / f"graph.{name}")

    def publish(generation: Path) -> None:
        pointer = staging / STORE / POINTER
        pointer.parent.mkdir()
        write_pointer(generation, pointer)
        write_manifest(ledger, staging, set(_name_files(formats)) - {MANIFEST})
        commit_files(out)
        place_files(out)

    if changes is None:
        with master.open("wb") as stream:
            stream.writelines(sort_lines(_list_pieces(ledger), staging))
        write_store(out, master, finish=finish, publish=publish)
        return
    followed = _follow_changes(ledger, changes)
    with master.open("wb") as stream:
        splice_lines(
            out / "graph.nq",
            stream,
            without=chain.from_iterable([*(gone for gone, _ in followed.values()), *changes.gone.values()]),
            new=chain.from_iterable([*(new for _, new in followed.values()), *changes.new.values()]),
        )

    def change(store: Store) -> None:
        for name in changes.gone.keys() | changes.new.keys():
            before, after = set(changes.gone.get(name, ())), set(changes.new.get(name, ()))
            change_graph(store, document_graph_iri(name), _parse(before - after), _parse(after - before))
            if not after:
                store.remove_graph(NamedNode(document_graph_iri(name)))
        for graph_name, (gone, new) in followed.items():
            change_graph(store, graph_name, _parse(gone), _parse(new))
            _drop_empty(store, NamedNode(graph_name))

    change_store(out, change, finish=finish, publish=publish, master=master)


def _list_pieces(ledger: Ledger) -> Iterator[bytes]:
    """Yield the lines of the whole dataset, in pieces; what follows comes last, once all has been counted."""
    counts, clustering = Consequences(ledger.connection, anew=True), Clustering(ledger.connection, anew=True)
    base = [*assemble_ontology(), *assemble_register(ship_register())]
    counts.count_source(base, 1)
    yield sort_quads(base)
    for number in ledger.list_contents():
        _, quads = ledger.read_content(number)
        stated = _parse([quads])
        counts.count_source(stated, 1)
        clustering.count_source(stated, 1)
        yield quads
    yield from counts.list_lines()
    yield from clustering.list_lines()


def _follow_changes(ledger: Ledger, changes: Changes) -> dict[str, tuple[list[bytes], list[bytes]]]:
    """Return the lines that go from each graph that all documents make, and those that come."""
    counts, clustering = (
        Consequences(ledger.connection, anew=False),
        Clustering(ledger.connection, anew=False),
    )
    for documents, number in ((changes.gone, -1), (changes.new, 1)):
        for lines in documents.values():
            stated = _parse(lines)
            counts.count_source(stated, number)
            clustering.count_source(stated, number)
    return {INFERRED_GRAPH: counts.list_changes(), CLUSTERS_GRAPH: clustering.list_changes()}


def _drop_empty(store: Store, name: NamedNode) -> None:
    """Forget a graph that no statement is left in, as a store that is written anew would not have it."""
    if next(store.quads_for_pattern(None, None, None, name), None) is None and store.contains_named_graph(
        name
    ):
        store.remove_graph(name)


def _parse(pieces: Iterable[bytes]) -> list[Quad]:
    return list(parse(b"".join(pieces), format=RdfFormat.N_QUADS))
