"""What is kept of one document: all of it, and the same however often it is made."""

from __future__ import annotations

import json

from pyoxigraph import RdfFormat, parse

from graph.iris import document_graph_iri
from graph.product import make_product
from graph.register import load_register
from tests.sample_documents import make_letter, make_minutes


def test_holds_the_line_and_the_graph_of_the_document() -> None:
    minutes, register = make_minutes(), load_register()
    product = make_product(minutes, register)
    assert json.loads(product.line)["doc"] == product.name == minutes.document.name
    graphs = {quad.graph_name.value for quad in parse(product.quads, format=RdfFormat.N_QUADS)}
    assert graphs == {document_graph_iri(product.name)}
    assert product.claims == len(minutes.relations) > 0


def test_is_the_same_each_time_and_differs_between_documents() -> None:
    register = load_register()
    assert make_product(make_minutes(), register) == make_product(make_minutes(), register)
    assert make_product(make_minutes(), register).quads != make_product(make_letter(), register).quads
