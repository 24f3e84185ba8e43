from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import DocumentError
from graph.readers.content import FIELDS
from graph.readers.metadata import (
    MAX_FRONT_MATTER,
    normalise_date,
    normalise_properties,
    normalise_url,
    parse_metadata,
    split_front_matter,
)

DATES = [
    ("2007", "2007"),
    ("2007-04", "2007-04"),
    ("2007/04/12", "2007-04-12"),
    ("2007-04-12T10:30:00+01:00", "2007-04-12"),
    ("D:20070412103000+01'00'", "2007-04-12"),
    ("20070412", "2007-04-12"),
    ("12 April 2007", "2007-04-12"),
    ("12th of April, 2007", "2007-04-12"),
    ("Thursday 12 April 2007", "2007-04-12"),
    ("Thu, 12 Apr 2007 10:00:00 GMT", "2007-04-12"),
    ("April 12, 2007", "2007-04-12"),
    ("Sept. 2007", "2007-09"),
    ("November 2009", "2009-11"),
    ("25/12/2007", "2007-12-25"),
    ("12/25/2007", "2007-12-25"),
    ("04/05/2007", "2007"),
    ("05/05/2007", "2007-05-05"),
    ("31 February 2007", None),
    ("2007-13", None),
    ("0001-01-01", None),
    ("Spring 2007", None),
    ("yesterday", None),
    ("200704121", None),
    ("", None),
]


@pytest.mark.parametrize(("value", "expected"), DATES)
def test_dates_are_iso_or_dropped(value: str, expected: str | None) -> None:
    assert normalise_date(value) == expected


@given(st.dates(min_value=date(1400, 1, 1)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y"]))
def test_a_written_date_is_read_back(day: date, form: str) -> None:
    assert normalise_date(f"{day:{form}}") == str(day)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://exa mple.org", False),
        ('https://example.org/"onload=', False),
        ("https://[broken", False),
        ("//example.org", False),
    ],
)
def test_only_addresses_that_open_a_page_are_kept(value: str, kept: bool) -> None:
    assert normalise_url(value) == (value if kept else None)


def test_the_first_source_that_states_something_understood_wins() -> None:
    found = normalise_properties({"date": "soon", "title": " A\n b "}, {"date": "2007", "title": "C"})
    assert (found["date"], found["title"]) == ("2007", "A b")
    assert tuple(found) == FIELDS


FRONT_MATTER = [
    ("flat", "title: Pooling\ndate: 2007-04\n", {"title": "Pooling", "date": "2007-04"}),
    ("a colon in a title", "title: Border raid: the map\n", {"title": "Border raid: the map"}),
    ("quoted", 'title: "No"\nauthor: [A Hill, B Dale]\n', {"title": "No", "author": "A Hill, B Dale"}),
    ("words that YAML makes values", "title: no\ndate: 2007\n", {"title": "no", "date": "2007"}),
    (
        "flat source",
        "source_title: Ends\nsource_author: A Hill\nsource_publisher: A Press\nsource_date: 2009\n",
        {"citation": "A Hill, Ends, A Press, 2009"},
    ),
    ("nested source", "source:\n  title: Ends\n  date: 2009\n", {"citation": "Ends, 2009"}),
    ("source in a line", "source: A Hill, Ends, 2009\n", {"citation": "A Hill, Ends, 2009"}),
    ("citation", "citation: A Hill, Ends\nsource_title: Other\n", {"citation": "A Hill, Ends"}),
    ("unknown keys", "tags: [a]\nlayout: post\n", {}),
    ("nothing", "", {}),
]


@pytest.mark.parametrize(("why", "block", "expected"), FRONT_MATTER, ids=[why for why, _, _ in FRONT_MATTER])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_front_matter(why: str, block: str, expected: dict[str, str], newline: str) -> None:
    text = f"---\n{block}---\nText".replace("\n", newline)
    properties, start = split_front_matter(text)
    assert dict(properties) == expected, why
    assert text[start:] == "Text"


@pytest.mark.parametrize(
    "text",
    [
        "Text\n---\ntitle: A\n---\n",
        "---\nA rule, then prose.\n\nMore.\n---\n",
        "---\ntitle: never closed\n",
        "---\n" + "title: A\n" * MAX_FRONT_MATTER + "---\n",
        "---\n- a\n- b\n---\n",
        "---\n" + "[" * 5000 + "\n---\n",
    ],
)
def test_what_is_no_front_matter_is_text(text: str) -> None:
    assert split_front_matter(text) == ({}, 0)


def test_front_matter_makes_no_objects_and_expands_nothing() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: *c\n"
    assert split_front_matter(f"---\n{bomb}---\n")[0] == {}
    assert split_front_matter("---\ntitle: !!python/name:os.system\n---\n")[0] == {}


def test_a_metadata_table_is_read_by_name() -> None:
    rows = parse_metadata(
        'Name, Title ,date\r\nsub\\a.txt,"A, b",2007\r\n,lost,\r\nb.txt\r\n', "metadata.csv"
    )
    assert rows["sub/a.txt"]["title"] == "A, b"
    assert set(rows) == {"sub/a.txt", "b.txt"}


@pytest.mark.parametrize("text", ["title\nA\n", "", 'name,title\n"a,b\n'])
def test_a_wrong_metadata_table_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match=r"metadata\.csv: "):
        parse_metadata(text, "metadata.csv")
