"""Read a name as a set of words, so that its spellings come to one set; ``ontology/likeness.toml`` says how.

Abbreviations are written out, small words and forms of companies set aside, plurals of common words made
singular. The order of the words does not count: "University of York" and "York University" are one set.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from graph.errors import OntologyError
from graph.iris import fold_name
from graph.paths import ONTOLOGY, REGISTER
from graph.register_files import read_variants

LIKENESS = ONTOLOGY / "likeness.toml"
_ACRONYM = re.compile(r"[A-Z][A-Za-z&]*[A-Z]")
_IN_BRACKETS = re.compile(r"\(([^()\s]+)\)")
_AMERICAN = re.compile(r"(?<=\w{3})iz(?=(e|ed|er|ers|es|ing|ation|ations|ational)$)")
_LONGEST_PHRASE = 4
_SHORTEST_HALF = 3
_SHORTEST_PLURAL = 5


@dataclass(frozen=True, slots=True)
class Wordlists:
    """What ``likeness.toml`` says.

    Attributes:
        silent: words that do not count.
        optional: words that one of two names may lack.
        generic: words that one may lack where no other says what kind of body it is.
        joined: first halves that are written on with the next word.
        rewrite: phrases, as words, and the words that they stand for.
        apart: words that tell bodies apart, with what the difference is called.
    """

    silent: frozenset[str]
    optional: frozenset[str]
    generic: frozenset[str]
    joined: frozenset[str]
    rewrite: Mapping[tuple[str, ...], tuple[str, ...]]
    apart: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wording:
    """One name as words.

    Attributes:
        name: as written.
        words: what counts, each once, sorted.
        optional: what another spelling may lack, sorted.
        acronym: the name itself where it is one, folded; else nothing.
        slips: (word, as written) of words that were put right.
    """

    name: str
    words: tuple[str, ...]
    optional: tuple[str, ...]
    acronym: str = ""
    slips: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=4)
def load_wordlists(path: Path = LIKENESS) -> Wordlists:
    """Load the words that names of bodies share.

    Raises:
        OntologyError: the file is missing, is no TOML or lacks a part.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        rewrite = {tuple(short.split()): tuple(long.split()) for short, long in content["rewrite"].items()}
        rewrite |= dict(_list_short_places())
        apart: dict[str, str] = {}
        for difference, words in content["apart"].items():
            for word in words.split():
                apart.setdefault(_make_singular(word), difference)
                apart.setdefault(word, difference)
        silent, optional, generic, joined = (
            frozenset(content[part].split()) for part in ("silent", "optional", "generic", "joined")
        )
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise OntologyError(str(path), f"cannot be read as lists of words: {error}") from error
    return Wordlists(silent, optional, generic, joined, rewrite, apart)


def _list_short_places() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the short forms of places that the register has, as words, each with the words of the place.

    "Kingston" is no short form here: it is a word of the place, and of others.
    """
    for place, forms in read_variants(REGISTER).short.items():
        words = tuple(fold_name(place).split())
        for form in forms:
            short = tuple(fold_name(form).split())
            if not set(short) <= set(words):
                yield short, words


@lru_cache(maxsize=65536)
def read_wording(name: str) -> Wording:
    """Read a name as words.

    >>> read_wording("The Univ. of Leeds & Co Ltd").words
    ('leeds', 'university')
    >>> read_wording("Hull PCT").words
    ('care', 'hull', 'primary', 'trust')
    """
    lists = load_wordlists()
    written = fold_name(_drop_own_acronym(name)).split()
    words = _rewrite(_join_halves([_AMERICAN.sub("is", word) for word in written], lists), lists)
    counted = {fold_word(word) for word in words if word not in lists.silent and word != "a"}
    optional = counted & lists.optional
    stripped = name.strip()
    acronym = fold_name(stripped) if _ACRONYM.fullmatch(stripped) else ""
    return Wording(name, tuple(sorted(counted - optional)), tuple(sorted(optional)), acronym)


def _drop_own_acronym(name: str) -> str:
    """Leave out what stands in brackets if it is made of the first letters of the other words.

    >>> _drop_own_acronym("Lowmoor Council for Voluntary Service (LCVS)")
    'Lowmoor Council for Voluntary Service'
    >>> _drop_own_acronym("Rural Care Network (UK)")
    'Rural Care Network (UK)'
    """
    found = _IN_BRACKETS.search(name)
    if found is None:
        return name
    rest = " ".join((name[: found.start()] + name[found.end() :]).split())
    words = fold_name(rest).split()
    short = fold_name(found[1])
    own = {initials(words), initials(word for word in words if word not in load_wordlists().silent)}
    return rest if len(short) > 1 and short in own else name


def _join_halves(words: list[str], lists: Wordlists) -> list[str]:
    """Write "re ablement", "inter agency" and "health care" as one word each."""
    joined: list[str] = []
    for word in words:
        before = joined[-1] if joined else ""
        listed = before + word in lists.apart and min(len(before), len(word)) >= _SHORTEST_HALF
        if listed or (before in lists.joined and len(word) > 2 and word not in lists.silent):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _rewrite(words: list[str], lists: Wordlists) -> list[str]:
    """Write out what is short, the longest phrase first."""
    written: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            found = lists.rewrite.get(tuple(words[at : at + length]))
            if found:
                written += found
                at += length
                break
        else:
            written.append(words[at])
            at += 1
    return written


def fold_word(word: str) -> str:
    """Make a common word singular; of others an s may be part of the name ("Barnes").

    >>> fold_word("carers"), fold_word("barnes")
    ('carer', 'barnes')
    """
    lists = load_wordlists()
    singular = _make_singular(word)
    return singular if singular in lists.apart or word in lists.apart else word


def _make_singular(word: str) -> str:
    """Take the s of a plural or a genitive away.

    >>> _make_singular("disabilities"), _make_singular("homes"), _make_singular("business")
    ('disability', 'home', 'business')
    """
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def initials(words: Iterable[str]) -> str:
    """Return the first letters of words.

    >>> initials("healthy london partnership".split())
    'hlp'
    """
    return "".join(word[0] for word in words)
