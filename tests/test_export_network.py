"""GraphML and GEXF: what other programs read back, whatever names and quotes hold."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyvis.network import Network

from graph.draw import draw_network
from graph.export_network import render_gexf, render_graphml
from graph.network import project_network
from graph.pages import write_line
from graph.vocabulary import ID
from tests.network_store import make_store
from tests.page_visits import HOSTILE

GEXF = {"gexf": "http://www.gexf.net/1.2draft", "viz": "http://www.gexf.net/1.2draft/viz"}
TRUST = ID + "organisation/ct-TBX"


def read_graphml(text: str) -> nx.MultiDiGraph:
    return nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)


def read_gexf(text: str) -> nx.MultiDiGraph:
    return nx.read_gexf(io.BytesIO(text.encode()), version="1.2draft")


FORMATS = {"graphml": (render_graphml, read_graphml), "gexf": (render_gexf, read_gexf)}


@pytest.fixture
def drawn() -> Network:
    return draw_network(project_network(make_store()))


def index_nodes(network: nx.MultiDiGraph) -> dict[str, dict[str, Any]]:
    return {about["label"]: about for _, about in network.nodes(data=True)}


@pytest.mark.parametrize("form", FORMATS)
def test_bodies_come_back_with_plain_values(drawn: Network, form: str) -> None:
    render, read = FORMATS[form]
    trust = index_nodes(read(render(drawn)))["Torbridge Care Trust"]
    expected = {
        "iri": TRUST,
        "type": "Care trust",
        "family": "NHS and health",
        "kind": "named",
        "codes": "ODS TBX",
        "other_names": "TBT",
        "valid_from": "2005-10-01",
        "predecessors": "pct 5TB",
        "broker": True,
        "degree": 2,
    }
    assert {name: trust[name] for name in expected} == expected
    assert isinstance(trust["community"], int)
    assert isinstance(trust["betweenness"], float)
    node = drawn.get_node(TRUST)
    assert (trust["x"], trust["y"]) == (node["x"], -node["y"])


@pytest.mark.parametrize("form", FORMATS)
def test_statements_come_back_with_their_sentences(drawn: Network, form: str) -> None:
    render, read = FORMATS[form]
    network = read(render(drawn))
    edges = {
        about["predicate"]: (source, target, about) for source, target, about in network.edges(data=True)
    }
    assert set(edges) == {"worksWith", "poolsBudgetWith", "funds", "postHolderAt"}
    source, target, about = edges["worksWith"]
    assert network.nodes[source]["label"] == "Torbridge Care Trust"
    assert network.nodes[target]["label"] == "Exmoor County Council"
    expected = {
        "status": "asserted",
        "directed": False,
        "bridge": True,
        "confidence": 0.9,
        "sentence_count": 2,
        "sentence": "The trust works with Exmoor County Council.",
        "title": "Working together",
        "date": "2006",
        "link": "https://example.org/one",
        "sentences": "“The trust works with Exmoor County Council.” (Working together, 2006, https://example.org/one)\n"
        "“They work together still.” (A second look, 2007)",
    }
    assert {name: about[name] for name in expected} == expected
    assert (edges["funds"][2]["status"], edges["postHolderAt"][2]["role"]) == ("negated", "chair")


def test_gexf_looks_like_the_page(drawn: Network) -> None:
    root = ET.fromstring(render_gexf(drawn))
    nodes = {node.get("label"): node for node in root.iterfind(".//gexf:node", GEXF)}
    trust, source = nodes["Torbridge Care Trust"], drawn.get_node(TRUST)
    color, size, place = (trust.find(f"viz:{name}", GEXF) for name in ("color", "size", "position"))
    assert color is not None
    assert size is not None
    assert place is not None
    assert "#" + "".join(f"{int(color.attrib[part]):02x}" for part in "rgb") == source["color"]
    assert float(size.attrib["value"]) == source["size"]
    assert (float(place.attrib["x"]), float(place.attrib["y"])) == (source["x"], -source["y"])
    shapes = {shape.attrib["value"] for shape in root.iterfind(".//gexf:edge/viz:shape", GEXF)}
    assert shapes == {"solid", "dashed", "dotted"}


def test_files_keep_to_the_types_of_their_schemas(drawn: Network) -> None:
    """GraphML wants ``NMTOKEN`` for the keys of nodes and edges, and a declared key for each value."""
    root = ET.fromstring(render_graphml(drawn))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    names = [part.get("id", "") for kind in ("node", "edge") for part in root.iter(space + kind)]
    assert all(re.fullmatch(r"[\w.:-]+", name) for name in names)
    assert len(set(names)) == len(names)
    declared = {key.get("id") for key in root.iter(space + "key")}
    assert {value.get("key") for value in root.iter(space + "data")} <= declared
    titles = [(key.get("for"), key.get("attr.name")) for key in root.iter(space + "key")]
    assert len(set(titles)) == len(titles), "one type for each value"


@pytest.mark.parametrize("form", FORMATS)
def test_what_the_user_changes_is_exported(drawn: Network, form: str) -> None:
    render, read = FORMATS[form]
    drawn.get_node(TRUST).update(label="The trust", color="#123456", hidden=False)
    drawn.add_node(7, label="My own body")
    drawn.add_edge(7, TRUST, label="visits")
    drawn.get_node(ID + "person/ann-lee")["hidden"] = True
    network = read(render(drawn))
    assert set(index_nodes(network)) == {
        "The trust",
        "My own body",
        "Exmoor County Council",
        "primary care trusts",
    }
    assert "visits" in {about["predicate"] for _, _, about in network.edges(data=True)}
    assert network.number_of_edges() == 4


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=40)
@given(text=st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=()))))
def test_any_text_survives(form: str, text: str) -> None:
    render, read = FORMATS[form]
    drawn = Network(directed=True)
    sentence = {"quote": text, "title": text, "date": text, "link": text, "prefix": "", "suffix": ""}
    drawn.add_node(
        text,
        label="a",
        about={"label": text, "other_names": [text], "codes": [{"scheme": "X", "code": text}]},
    )
    drawn.add_node("b" + text, label=text or "b")
    drawn.add_edge(
        text, "b" + text, claim={"predicate": text, "status": text, "role": text, "sentences": [sentence]}
    )
    written = render(drawn)
    network = read(written)
    (_, _, about), shown = next(iter(network.edges(data=True))), write_line(text)
    assert {about.get(name, "") for name in ("sentence", "title", "link", "role", "predicate")} == {shown}
    assert [node["label"] for _, node in network.nodes(data=True)] == ["a", write_line(text or "b")]
    assert written.isprintable() or set(re.sub(r"[ -~]", "", written)) <= {"\n"}


@pytest.mark.parametrize("form", FORMATS)
def test_same_network_same_bytes(form: str) -> None:
    code = f"""
import sys
from graph.draw import draw_network
from graph.export_network import render_{form}
from graph.network import project_network
from tests.network_store import make_store
sys.stdout.write(render_{form}(draw_network(project_network(make_store()))))
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    written = {
        subprocess.run(
            [sys.executable, "-c", code], env={**environment, **change}, check=True, capture_output=True
        ).stdout
        for change in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"})
    }
    assert len(written) == 1
    assert not re.search(rb"lastmodifieddate|NetworkX|20[2-9]\d-\d\d-\d\d", written.pop())


@pytest.mark.parametrize("form", FORMATS)
def test_empty_network_is_a_file(form: str) -> None:
    render, read = FORMATS[form]
    assert len(read(render(Network()))) == 0
