"""Load the register of bodies and find a body by any of its names.

The files are ``seeds/register/*.csv``, all of the same columns; ``variants.toml`` beside them says how
names vary by type ("Hull Teaching Primary Care Trust" is also "Hull PCT"). Nothing is guessed: a name
that several bodies share at one time is ambiguous, and stays so.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from graph.names import Variants, fold, fold_case_kept
from graph.paths import REGISTER
from graph.register_files import Organisation, read_organisations, read_variants
from graph.register_names import Name, index_names

__all__ = ["Name", "Organisation", "Register", "load_register"]


class Register:
    """The bodies by id and by name."""

    def __init__(self, organisations: dict[str, Organisation], variants: Variants) -> None:
        self._organisations = organisations
        self._names = index_names(organisations, variants)
        self._any_case: dict[str, Name] = {}

    def __len__(self) -> int:
        """Count the bodies."""
        return len(self._organisations)

    def __iter__(self) -> Iterator[Organisation]:
        """Yield the bodies by id."""
        return iter(self._organisations.values())

    def get(self, identifier: str) -> Organisation | None:
        """Return the body with an id, or None."""
        return self._organisations.get(identifier)

    def names(self) -> list[Name]:
        """List every name once, variants by rule among them, in the order of the bodies that have them."""
        return list(self._names.values())

    def lookup(self, name: str) -> Name | None:
        """Find how a name as written is used: with its capitals first, else without regard to them."""
        text = fold_case_kept(name)
        return self._names.get(text) or self._names.get(text.lower()) or self._lookup_any_case(text)

    def _lookup_any_case(self, text: str) -> Name | None:
        """Find "kent" or "nice", as people type them; never how a text is read."""
        if not self._any_case:
            self._any_case = {name.text.lower(): name for name in self.names() if name.exact}
        return self._any_case.get(text.lower())

    def find(self, name: str) -> tuple[Organisation, ...]:
        """Find the bodies that a name may stand for, by id; none when no body is so named."""
        found = self.lookup(name)
        return tuple(self._organisations[i] for i in found.ids) if found else ()

    def as_of(self, name: str, date: str) -> Organisation | None:
        """Choose among the bodies of one name by the date of a text.

        Args:
            name: as written.
            date: ISO date, month or year.

        Returns:
            The one that existed then, else the last that had ended; None where that does not settle it.
        """
        found = self.find(name)
        there = [body for body in found if body.existed_on(date)]
        if not there:
            ended = [body for body in found if body.end and body.end < date]
            last = max((body.end for body in ended), default="")
            there = [body for body in ended if body.end == last]
        return there[0] if len(there) == 1 else None

    def suggest(self, name: str, n: int = 3) -> tuple[str, ...]:
        """Suggest names of the register that are spelt nearly like one that is not, best first."""
        import difflib

        spelt = {fold(known): known for body in self for known in (body.name, *body.names, *body.acronyms)}
        return tuple(spelt[near] for near in difflib.get_close_matches(fold(name), spelt, n))


@cache
def ship_register() -> Register:
    """Load the register that ships with caregraph, once in a process.

    Raises:
        RegisterError: a file is missing or wrong.
    """
    return load_register()


def load_register(folder: Path = REGISTER) -> Register:
    """Load the register from the ``*.csv`` files and ``variants.toml`` of a folder.

    Raises:
        RegisterError: a file is missing or wrong; the message says where and what is due.
    """
    collecting = gc.isenabled()
    gc.disable()  # some 20,000 records, none of them garbage: a third of the time goes in looking
    try:
        return Register(read_organisations(folder), read_variants(folder))
    finally:
        if collecting:
            gc.enable()
