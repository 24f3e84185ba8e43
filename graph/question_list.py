"""The named questions as a list that shows itself, with how each is asked."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, ClassVar, overload

from markupsafe import Markup

from graph.listing import Entries
from graph.questions import Question


class Questions(Entries):
    """The named questions, by name."""

    noun = ("question", "questions")
    room: ClassVar[int | None] = 42
    shown = ("name", "question", "ask it with")
    fields = MappingProxyType({"name": "text", "question": "text", "ask_it_with": "text"})

    @overload
    def __getitem__(self, index: int) -> Question: ...
    @overload
    def __getitem__(self, index: slice) -> Questions: ...
    def __getitem__(self, index: int | slice) -> Question | Questions:
        """Return a question by number from 0, or some of them."""
        if isinstance(index, slice):
            return Questions(self.items[index])
        found: Question = self.items[index]
        return found

    def list_values(self, item: Question) -> Sequence[Any]:
        """Return name, text and call of a question."""
        return self.write_cells(item)

    def write_cells(self, item: Question) -> Sequence[str]:
        """Return name, text and call of a question."""
        return (item.name, item.text, write_call(item))

    def mark_cells(self, item: Question) -> Sequence[Markup | str]:
        """Return the HTML of a question."""
        return (item.name, item.text, Markup("<code>{}</code>").format(write_call(item)))


def write_call(question: Question) -> str:
    """Write how a question is asked; what may be left out stands in brackets.

    >>> from graph.questions import Parameter
    >>> body, date = Parameter("body", "organisation", "its name"), Parameter("date", "date", "a day", "any")
    >>> write_call(Question("existed", "Did BODY exist?", (body, date), ""))
    'ask("existed", body=...[, date=...])'
    """
    needed = [f", {parameter.name}=..." for parameter in question.parameters if parameter.default is None]
    others = [
        f"[, {parameter.name}=...]" for parameter in question.parameters if parameter.default is not None
    ]
    return f'ask("{question.name}"{"".join(needed + others)})'
