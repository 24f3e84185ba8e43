"""Lines of ``extraction.jsonl``: one object a document, with all that was found and offsets that hold."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.extraction_file import extraction_line
from graph.records import Document, Entity, Extraction, Link, Mention, Relation, quote_evidence
from tests.sample_documents import make_letter, make_minutes


def read_line(extraction: Extraction) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(extraction_line(extraction))
    return content


def test_keys_are_those_that_other_tools_read_in_a_fixed_order() -> None:
    content = read_line(make_minutes())
    assert list(content) == [
        "doc",
        "text_sha256",
        "title",
        "date",
        "mentions",
        "entities",
        "relations",
        "omissions",
    ]
    assert list(content["mentions"][0]) == ["start", "end", "text", "entity", "type", "kind", "found_by"]
    assert list(content["relations"][0]) == [
        "subject",
        "predicate",
        "object",
        "status",
        "role",
        "confidence",
        "found_by",
        "evidence",
        "quotes",
    ]


def test_every_finding_is_written() -> None:
    minutes = make_minutes()
    content = read_line(minutes)
    assert content["text_sha256"] == minutes.document.sha256
    for part, records in (
        ("mentions", minutes.mentions),
        ("entities", minutes.entities),
        ("relations", minutes.relations),
    ):
        assert len(content[part]) == len(records) > 0
    first = content["relations"][0]
    assert (first["subject"], first["predicate"], first["object"]) == ("ann-marsh", "postHolderAt", "trust")
    assert (first["role"], first["status"]) == ("chief executive", "asserted")


def test_links_come_with_score_reason_and_candidates() -> None:
    entities = {entity["id"]: entity for entity in read_line(make_letter())["entities"]}
    assert entities["trust"]["register"] == "ct:TAL"
    assert entities["ambulance-trust"] == {
        "id": "ambulance-trust",
        "name": "ambulance trust",
        "type": "NHSTrust",
        "kind": "named",
        "surfaces": [],
        "register": None,
        "link_score": 0.4,
        "link_reason": "2 bodies share this name",
        "candidates": ["nhs:RX5", "nhs:RX6"],
    }


@given(st.text(min_size=1), st.data())
def test_line_holds_any_text_and_its_offsets(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    mention = Mention(start, end, text[start:end], "named", "Organisation", text)
    relation = Relation(text, "worksWith", text, "asserted", (quote_evidence(text, start, end),), role=text)
    extraction = Extraction(
        Document(text, text, "0" * 64, title=text),
        (),
        (mention,),
        (Entity(text, "named", "Organisation", text, (text,), Link(None, 0.0, text, (text,))),),
        (relation,),
    )
    line = extraction_line(extraction)
    assert len(line.splitlines() if text.isascii() else line.split("\n")) == 1
    content = json.loads(line)
    found, stated = content["mentions"][0], content["relations"][0]
    assert (content["doc"], found["text"]) == (text, text[found["start"] : found["end"]])
    assert [text[a:b] for a, b in stated["evidence"]] == stated["quotes"] == [text[start:end]]


def test_text_that_is_not_ascii_stays_readable() -> None:
    minutes = make_minutes()
    document = replace(minutes.document, title="Gwynedd’s Tŷ Llywelyn")
    assert "Gwynedd’s Tŷ Llywelyn" in extraction_line(replace(minutes, document=document))
