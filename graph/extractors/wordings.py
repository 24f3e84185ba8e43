"""What a wording may be of: a class of bodies, the head of a name, a known or registered name, an anaphor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Collective:
    """A class of bodies that texts speak of as one actor.

    Attributes:
        name: its canonical name.
        type: of its members.
        site: its wordings also name places: "in hospitals" is where, not who.
        not_before: words that make the wording something else ("council tax").
    """

    name: str
    type: str
    site: bool = False
    not_before: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PluralHead:
    """A plural noun that names a class of bodies when a classifying word stands before it."""

    type: str


@dataclass(frozen=True, slots=True)
class Head:
    """How names of one type end or start.

    Attributes:
        of: the name may go on with "of", "for", "on", "against" and capitals.
        only_of: it must.
        start: nothing need stand before the head.
        lower: also in lower case after a capitalised name ("Leeds council").
        prefix: the name follows the head ("London Borough of Brent").
        places: what follows must be a place ("NHS Cornwall").
        article: a name by itself after "the" ("the Courier").
    """

    type: str
    of: bool = False
    only_of: bool = False
    start: bool = False
    lower: bool = False
    prefix: bool = False
    places: bool = False
    article: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A body known by name, with or without a register.

    Attributes:
        name: its canonical name.
        type: its leaf class.
        nation: limits the name to texts about that nation.
        wary: its name is a word of the language too ("Unite"), and counts only where it acts.
    """

    name: str
    type: str
    nation: str = ""
    wary: bool = False


class Registered(NamedTuple):
    """A name of the register: its folded ``text``, the ``type`` of the bodies and how sure the name is."""

    text: str
    type: str
    use: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A noun of definite descriptions, the types it may stand for, and whether its name may tell."""

    noun: str
    types: frozenset[str]
    in_name: bool


class Wording(NamedTuple):
    """One way to write something.

    Attributes:
        written: as in the data; its capitals count where it is an acronym.
        entry: what it is a wording of.
        plural: for collectives, whether the wording names the class wherever it stands.
        acronym: whether it only counts with these very capitals.
        short: whether it only counts where a full wording of the class stands elsewhere in the text.
    """

    written: str
    entry: Collective | PluralHead | Head | Known | Registered | Anaphor
    plural: bool = True
    acronym: bool = False
    short: bool = False


@dataclass(frozen=True, slots=True)
class Opposition:
    """The party in opposition from one ISO date until another."""

    start: str
    until: str
    name: str
