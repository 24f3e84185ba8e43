"""Days, months and years as what they may mean: a date by year may be any day of that year."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal as OneOf

from graph.errors import QueryError

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a date may mean, from ``first`` to ``last``, both included."""

    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        """Write the day, month or year, as ``2006-10-01``, ``2006-10`` or ``2006``; else its ends."""
        year, month = f"{self.first.year:04}", f"{self.first.year:04}-{self.first.month:02}"
        for written in (str(self.first), month, year):
            if find_period(written) == self:
                return written
        return f"{self.first} to {self.last}"


Date = Period | dt.date | str | int
"""A day, month or year, as ``"2006-10-01"``, ``"2006-10"``, ``2006`` or a ``datetime.date``."""

ALWAYS = Period(dt.date.min, dt.date.max)
"""What a date that is not known may mean."""


@dataclass(frozen=True, slots=True)
class Existence:
    """Whether a body existed at a time.

    Attributes:
        answer: ``yes``, ``perhaps``, ``not yet`` (it began later) or ``no longer`` (it had ended).
        reason: why it is not sure, in words; empty where it is.
        valid_from: first day, month or year in the register; else empty.
        valid_until: last day, month or year in the register; else empty.
    """

    answer: OneOf["yes", "perhaps", "not yet", "no longer"]
    reason: str = ""
    valid_from: str = ""
    valid_until: str = ""

    @property
    def possible(self) -> bool:
        """Whether it existed or may have."""
        return self.answer in ("yes", "perhaps")


def find_period(written: str) -> Period | None:
    """Read a day, month or year (ISO 8601); None where it is no date that exists.

    >>> print(find_period("2006-02").last, find_period("2006-02-30"))
    2006-02-28 None
    """
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    try:
        first = dt.date(year, month, day)
    except ValueError:
        return None
    if match[3]:
        return Period(first, first)
    until = month if match[2] else 12
    return Period(first, dt.date(year, until, calendar.monthrange(year, until)[1]))


def read_period(date: Date) -> Period:
    """Read what a person gives as a date: a day, a month or a year.

    >>> print(read_period(2006).first, read_period(2006).last)
    2006-01-01 2006-12-31

    Raises:
        QueryError: it is no date.
    """
    if isinstance(date, Period):
        return date
    if isinstance(date, dt.date):  # a moment is one too, and counts as its day
        day = dt.date(date.year, date.month, date.day)
        return Period(day, day)
    period = find_period(str(date).strip())
    if period is None:
        raise QueryError(f"{date!r} is no date; write a year, a month or a day: 2006, 2006-10 or 2006-10-01")
    return period


def earlier(one: Period | None, other: Date | None) -> Period | None:
    """Return the time that ends first; None, which leaves it open, ends last.

    >>> print(earlier(read_period(2006), "2006-10"), earlier(read_period(2006), None))
    2006-10 2006

    Raises:
        QueryError: ``other`` is no date.
    """
    given = None if other is None else read_period(other)
    if one is None or given is None:
        return one or given
    return min(one, given, key=lambda period: period.last)


def is_dated_by(written: str, date: Date) -> bool:
    """Tell whether a document had appeared by the end of a day, month or year, or may have.

    Args:
        written: the day, month or year of the document; without one it never counts.
        date: a day, month or year.
    """
    stated = find_period(written)
    return stated is not None and stated.first <= read_period(date).last


def judge_existence(valid_from: str, valid_until: str, date: Date) -> Existence:
    """Judge from its dates whether a body existed at some time on a day, in a month or in a year.

    Args:
        valid_from: first day, month or year; empty where it is not known.
        valid_until: last day, month or year; empty where it has not ended, or that is not known.
        date: the time asked for.
    """
    days, start, end = read_period(date), find_period(valid_from), find_period(valid_until)
    first, last = start or ALWAYS, end or Period(dt.date.max, dt.date.max)
    if first.first > last.last:
        return Existence("perhaps", "dates contradict one another", valid_from, valid_until)
    if first.first > days.last:
        return Existence("not yet", "", valid_from, valid_until)
    if last.last < days.first:
        return Existence("no longer", "", valid_from, valid_until)
    reason = ""
    if min(first.last, last.last) > days.last:  # it began before it ended
        reason = "first day not known" if start is None else "first day not exactly known"
    elif max(last.first, first.first) < days.first:
        reason = "last day not exactly known"
    return Existence("perhaps" if reason else "yes", reason, valid_from, valid_until)
