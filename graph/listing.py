"""A list of records that shows itself: as a table at a prompt and in a notebook, as a frame elsewhere."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from markupsafe import Markup

from graph.frames import Column, Kind, make_pandas, make_polars
from graph.html_tables import ROWS, count_things, draw_html_table, wrap
from graph.text_tables import WIDTH, draw_table, make_safe

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

T = TypeVar("T")
LINES = 10
"""Rows of a table that a prompt shows."""


class Listing(Sequence[T], Generic[T]):
    """What lists of claims, bodies, documents and questions share.

    Attributes:
        noun: one of them and several, as ("claim", "claims").
        fields: names and kinds of the columns of a frame.
        shown: names of the columns of a table.
        printed: names of the columns of a table at a prompt, where they are others.
        categories: of columns that are categories, all that there may be; else those that there are.
        numbers: those of ``shown`` that hold numbers.
        room: columns of text that each but the last of ``shown`` may take at a prompt.
    """

    noun: ClassVar[tuple[str, str]]
    fields: ClassVar[Mapping[str, Kind]]
    shown: ClassVar[tuple[str, ...]]
    printed: ClassVar[tuple[str, ...]] = ()
    categories: ClassVar[Mapping[str, Sequence[str]]] = MappingProxyType({})
    numbers: ClassVar[frozenset[str]] = frozenset()
    room: ClassVar[int | None] = None

    @abstractmethod
    def list_values(self, item: T) -> Sequence[Any]:
        """Return the values of an item, one for each of ``fields``."""

    @abstractmethod
    def write_cells(self, item: T) -> Sequence[str]:
        """Return the text of an item, one for each of ``printed``, or else of ``shown``."""

    @abstractmethod
    def mark_cells(self, item: T) -> Sequence[Markup | str]:
        """Return the HTML of an item, one for each of ``shown``."""

    def to_pandas(self) -> pd.DataFrame:
        """Give a pandas frame, a row for each item.

        Raises:
            QueryError: pandas is not installed.
        """
        return make_pandas(self.list_columns())

    def to_polars(self) -> pl.DataFrame:
        """Give a polars frame, a row for each item.

        Raises:
            QueryError: polars is not installed.
        """
        return make_polars(self.list_columns())

    def list_columns(self) -> dict[str, Column]:
        """Read all items into columns."""
        return self.make_columns(map(self.list_values, self))

    def make_columns(self, rows: Iterable[Sequence[Any]]) -> dict[str, Column]:
        """Turn rows of values, one for each of ``fields``, into columns."""
        columns: dict[str, list[Any]] = {name: [] for name in self.fields}
        for row in rows:
            for values, value in zip(columns.values(), row, strict=True):
                values.append(value)
        return {
            name: Column(kind, columns[name], tuple(self.categories.get(name, ())))
            for name, kind in self.fields.items()
        }

    def describe(self) -> str:
        """Say how many there are."""
        return count_things(len(self), *self.noun)

    def __repr__(self) -> str:
        """Write the first items as a table."""
        head = f"<{type(self).__name__}: {self.describe()}>"
        if not len(self):
            return head
        rows = [[make_safe(cell) for cell in self.write_cells(item)] for item in self._begin(LINES)]
        lines = [head, draw_table(self.printed or self.shown, rows, width=WIDTH, room=self.room).rstrip("\n")]
        return "\n".join(lines + [f"… {note}" for note in self._count_rest(LINES)])

    def _repr_html_(self) -> str:
        """Return the first items as a table; a notebook asks for this."""
        head = Markup("<p><strong>{}</strong></p>").format(self.describe())
        if not len(self):
            return wrap(head)
        rows = map(self.mark_cells, self._begin(ROWS))
        more = "".join(self._count_rest(ROWS))
        return wrap(head, draw_html_table(self.shown, rows, more=more, numbers=self.numbers))

    def _begin(self, most: int) -> Iterator[T]:
        return islice(iter(self), most)

    def _count_rest(self, shown: int) -> list[str]:
        rest = len(self) - shown
        return [f"{count_things(rest, *self._more)}; to_pandas() has them all"] if rest > 0 else []

    @property
    def _more(self) -> tuple[str, str]:
        one, many = self.noun
        return f"more {one}", f"more {many}"


class Entries(Listing[Any]):
    """A listing of records that are there already."""

    def __init__(self, items: Iterable[Any]) -> None:
        self.items = tuple(items)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.items)

    def __eq__(self, other: object) -> bool:
        """Tell whether both list the same."""
        return isinstance(other, Entries) and self.items == other.items

    def __hash__(self) -> int:
        """Return a hash of the items."""
        return hash(self.items)
