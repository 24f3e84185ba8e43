"""Numbers as bars, at a prompt and in a notebook: no plotting library, the colours of the notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from graph.errors import QueryError
from graph.html_tables import draw_html_table, isolate, wrap
from graph.text_tables import draw_table, make_safe

_LONGEST = 40  # characters or half ems of the longest bar


class Bars:
    """Numbers with their labels, shown as bars in the order given.

    Attributes:
        numbers: label and number of each bar.
        title: what they count.
    """

    def __init__(self, numbers: tuple[tuple[str, float], ...], title: str) -> None:
        self.numbers = numbers
        self.title = title

    def __repr__(self) -> str:
        """Draw the bars with characters."""
        rows = [
            (make_safe(label), f"{number:,g}", "█" * self._measure(number)) for label, number in self.numbers
        ]
        return draw_table((self.title, "", " "), rows).rstrip("\n")

    def _repr_html_(self) -> str:
        """Draw the bars as HTML; a notebook asks for this."""
        bar = Markup('<span class="cg-bar" style="width:{}em"></span>')
        rows = [
            (isolate(label), f"{number:,g}", bar.format(self._measure(number) / 2))
            for label, number in self.numbers
        ]
        return wrap(draw_html_table((self.title, "number", ""), rows, numbers=frozenset({"number"})))

    def _measure(self, number: float) -> int:
        """Return the length of a bar; what is not nothing is seen."""
        largest = max(number for _, number in self.numbers)
        return max(round(_LONGEST * number / largest), 1) if number else 0


def show_bars(numbers: Mapping[str, float] | Iterable[tuple[object, float]], *, title: str = "") -> Bars:
    """Show numbers as bars.

    Args:
        numbers: by label, as a dict, pairs, or a counted column (``column.value_counts()``) of pandas.
        title: what they count.

    Raises:
        QueryError: a number is below nought, or is none.

    >>> show_bars({"asserted": 50, "negated": 8}, title="claims")
    claims
    ────────────────────────────────────────────────────────
    asserted   50   ████████████████████████████████████████
    negated    8    ██████
    """
    pairs = numbers.items() if isinstance(numbers, Mapping) or hasattr(numbers, "items") else numbers
    made = tuple((str(label), float(number)) for label, number in pairs)
    if any(not 0 <= number < float("inf") for _, number in made):
        raise QueryError("bars need numbers from 0 up; leave the others out")
    return Bars(made, title)
