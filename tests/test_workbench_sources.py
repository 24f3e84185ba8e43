"""Texts with their marks, and the sources that they come from."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from graph.iris import document_iri
from graph.records import Document
from graph.store import open_store
from graph.vocabulary import CG
from graph.workbench.claims import list_between
from graph.workbench.marking import Mentioned, mark_text
from graph.workbench.sources import name_entities, read_findings, read_source
from graph.workbench.view import View
from tests.workbench_views import COUNCIL, TORBAY

TEXT = "# Heading\n\nThe Torbay Care Trust works with *Torbay Council*. It is new.\n"


def test_text_is_cut_where_something_is_mentioned(view: View) -> None:
    document = Document("a.md", TEXT, "0" * 64, media_type="text/markdown")
    at = TEXT.index("Torbay Care Trust")
    mentions = [
        Mentioned(at, at + 17, TORBAY, "named"),
        Mentioned(at, at + 6, "urn:inner", "other"),
        Mentioned(TEXT.index("Torbay Council"), TEXT.index("Torbay Council") + 14, COUNCIL, "named"),
    ]
    claim = list_between(view, TORBAY, COUNCIL)[0]
    start = TEXT.index("The Torbay")
    quote = dataclasses.replace(claim.quotes[0], start=start, end=TEXT.index(" It is"))
    claims = [dataclasses.replace(claim, quotes=(quote,))] * 2
    sentences = [sentence for block in mark_text(document, mentions, claims) for sentence in block.sentences]
    said = next(sentence for sentence in sentences if sentence.claims)
    assert said.claims == said.first == (0, 1)
    assert said.status == "asserted"
    assert [(piece.text, piece.iri) for piece in said.pieces if piece.iri] == [
        ("Torbay Care Trust", TORBAY),
        ("Torbay Council", COUNCIL),
    ]
    assert not sentences[-1].claims


def test_source_is_read_again_only_where_it_is_the_same(built: Path, tmp_path: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    item = manifest["inputs"][0]
    document = read_source(built, item["name"], item["text_sha256"])
    assert document is not None
    found = read_findings(built, item["name"])
    assert found["text_sha256"] == document.sha256
    mention = found["mentions"][0]
    assert document.text[mention["start"] : mention["end"]] == mention["text"]
    assert read_source(built, item["name"], "0" * 64) is None
    assert read_source(built, "../manifest.json", item["text_sha256"]) is None
    assert read_source(tmp_path, item["name"], item["text_sha256"]) is None
    assert read_findings(tmp_path, item["name"]) == {}
    assert read_findings(built, "none") == {}


def test_every_entity_finds_its_node(built: Path) -> None:
    store = open_store(built)
    built_view = View(store)
    for line in (built / "extraction.jsonl").read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        mentioned = frozenset(built_view.read(document_iri(found["doc"]), CG + "mentions"))
        named = name_entities(found, mentioned)
        assert set(named) == {entity["id"] for entity in found["entities"]}
        assert set(named.values()) == mentioned
