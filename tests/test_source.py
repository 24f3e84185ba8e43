"""What exports read: any graph in canonical order, whatever its size, graph by graph."""

from __future__ import annotations

import random
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from graph.errors import StoreError
from graph.export import source as source_module
from graph.export.reify import PARTS, REIFIES, reify_claims
from graph.export.source import group_subjects, open_source
from graph.generations import find_generation
from graph.store import STORE, read_quads, write_store
from graph.write import sort_quads, write_nquads
from tests.export_sample import export_quads, write_sample


def test_a_file_in_any_order_is_read_in_canonical_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Piece by piece and spilt early, as if the graph were much larger than memory."""
    monkeypatch.setattr(source_module, "_SORTED_AT_ONCE", 500)
    monkeypatch.setattr(source_module, "_BUFFER", 10_000)
    quads = [*export_quads(), *export_quads()[:700]]
    random.Random(1).shuffle(quads)
    serialize(quads, tmp_path / "graph.nq", RdfFormat.N_QUADS)
    with open_source(tmp_path) as source:
        assert source.master.read_bytes() == sort_quads(export_quads())
        assert b"".join(sort_quads([quad]) for quad in source.read_quads()) == sort_quads(export_quads())
        found = [(name, list(held)) for name, held in source.read_graphs()]
        folder = source.folder
    assert [name for name, _ in found] == sorted({quad.graph_name for quad in quads}, key=str)
    for name, held in found:
        expected = sort_quads(quad for quad in quads if quad.graph_name == name)
        assert b"".join(sort_quads([quad]) for quad in held) == expected
    assert not folder.exists()


def test_a_build_is_read_where_it_is(tmp_path: Path) -> None:
    out = write_sample(tmp_path)
    with open_source(out) as source:
        assert source.master.samefile(out / "graph.nq")
        subjects = [found[0].subject for found in group_subjects(source.read_quads())]
    assert len(set(subjects)) == len(subjects) > 200


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("graph.nq", "<urn:a> <urn:b> <urn:c> <urn:d> .\n<urn:a> oops .\n", "graph.nq.*build it again"),
        ("graph.ttl", "<urn:a> oops .\n", "graph.ttl.*build it again"),
        ("graph.doc", "", "not an RDF file"),
    ],
)
def test_a_damaged_file_is_named(name: str, content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    out = tmp_path if name == "graph.nq" else tmp_path / name
    with pytest.raises(StoreError, match=said), open_source(out) as source:
        list(source.read_quads())


def test_what_is_read_is_one_build_though_another_comes(tmp_path: Path) -> None:
    out = write_sample(tmp_path)
    store = find_generation(out / STORE)
    quads = export_quads()
    with open_source(out) as source:
        write_nquads(quads[:1], out / "graph.nq")
        write_store(out, out / "graph.nq")
        assert len(list(read_quads(source.open_store()))) == len(list(source.read_quads())) == len(quads)
        assert source.read_statistics().triples > 1000
        assert store
        assert store.exists()
    write_store(out, out / "graph.nq")
    assert not store.exists()


def test_a_damaged_store_is_made_again_and_the_damaged_one_goes(tmp_path: Path) -> None:
    out = write_sample(tmp_path)
    damaged = find_generation(out / STORE)
    assert damaged
    (damaged / "CURRENT").write_text("of another version")
    with open_source(out) as source:
        assert len(list(read_quads(source.open_store()))) == len(export_quads())
        assert not damaged.exists()
        assert source.read_statistics().triples > 1000


def test_an_empty_graph_is_empty(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_bytes(b"")
    with open_source(tmp_path) as source:
        assert list(source.read_quads()) == list(source.read_graphs()) == []


nodes = st.sampled_from([NamedNode(f"urn:{letter}") for letter in "abc"])
values = st.one_of(nodes, st.text(max_size=3).map(Literal))
quads = st.builds(Quad, nodes, st.one_of(st.sampled_from(PARTS), nodes), values, nodes)


@given(st.lists(quads, max_size=15))
def test_reifiers_say_what_claims_say_and_assert_nothing(statements: list[Quad]) -> None:
    """Also of nodes that are no claims, or half of one: nothing is lost and nothing made up."""
    ordered = sorted(set(statements), key=str)
    said = list(reify_claims(iter(ordered)))
    restored = set()
    for quad in said:
        if isinstance(quad.object, Triple):
            assert quad.predicate == REIFIES
            terms = (quad.object.subject, quad.object.predicate, quad.object.object)
            pairs = zip(PARTS, terms, strict=True)
            restored |= {Quad(quad.subject, part, term, quad.graph_name) for part, term in pairs}
        else:
            restored.add(quad)
    assert restored == set(ordered)
    for _, held in groupby(ordered, key=lambda quad: (quad.subject, quad.graph_name)):
        node = list(held)
        found = {part: [quad.object for quad in node if quad.predicate == part] for part in PARTS}
        whole = all(len(terms) == 1 for terms in found.values()) and isinstance(found[PARTS[1]][0], NamedNode)
        whole = whole and isinstance(found[PARTS[0]][0], NamedNode)
        reified = [q for q in said if (q.subject, q.graph_name) == (node[0].subject, node[0].graph_name)]
        assert any(q.predicate == REIFIES for q in reified) == whole
