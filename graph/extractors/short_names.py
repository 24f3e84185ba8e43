"""Find short names after full ones: "Torbay" after "Torbay Care Trust", "Acme" after "Acme Healthcare"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.extractors.candidates import Candidate
from graph.extractors.lexicon import Lexicon
from graph.extractors.reading import Reading, fold_key
from graph.extractors.whole_words import make_finder
from graph.extractors.wordings import Head
from graph.extractors.words_acting import DECIDES
from graph.patterns import make_regex

_ACTING = make_regex(
    r"(?:'s (?:decision|plans?|rise|proposals?|bid|budget|policy|approach|leaders?|chief|boss|board"
    r"|report|announcement|move|response|offer|contract|failure|programme|services|website)\b"
    r"| (?:said|says|has (?:agreed|decided|been|shown|made|won|now|also)|is (?:one of|to|the"
    r"|planning|seeking|proposing|running|responsible)|was (?:the|one|awarded|given|rated"
    r"|criticised)|will|would|plans|wants|decided|agreed|announced|launched|pooled|set up|won|bid"
    r"|proposed|commissions|employs|works with)\b)"
)
_PLACE_BEFORE = make_regex(
    r"\b(?:in|of|across|from|for|near|around|to|at|outside|throughout|within|and|or|over|[Ss]outh"
    r"|[Nn]orth|[Ee]ast|[Ww]est|[Mm]id) (?:the )?$"
)
_CAPITAL_BEFORE = make_regex(r"[A-Z][\w&]+ $")
_GOES_ON = make_regex(r"[\w-]")
_BRANDED = frozenset(("Company", "Charity", "ThinkTank", "Publisher", "Hospital"))


def find_short_names(
    reading: Reading, candidates: Sequence[Candidate], lexicon: Lexicon
) -> Iterator[Candidate]:
    """Propose the short names of bodies that the document names in full.

    A company goes by the first word of its name anywhere; a body that is named after a place
    goes by the place only where the place acts.

    Args:
        reading: the document.
        candidates: the bodies already found, not overlapping.
        lexicon: for heads and places.
    """
    shorts: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.kind == "named" and not candidate.definite:
            full = reading.text[candidate.start : candidate.end]
            if candidate.found_by == "name by head" and " " in full:
                shorts.setdefault(full, candidate)
            cued = candidate.found_by == "name by cue" and candidate.type == "Company" and " " in full
            short = _first_word(full, lexicon) if cued else _shorten(full, lexicon)
            if short:
                shorts.setdefault(short, candidate)
    if not shorts:
        return
    find = make_finder(sorted(shorts, key=lambda short: (-len(short), short)), _GOES_ON)
    for start, short in find(reading.text):
        source, end = shorts[short], start + len(short)
        if short == reading.text[source.start : source.end]:
            yield replace(source, start=start, end=end, found_by="repeated name", rank=5)
            continue
        if reading.text[end] == " " and reading.text[end + 1].isupper():
            continue
        before = reading.text[max(0, start - 20) : start]
        placed = source.type == "Hospital" and _PLACE_BEFORE.search(before)
        brand = source.type in _BRANDED and not placed and fold_key(short) not in lexicon.places
        beside = _PLACE_BEFORE.search(before)
        decides = DECIDES.match(reading.text, end) and not _CAPITAL_BEFORE.search(before)
        acts = not beside and (decides or _ACTING.match(reading.text, end))
        if brand or acts:
            name = source.name or reading.text[source.start : source.end]
            yield Candidate(start, end, "named", source.type, "short name", name, rank=10)


def _first_word(name: str, lexicon: Lexicon) -> str:
    """Return the first word of a company's name, by which a text goes on to call it, unless it is a place."""
    first = name.split(" ", 1)[0]
    ordinary = fold_key(first) in lexicon.places or fold_key(first) in lexicon.wordings
    return "" if ordinary or len(first) < 5 or first == "The" else first


def _shorten(name: str, lexicon: Lexicon) -> str:
    """Return a name without its head, or nothing where what is left says too little."""
    words = name.split(" ")
    for size in range(min(4, len(words) - 1), 0, -1):
        found = lexicon.wordings.get(fold_key(" ".join(words[-size:])), ())
        heads = [w.entry for w in found if isinstance(w.entry, Head)]
        if heads:
            short = " ".join(words[:-size])
            ordinary = lexicon.wordings.get(fold_key(short))
            return (
                short
                if len(short) > 3 and not ordinary and not short.isupper() and "of" not in words[:-size]
                else ""
            )
    return ""
