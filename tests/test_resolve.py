from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.resolve import are_kin, link_name
from tests.organisation_reading import real_register, resolve

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "entities.jsonl").read_text(encoding="utf-8").splitlines()
]
LINKS = [
    ("Audit Commission", "AuditBody", "", "body:audit-commission"),
    ("the DoH", "GovernmentDepartment", "", "body:department-of-health"),
    ("Surrey CC", "CountyCouncil", "", "la:sry"),
    ("Durham County Council", "CountyCouncil", "", None),
    ("Durham County Council", "CountyCouncil", "2012", "la:dur"),
    ("Barset County Council", "CountyCouncil", "", None),
    ("Care Quality Commission", "Regulator", "2003", None),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_mentions_of_one_body_are_one_entity(case: dict[str, Any]) -> None:
    mentions, entities = resolve(case["text"], case.get("date"))
    groups: dict[str, list[str]] = {}
    for mention in mentions:
        groups.setdefault(mention.entity, []).append(" ".join(mention.text.split()))
    assert list(groups.values()) == [entity["surfaces"] for entity in case["entities"]]
    links = [entities[identifier].link.register for identifier in groups]
    assert links == [entity["register"] for entity in case["entities"]]


@pytest.mark.parametrize(("name", "kind", "date", "register"), LINKS)
def test_link_is_made_only_when_sure(name: str, kind: str, date: str, register: str | None) -> None:
    link = link_name(name, kind, date, real_register())
    assert link.register == register
    assert link.reason
    assert 0.0 <= link.score <= 1.0
    assert (link.score > 0) == (register is not None)


def test_unsure_link_lists_who_was_considered() -> None:
    link = link_name("Durham County Council", "CountyCouncil", "", real_register())
    assert len(link.candidates) == 2


def test_types_of_other_families_are_no_kin() -> None:
    assert are_kin("LocalAuthority", "UnitaryAuthority")
    assert not are_kin("Hospital", "NHSTrust")
    assert are_kin("Charity", "ThinkTank")


def test_ids_are_unique_and_every_mention_has_one() -> None:
    text = "One PCT left. Another PCT stayed. PCTs merge. Leeds PCT and the NHS agree."
    mentions, entities = resolve(text)
    assert {mention.entity for mention in mentions} == set(entities)
    assert len(entities) == 5


@given(st.permutations([case["text"] for case in CASES[:6]]))
def test_entities_partition_the_mentions(texts: list[str]) -> None:
    mentions, entities = resolve("\n\n".join(texts))
    for mention in mentions:
        entity = entities[mention.entity]
        assert " ".join(mention.text.split()) in entity.surfaces
        assert mention.type == entity.type
    assert sum(len(e.surfaces) for e in entities.values()) <= len(mentions)
