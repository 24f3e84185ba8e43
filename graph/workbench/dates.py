"""The day as of which the graph is shown: read off an address, said in words, put into queries."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from graph.days import find_period

AS_OF = "as_of"
"""The parameter of every address that holds the day, month or year as of which the graph is shown."""
MONTHS = ("January February March April May June July August September October November December").split()


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day, month or year that a reader has set; false where none is.

    Attributes:
        text: as it stands in the address, ``2006-10``; empty for none.
        last: the last day that it may mean, ``2006-10-31``; empty for none.
        wrong: what was given and is no date; else empty.
    """

    text: str = ""
    last: str = ""
    wrong: str = ""

    def __bool__(self) -> bool:
        """Tell whether a day is set."""
        return bool(self.text)

    @property
    def words(self) -> str:
        """Return the day in words."""
        return write_day(self.text)


def read_as_of(request: Request) -> AsOf:
    """Read the day off the address of a page; what is no date is kept apart, to be told."""
    text = request.query_params.get(AS_OF, "").strip()
    period = find_period(text) if text else None
    if period is None:
        return AsOf(wrong=text)
    return AsOf(text, period.last.isoformat())


def write_day(text: str) -> str:
    """Write an ISO 8601 day, month or year in words; anything else as it is.

    >>> write_day("2006-10-01"), write_day("2006-10"), write_day("2006")
    ('1 October 2006', 'October 2006', '2006')
    """
    if find_period(text) is None:
        return text
    year, *rest = text.split("-")
    words = [MONTHS[int(rest[0]) - 1], year] if rest else [year]
    return " ".join([str(int(rest[1])), *words] if len(rest) == 2 else words)


def write_span(start: str, end: str) -> str:
    """Write from when to when a body existed; empty where neither is known.

    >>> write_span("2005-10", ""), write_span("", "2013-03-31")
    ('from October 2005', 'until 31 March 2013')
    """
    if start and end:
        return f"{write_day(start)} to {write_day(end)}"
    return f"from {write_day(start)}" if start else f"until {write_day(end)}" if end else ""
