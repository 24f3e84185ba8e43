"""Tell what a short plural stands for: "boards" after "health boards", "districts" beside a county council.

A short plural is a class of bodies where the text writes the class out elsewhere, or speaks of the
work that the class does; of several classes the one that was written out last is meant.
Plurals that mostly mean something else count only where they act, or stand beside another body.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.extractors.candidates import Candidate
from graph.extractors.collectives import read_collective
from graph.extractors.reading import Reading
from graph.extractors.wordings import Collective, Wording
from graph.patterns import make_regex
from graph.records import Span

_COUNCILS = r"LGA|[Cc]ouncils?|[Cc]ouncillors?|social services|social care|local government"
_CARE = r"[Cc]are homes?|nursing homes?|residents|CSCI|CQC|Care Inspectorate|home care|inspect\w+"
_HEALTH = (
    r"NHS|[Hh]ealth|patients?|GPs?|PCTs?|CCGs?|ICBs?|SHAs?|hospitals?|surgery|[Dd]octors?|trusts|pharmac\w+|BMA"
    r"|CQC|Monitor|tender\w*|commissioning"
)
_CUES = {
    name: make_regex(rf"\b(?:{words})\b")
    for name, words in {
        "general practices": _HEALTH,
        "local authorities": rf"{_COUNCILS}|[Hh]ousing|home helps?|ADSS|ADASS|Audit Commission|town halls?",
        "county councils": rf"{_COUNCILS}|PCTs?|unitary|unitaries|NHS",
        "district councils": _COUNCILS,
        "London boroughs": r"London (?:[Bb]oroughs?|[Cc]ouncils)|GLC",
        "health boards": r"Scot\w+|Wales|Welsh|Holyrood|Cosla|COSLA|Northern Ireland",
        "integrated care boards": r"ICBs?|ICSs?|[Ii]ntegrated [Cc]are|NHS England",
        "clinical commissioning groups": _HEALTH,
        "care homes": _CARE,
        "community health councils": r"[Pp]atients?|CHCs?|LINks?",
        "health authorities": r"[Rr]egional (?:[Hh]ospital|[Hh]ealth|[Bb]oards?)"
        r"|[Aa]rea (?:[Hh]ealth|authorit\w+)|health (?:districts?|regions?)"
        r"|RHAs?|DHAs?|AHAs?|CHCs?|regions? to (?:the |\d+ )?(?:districts|areas)",
        "health and social care partnerships": r"[Ii]ntegration|HSCPs?|IJBs?",
    }.items()
}
"""What a text speaks of in which a class goes by its short plural, though it is nowhere written out."""
_AMBIGUOUS = frozenset(("areas", "groups", "regions", "homes", "systems", "partnerships"))
"""Plurals that mostly mean something else."""
_VERBS = (
    "have|had|are|were|will|would|must|should|can|could|may|might|do|did|cannot|ought|need|want|say|said|face"
    "|hold|buy|bought|run|ran|pay|paid|get|got|fear|ask|asked|agree|agreed|send|sent|give|gave|take|took|own"
    "|meet|met|differ|disagreed|turned|advise|spend|spent|charge|keep|kept|report|answer|compete|began|know"
    "|knew|use|used|welcome|reject|go|went|lost|lose|serve|work|look"
)
_ACT = make_regex(rf",? (?:(?:also|now|still|all|each|both|alike|themselves|which|that|who) )?(?:{_VERBS})\b")
_BODY = (
    r"(?:[Cc]ouncils|[Tt]rusts|PCTs|CCGs|ICBs|SHAs|[Aa]uthorities|[Dd]istricts|[Rr]egions|areas|[Hh]ospitals"
    r"|[Pp]ractices|agencies|associations|[Cc]harities|[Bb]oards|[Bb]oroughs|[Cc]ounties|inspectors|homes"
    r"|[Mm]inistry|department|NHS|providers|commissioners|surgeries|GPs)"
)
_BESIDE_BEFORE = make_regex(
    rf"\b{_BODY}(?:,|,? and|,? or) (?:the |their )?$"
    r"|\b(?:pay|pays|paying|told|tells?|asks?|asked|helps?|require|duty on|by) $"
)
_BESIDE_AFTER = make_regex(rf",? (?:and|or|to) (?:the |their |\w+ )?{_BODY}\b")
_OPENS = make_regex(
    r"(?:^|[.;:,\"'\u2018\u201c\u2014-] ?|\b(?:[Tt]he|[Aa]ll|both|that|and|but|or|nor|if|when|while|where"
    r"|which|what|how|by|as|than|because|so|said|says|on|spring|winter|year|\d{4}) )$"
)
"""What stands before a plural that is nobody's and is told by no adjective."""


@dataclass(slots=True)
class ShortPlurals:
    """The short plurals of a text, and where it writes the classes out."""

    reading: Reading
    spots: dict[Span, list[Wording]] = field(default_factory=dict)
    full: dict[str, list[int]] = field(default_factory=dict)

    def note_full(self, name: str, start: int) -> None:
        """Note that a class is written out at a place of the text."""
        self.full.setdefault(name, []).append(start)

    def note_short(self, span: Span, wording: Wording) -> None:
        """Note a short wording, which may be one of several classes."""
        self.spots.setdefault(span, []).append(wording)

    def read(self) -> Iterator[Candidate]:
        """Propose the classes that the short plurals of the text stand for."""
        if not self.spots:
            return
        cued = {name for name, cue in _CUES.items() if cue.search(self.reading.text)}
        for span, wordings in self.spots.items():
            acts = self._acts(span)
            chosen = self._choose(span[0], wordings, cued)
            if not chosen and acts and wordings[0].plural and wordings[0].written not in _AMBIGUOUS:
                chosen = min(wordings, key=_likelihood)
            if chosen and (acts or chosen.written not in _AMBIGUOUS):
                yield from read_collective(self.reading, *span, chosen)

    def _choose(self, start: int, wordings: Sequence[Wording], cued: set[str]) -> Wording | None:
        """Return the wording of the class that the text wrote out last, or else of one that it hints at."""
        names = {w.entry.name: w for w in wordings if isinstance(w.entry, Collective)}
        before = {n: max((at for at in self.full.get(n, ()) if at < start), default=-1) for n in names}
        latest = max(names, key=lambda name: (before[name], name), default="")
        if latest and before[latest] >= 0:
            return names[latest]
        return next(
            (names[n] for n in (*self.full, *_CUES) if n in names and (n in self.full or n in cued)), None
        )

    def _acts(self, span: Span) -> bool:
        """Say whether a plural acts, or stands beside another class that does."""
        text = self.reading.text
        low, high = self.reading.bounds_at(span[0])
        before, after = text[max(low, span[0] - 40) : span[0]], text[span[1] : min(high, span[1] + 40)]
        if _BESIDE_BEFORE.search(before) or _BESIDE_AFTER.match(after):
            return True
        return bool(_ACT.match(after) and _OPENS.search(before))


def _likelihood(wording: Wording) -> int:
    """Rank the class of a wording among those that a short plural may stand for."""
    names = list(_CUES)
    name = wording.entry.name if isinstance(wording.entry, Collective) else ""
    return names.index(name) if name in names else len(names)
