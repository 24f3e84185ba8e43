from __future__ import annotations

import pytest

from tests.organisation_reading import find, resolve

DESCRIPTIONS = [
    ("Barset County Council met. The council agreed.", "council", "Barset County Council"),
    ("Torbay Care Trust has grown. Staff like the trust.", "trust", "Torbay Care Trust"),
    ("Barset PCT has debts. That PCT will close.", "PCT", "Barset PCT"),
    ("My primary care trust was silent. Then NHS Leeds wrote to me.", "primary care trust", "NHS Leeds"),
    ("The Audit Commission came. The commission left.", "commission", "Audit Commission"),
    ("Ann joined UNISON. The union helped.", "union", "UNISON"),
    ("Elmtree Healthcare Ltd and Barset PCT met. The company paid.", "company", "Elmtree Healthcare Ltd"),
    ("Barset Hospital and Barset County Council met. The council paid.", "council", "Barset County Council"),
    ("Wessex NHS Trust runs St Jude's Hospital. The hospital is old.", "hospital", "St Jude's Hospital"),
    ("The University of Barset won. The university grew.", "university", "University of Barset"),
    ("The Labour Party lost. The party split.", "party", "Labour Party"),
    ("Barset Borough Council lost. The authority fell.", "authority", "Barset Borough Council"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "noun", "name"), DESCRIPTIONS)
def test_description_stands_for_the_body_that_fits(text: str, noun: str, name: str) -> None:
    described = next(m for m in find(text) if m.text == noun and m.definite)
    full = next(m for m in find(text) if m.text == name)
    assert described.kind == "named"
    assert described.name in (name, full.name)
    mentions, _ = resolve(text)
    entities = {m.entity for m in mentions if m.text in (noun, name)}
    assert len(entities) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The commission was paid to the salesman.",
        "The company of friends is a comfort.",
        "The board was painted green.",
        "The group sang until midnight.",
        "The fund was large.",
    ],
)
def test_description_without_a_body_is_nothing(text: str) -> None:
    assert find(text) == []


def test_kind_of_body_without_a_name_stays_unnamed() -> None:
    mentions = find("The clinical commissioning group decided by one vote. The CCG was divided.")
    assert [(m.text, m.kind) for m in mentions] == [
        ("clinical commissioning group", "unnamed"),
        ("CCG", "unnamed"),
    ]
    resolved, _ = resolve("The clinical commissioning group decided by one vote. The CCG was divided.")
    assert len({m.entity for m in resolved}) == 1


@pytest.mark.parametrize(("date", "party"), [("2009", "Conservative Party"), ("2012-03", "Labour Party")])
def test_opposition_is_the_party_of_its_day(date: str, party: str) -> None:
    (mention,) = find("A member of the Opposition spoke.", date)
    assert mention.name == party


def test_opposition_without_a_date_names_no_party() -> None:
    (mention,) = find("A member of the Opposition spoke.")
    assert mention.name == "Opposition"


def test_later_body_wins_over_earlier_one() -> None:
    text = "Barset Borough Council met. Then Wessex County Council met. The council adjourned."
    assert next(m for m in find(text) if m.definite).name == "Wessex County Council"
