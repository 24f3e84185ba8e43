"""Who owns a name: the surest use wins, time tells equals apart, and what is left is ambiguous."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.register import load_register
from graph.register_names import coexist
from tests.make_register import write_register

RULE = """
[[rule]]
types = ["Charity"]
forms = ["{} Society"]
safe = ["{} Soc"]
ambiguous = ["{}"]
since = "2000"
"""
OLD = {"id": "old", "name": "Kent Society", "start": "1990", "end": "2001-05"}
NEW = {"id": "new", "name": "Kent Society", "start": "2001-06"}
TWIN = {"id": "twin", "name": "Kent Society", "start": "1995-01-01"}
LISTS = {"id": "lists", "name": "Other", "names": "Kent Society"}
LATER = {"id": "later", "name": "Fund", "names": "Kent Society", "start": "2010"}
WARNS = {"id": "warns", "name": "Kent Society", "ambiguous": "Kent Society"}


@pytest.mark.parametrize(
    ("rows", "use", "ids"),
    [
        ([OLD], "preferred", ("old",)),
        ([OLD, NEW], "preferred", ("new", "old")),
        ([OLD, TWIN], "ambiguous", ("old", "twin")),
        ([OLD, NEW, TWIN], "ambiguous", ("new", "old", "twin")),
        ([OLD, LISTS], "preferred", ("old",)),
        ([LISTS], "safe", ("lists",)),
        ([OLD, LATER], "preferred", ("later", "old")),
        ([OLD, NEW, LISTS], "preferred", ("new", "old")),
        ([LISTS, LATER], "ambiguous", ("later", "lists")),
        ([WARNS], "ambiguous", ("warns",)),
        ([WARNS, LISTS], "safe", ("lists",)),
    ],
)
def test_owner_of_a_name(tmp_path: Path, rows: list[dict[str, str]], use: str, ids: tuple[str, ...]) -> None:
    found = load_register(write_register(tmp_path, *rows)).lookup("the Kent society")
    assert found
    assert (found.use, found.ids) == (use, ids)


def test_variants_follow_the_rule_and_its_day(tmp_path: Path) -> None:
    ended = {"id": "ended", "name": "Essex Society", "end": "1999"}
    register = load_register(write_register(tmp_path, OLD, ended, variants=RULE))
    assert {(name.text, name.use) for name in register.names()} == {
        ("kent society", "preferred"),
        ("kent soc", "derived"),
        ("Kent", "ambiguous"),
        ("essex society", "preferred"),
    }


def test_variants_are_made_of_other_names_and_spellings_too(tmp_path: Path) -> None:
    row = {"id": "x", "name": "Fund", "names": "King's Society"}
    register = load_register(write_register(tmp_path, row, variants=RULE))
    for written in ("King's Soc", "Kings Society", "Kings Soc"):
        found = register.lookup(written)
        assert found
        assert found.use == "derived"


def test_successor_does_not_stand_beside_its_predecessor(tmp_path: Path) -> None:
    old = {"id": "old", "name": "A", "end": "2001", "successors": "new"}
    new = {"id": "new", "name": "A", "start": "2001", "predecessors": "old"}
    other = {"id": "other", "name": "A", "start": "2000"}
    register = load_register(write_register(tmp_path, old, new, other))
    by_id = {body.id: body for body in register}
    assert not coexist(by_id["old"], by_id["new"])
    assert coexist(by_id["old"], by_id["other"])
    assert coexist(by_id["other"], by_id["new"])
