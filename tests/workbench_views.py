"""A view of the sample papers, whole or as of a day."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from graph.vocabulary import ID
from graph.workbench.dates import read_as_of
from graph.workbench.view import View
from tests.sample_graph import sample_store

TORBAY, COUNCIL = ID + "organisation/ct-TAL", ID + "organisation/la-tob"

PCTS = ID + "collective/primary-care-trusts"


@pytest.fixture(scope="session")
def view() -> View:
    return View(sample_store())


def as_of(text: str) -> View:
    return View(sample_store(), read_as_of(ask(f"as_of={text}")))


def ask(query: str) -> Request:
    return Request({"type": "http", "query_string": query.encode(), "headers": []})
