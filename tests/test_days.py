"""Days, months and years as what they may mean, against an oracle that tries all that may be."""

from __future__ import annotations

import calendar
import datetime as dt
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.days import Period, find_period, is_dated_by, judge_existence, read_period
from graph.errors import QueryError

CALENDAR = [
    f"{year}-{month:02}-{day:02}"
    for year in (2003, 2004, 2005)
    for month in range(1, 13)
    for day in (1, 2, 15, calendar.monthrange(year, month)[1])
]
"""Days of three years, with the first and last of each month: enough to tell any two periods apart."""

written = st.sampled_from(CALENDAR).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))
perhaps_written = st.one_of(st.just(""), written)


def mean(text: str) -> list[str]:
    """List the days that a date may mean: those that begin with it; any at all if it is not known."""
    if not text:
        return ["0001-01-01", *CALENDAR, "9999-12-31"]
    return [day for day in CALENDAR if day.startswith(text)]


def ask_oracle(valid_from: str, valid_until: str, date: str) -> str:
    """Go through every first and last day that a body may have had."""
    ends = mean(valid_until) if valid_until else ["9999-12-31"]
    worlds = [(begin, end) for begin, end in product(mean(valid_from), ends) if begin <= end]
    wanted = mean(date)
    existed = [begin <= wanted[-1] and end >= wanted[0] for begin, end in worlds]
    if not worlds:
        return "perhaps"
    if all(existed):
        return "yes"
    if any(existed):
        return "perhaps"
    return "not yet" if worlds[0][0] > wanted[-1] else "no longer"


@given(perhaps_written, perhaps_written, written)
def test_existence_is_what_every_possible_life_says(valid_from: str, valid_until: str, date: str) -> None:
    found = judge_existence(valid_from, valid_until, date)
    assert found.answer == ask_oracle(valid_from, valid_until, date)
    assert bool(found.reason) == (found.answer == "perhaps")
    assert (found.valid_from, found.valid_until) == (valid_from, valid_until)


@given(perhaps_written, written)
def test_a_document_counts_once_its_date_may_have_come(stated: str, date: str) -> None:
    assert is_dated_by(stated, date) == bool(stated and mean(stated)[0] <= mean(date)[-1])


@given(written)
def test_a_period_is_written_as_it_was_read(text: str) -> None:
    assert str(read_period(text)) == text


CASES = [
    ("2002", "2006-09", "2006-09-30", "perhaps", "last day not exactly known"),
    ("2002", "2006-09", "2006-09", "yes", ""),
    ("2002-04-01", "2006-09-30", "2006-10-01", "no longer", ""),
    ("2006", "", "2006-05-01", "perhaps", "first day not exactly known"),
    ("2006", "", "2006", "yes", ""),
    ("2006", "", "2007-01-01", "yes", ""),
    ("", "2006-09-30", "2001", "perhaps", "first day not known"),
    ("", "", "2001", "perhaps", "first day not known"),
    ("2007", "", "2006-12-31", "not yet", ""),
    ("2007", "2006", "2006-06", "perhaps", "dates contradict one another"),
    ("2006", "2006-03", "2006-03", "yes", ""),
]


@pytest.mark.parametrize(("valid_from", "valid_until", "date", "answer", "reason"), CASES)
def test_existence_by_granularity(
    valid_from: str, valid_until: str, date: str, answer: str, reason: str
) -> None:
    found = judge_existence(valid_from, valid_until, date)
    assert (found.answer, found.reason) == (answer, reason)
    assert found.possible == (answer in ("yes", "perhaps"))


GIVEN = [
    (2006, "2006-01-01", "2006-12-31"),
    ("2004-02", "2004-02-01", "2004-02-29"),
    (" 2006-10-01 ", "2006-10-01", "2006-10-01"),
    (dt.date(2006, 10, 1), "2006-10-01", "2006-10-01"),
    (dt.datetime(2006, 10, 1, 12), "2006-10-01", "2006-10-01"),
    ("9999", "9999-01-01", "9999-12-31"),
]


@pytest.mark.parametrize(("date", "first", "last"), GIVEN)
def test_reads_what_people_give(date: str | int | dt.date, first: str, last: str) -> None:
    period = read_period(date)
    assert (str(period.first), str(period.last)) == (first, last)
    assert read_period(period) is period


@pytest.mark.parametrize(
    "wrong", ["", "yesterday", "2006-13", "2007-02-29", "0000", "2006-1", 20061001, "٢٠٠٦"]
)
def test_refuses_what_is_no_date(wrong: str | int) -> None:
    assert find_period(str(wrong)) is None
    with pytest.raises(QueryError, match="is no date; write a year, a month or a day"):
        read_period(wrong)


def test_writes_other_periods_by_their_ends() -> None:
    assert str(Period(dt.date(2006, 1, 1), dt.date(2006, 6, 30))) == "2006-01-01 to 2006-06-30"
