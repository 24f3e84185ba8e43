"""What of a large graph a page shows: whole where there is room, else the best connected bodies."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.choose_part import choose_part
from graph.draw import draw_network, render_page
from graph.generations import name_index
from graph.network import Part, project_network
from graph.store import open_store, write_store
from tests.sample_graph import sample_quads


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of a store and the file of its index."""
    out = tmp_path_factory.mktemp("built")
    return out, name_index(write_store(out, sample_quads()))


def test_a_graph_that_has_room_is_shown_whole(built: tuple[Path, Path]) -> None:
    assert choose_part(built[1]) is None


@pytest.mark.parametrize(("bodies", "statements"), [(4, 100), (100, 5)])
def test_of_a_larger_one_the_best_connected_bodies_and_all_between_them(
    built: tuple[Path, Path], bodies: int, statements: int
) -> None:
    whole = project_network(open_store(built[0]))
    part = choose_part(built[1], bodies=bodies, statements=statements)
    assert part
    network = project_network(open_store(built[0]), part)
    assert 1 < len(network) <= bodies
    assert 0 < len(part.claims) <= statements
    within = whole.subgraph(network)
    assert {(*edge[:3],) for edge in within.edges} == {(*edge[:3],) for edge in network.edges}
    assert all(whole.edges[edge] == claim for edge, claim in network.edges.items())
    assert all(whole.nodes[node] == about for node, about in network.nodes.items())
    assert part.left_out["bodies"] == len(whole) - len(network)
    least = min(dict(whole.degree(network)).values())
    assert least >= max(degree for node, degree in whole.degree if node not in network)


def test_the_page_says_what_it_leaves_out(built: tuple[Path, Path]) -> None:
    part = choose_part(built[1], bodies=4)
    assert isinstance(part, Part)
    page = render_page(draw_network(project_network(open_store(built[0]), part)))
    left = part.left_out
    words = f"{left['bodies']} bodies, {left['statements']} statements and {left['documents']} documents"
    assert f"It has no room for {words};" in page
    assert "has no room" not in render_page(draw_network(project_network(open_store(built[0]))))
