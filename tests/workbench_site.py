"""The workbench over small built graphs: what all its tests share."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from starlette.testclient import TestClient

from graph.pipeline import build_graph
from graph.serve import make_app
from graph.store import write_store
from graph.terms import PROV
from graph.vocabulary import GRAPH, ID
from tests.network_store import StoreMaker
from tests.page_visits import HOSTILE

ROOT = Path(__file__).resolve().parents[1]
HOSTILE_NAME = 'minutes/März & "x" <b>.txt'
HOSTILE_TEXT = """Minutes of June <script>window.hacked = 1</script>

Torbay Care Trust pools its budget with Torbay Council. </p><img src=x onerror='window.hacked = 1'>

The Audit Commission audits Torbay Council & others; "quoted" \u202ename.
"""
TRUST = "/id/organisation/ct-TAL"
PCTS = "/id/collective/primary-care-trusts"
PAPER = "/id/document/care-trusts-after-a-decade.md"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the five notes that ship with caregraph and a document with markup in name and text."""
    folder = tmp_path_factory.mktemp("workbench")
    shutil.copytree(ROOT / "seeds" / "documents", folder / "documents")
    hostile = folder / "documents" / HOSTILE_NAME
    hostile.parent.mkdir()
    hostile.write_text(HOSTILE_TEXT, encoding="utf-8")
    build_graph([folder / "documents"], folder / "out")
    return folder / "out"


@pytest.fixture(scope="session")
def client(built: Path) -> Iterator[TestClient]:
    with open_client(built) as opened:  # starts the workers that answer queries
        yield opened


@pytest.fixture(scope="session")
def hostile_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a graph in which every name, title, quote and role is hostile, and one body has 300 claims."""
    out = tmp_path_factory.mktemp("hostile") / "out"
    maker = StoreMaker()
    paper = maker.document("one", title=HOSTILE[0], date="2005", link="https://example.org/?a=1&b=2")
    hub = maker.entity("one", "organisation/hub", "named", type="CareTrust", name=HOSTILE[1])
    claims = []
    for number, text in enumerate(HOSTILE):
        key = f"organisation/other-{number:02}"
        other = maker.entity("one", key, "named", type="CountyCouncil", name=text, aliases=[text[::-1]])
        status = ("asserted", "proposed", "negated")[number % 3]
        claims.append(maker.claim("one", (hub, "postHolderAt", other), [text], role=text, status=status))
    for number in range(300):
        key = f"organisation/n-{number:03}"
        other = maker.entity("one", key, "named", type="CountyCouncil", name=f"N {number}")
        claims.append(maker.claim("one", (hub, "funds", other), [f"The hub pays for number {number}."]))
    for claim in claims:
        maker.add(claim, [(PROV + "wasDerivedFrom", NamedNode(paper))], GRAPH + "document/one")
    write_store(out, list(maker.store))
    return out


@pytest.fixture(scope="session")
def hostile_client(hostile_built: Path) -> TestClient:
    return open_client(hostile_built)


def open_client(out: Path) -> TestClient:
    return TestClient(make_app(out), base_url="http://localhost", headers={"accept": "text/html"})


def read_text(page: str) -> str:
    """Return what a person reads on a page: its text, without the head and with single spaces."""
    body = re.sub(r"(?s)<head>.*?</head>|<script.*?</script>", " ", page)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def find_links(page: str, start: str) -> list[str]:
    """Return the links of a page that begin so."""
    return [
        link for link in map(html.unescape, re.findall(r'href="([^"]*)"', page)) if link.startswith(start)
    ]


def node_path(iri: str) -> str:
    return "/id/" + iri.removeprefix(ID)
