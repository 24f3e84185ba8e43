"""Find acronyms that a document introduces in brackets: "Adult Protection Committee (APC)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.extractors.candidates import Candidate
from graph.extractors.reading import Reading
from graph.patterns import make_regex

_BRACKETED = make_regex(
    r" ?\((?:the |or |hereafter |also known as "
    r"|known as )?[\"']?(?P<acronym>[A-Z][A-Za-z&-]{0,9}s?)[\"']?(?=[,;)])"
)
_TOKEN = make_regex(r"(?<![\w&-])([A-Z](?:[A-Z&]{1,6}s?|[A-Za-z&]{1,9}))(?![\w&])")
_WORD = make_regex(r"[A-Za-z]+")
_SMALL = frozenset("of for and the in on to a with".split())


def make_initials(name: str) -> str:
    """Return the initials of the words of a name that count.

    >>> make_initials("Department of Health and Social Care")
    'DHSC'
    """
    return "".join(word[0].upper() for word in _WORD.findall(name) if word.lower() not in _SMALL)


def matches_acronym(acronym: str, name: str) -> bool:
    """Say whether an acronym can stand for a name: its letters occur in order, the first ones first.

    >>> matches_acronym("DoH", "Department of Health"), matches_acronym("NHS", "Kent County Council")
    (True, False)
    """
    letters = [c for c in acronym.rstrip("s").lower() if c.isalpha()]
    rest = name.lower()
    if not letters or not rest or letters[0] != rest[0]:
        return False
    at = 0
    for letter in letters:
        at = rest.find(letter, at) + 1
        if not at:
            return False
    initials = [letter for letter in make_initials(name).lower()]
    return sum(letter in initials for letter in letters) >= len(letters) - 1


def find_introduced(reading: Reading, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Propose every use of the acronyms that stand in brackets after a name.

    Args:
        reading: the document.
        candidates: the bodies already found, not overlapping.
    """
    introduced: dict[str, Candidate] = {}
    for candidate in candidates:
        found = _BRACKETED.match(reading.text, candidate.end)
        if not found or candidate.definite or candidate.kind == "unnamed":
            continue
        acronym = found["acronym"]
        name = reading.text[candidate.start : candidate.end]
        if (sum(map(str.isupper, acronym)) > 1 or len(acronym) > 3) and (
            matches_acronym(acronym, name)
            or candidate.name.endswith(acronym)
            or acronym in ("CCG", "PCT", "SHA")
        ):
            introduced.setdefault(acronym, candidate)
            introduced.setdefault(acronym + "s" if not acronym.endswith("s") else acronym[:-1], candidate)
    collectives = {
        make_initials(reading.text[c.start : c.end]): c
        for c in candidates
        if c.kind == "collective" and " " in reading.text[c.start : c.end]
    }
    named = {
        make_initials(name): c
        for c in candidates
        if c.kind == "named"
        and c.found_by == "name by head"
        and (name := reading.text[c.start : c.end]).count(" ") > 1
    }
    for token in _TOKEN.finditer(reading.text):
        acronym = token[1]
        source = introduced.get(acronym) or (
            collectives.get(acronym[:-1])
            if acronym.endswith("s") and len(acronym) > 3
            else named.get(acronym)
        )
        if source:
            yield Candidate(
                token.start(1), token.end(1), source.kind, source.type, "introduced acronym",
                source.name or reading.text[source.start : source.end], plural=source.plural, rank=90,
            )  # fmt: skip
