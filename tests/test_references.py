"""Entries of reference lists in the five usual forms, and sentences that are none."""

from __future__ import annotations

import pytest

from graph.extractors.references import read_reference
from graph.records import Sentence

ENTRIES = [
    (
        "1 P Hale, Care Costs More, Harbour Press, 2002",
        ("P Hale",),
        "",
        "Care Costs More",
        "Harbour Press, 2002",
    ),
    (
        "Harbour Council, Care Costs More, Harbour Council, 2002",
        (),
        "Harbour Council",
        "Care Costs More",
        "Harbour Council, 2002",
    ),
    (
        "Hale, P. and Hunt, B. (2002) Care costs more. Leeds: Press.",
        ("P Hale", "B Hunt"),
        "",
        "Care costs more",
        "Leeds: Press.",
    ),
    (
        "Hale P, Hunt B. Care costs more. BMJ 2002;324:1-4.",
        ("P Hale", "B Hunt"),
        "",
        "Care costs more",
        "BMJ 2002;324:1-4.",
    ),
    ("Care Costs More, Harbour Press, 2002", (), "", "Care Costs More", "Harbour Press, 2002"),
    (
        "Department of Care (2005) Costs of care. London: HMSO.",
        (),
        "Department of Care",
        "Costs of care",
        "London: HMSO.",
    ),
    (
        "Hale, Ben and Hunt, Ann (2010) 'Care costs', Journal of Care, 12(3)",
        ("Ben Hale", "Ann Hunt"),
        "",
        "Care costs",
        "Journal of Care, 12(3)",
    ),
    (
        "Hale, J. and Hunt, H. (2008), Working in Partnership, Leeds: Press",
        ("J Hale", "H Hunt"),
        "",
        "Working in Partnership",
        "Leeds: Press",
    ),
]
NONE = [
    "We met on 3 May 2002, in Leeds, with friends, 2002",
    "The council was told in 2002 that care costs more, and it was right.",
    "Care costs more.",
    "In 2002, Leeds City Council had 20 homes.",
]


@pytest.mark.parametrize(("view", "names", "body", "title", "imprint"), ENTRIES, ids=[e[0] for e in ENTRIES])
def test_entry_is_taken_apart(view: str, names: tuple[str, ...], body: str, title: str, imprint: str) -> None:
    entry = read_reference(Sentence(0, len(view), view, "reference"))
    assert entry is not None
    assert entry.names == names
    assert [view[slice(*span)] for span in (entry.body, entry.title, entry.imprint)] == [body, title, imprint]
    assert len(entry.authors) == len(entry.names)


@pytest.mark.parametrize("view", NONE)
def test_prose_is_no_entry(view: str) -> None:
    assert read_reference(Sentence(0, len(view), view, "prose")) is None
