"""Tell for whom a text speaks: whom "we" means in a speech, a manifesto, a record of debate."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from graph.patterns import make_regex
from graph.records import Entity, Sentence

_MINISTER = make_regex(
    r"\b(?:Minister(?: of State)? for|Secretary of State|Under-Secretary of State|First Minister|"
    r"Prime Minister|The Minister|Cabinet Secretary|Minister of)\b|Presented to Parliament"
)
SPEECH = 1500
"""Characters from which a turn in a debate is a speech; one without attacks is the government's."""
_LABEL = 160
"""Characters at the start of a turn in which a speaker's office is stated."""
_PROMISES = make_regex(
    r"\bif (?:re-)?elected\b|\bnext Parliament\b|\bmanifesto\b|\bWe will:|"
    r"\b[Ww]e will\b.{0,400}\b[Ww]e will\b",
    re.DOTALL,
)
# what only who governs can say: "my Department", "our White Paper", "we have published"
_DOES = (
    r"set|made|invest\w+|introduc\w+|publish\w+|given|giving|put|putting|increas\w+|launch\w+|establish\w+|asked|"
    r"announc\w+|provid\w+|commission\w+|legislat\w+|laid|allocat\w+|spend\w+|consult\w+|fund\w+"
)
_GOVERNS = make_regex(
    r"\b[Mm]y Department\b|\b(?:[Tt]his|[Oo]ur) (?:Government|Administration|administration)\b|"
    r"\b[Oo]ur (?:[A-Z][a-z]+ ){0,3}(?:Green Paper|White Paper|consultation|reforms)\b|"
    rf"\b(?:[Ww]e|I) (?:have|'ve|are|am)(?: also| already| now)? (?:{_DOES})\b"
)
_ACCUSED = r"(?:Minister|Government|Secretary of State|Prime Minister)"
_OPPOSES = make_regex(
    rf"\b(?:[Ww]ill|[Dd]oes|[Ww]ould|[Cc]an|[Cc]ould) the {_ACCUSED}\b|"
    rf"\bthe {_ACCUSED}(?:'s)? (?:should|must|has failed|have failed|failure|refus\w+|claims?|cuts?)\b|"
    r"\b[Mm]inisters (?:should|must|have failed)\b|"
    r"\b(?:ask|urge|call on|press) the (?:Minister|Government)\b"
)
_HAS_GOVERNED = make_regex(r"Labour|Conservative|Scottish National")
_TURN = make_regex(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Lord|Baroness|The)\.? )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,4}(?: \([^)]{3,90}\))?: "
)


def find_speakers(
    sentences: Sequence[Sentence], by_id: Mapping[str, Entity], counts: Counter[str], government: str
) -> tuple[str, ...]:
    """Return for each sentence whom a bare "we" means there: read turn by turn in a record of debate.

    Who speaks after a question answers for the government.
    """
    starts = [s.index for s in sentences if _TURN.match(s.view)]
    bounds = sorted({0, *starts, len(sentences)})
    found: list[str] = []
    for first, after in pairwise(bounds):
        # one line, since a wrapped text breaks "we / are investing" anywhere
        text = " ".join(" ".join(s.view for s in sentences[first:after]).split())
        answers = bool(first and starts and sentences[first - 1].view.rstrip().endswith("?"))
        speaker = government if answers else _speaker_of(text, by_id, counts, government, debate=bool(starts))
        found += [speaker] * (after - first)
    return tuple(found)


def _speaker_of(
    text: str, by_id: Mapping[str, Entity], counts: Counter[str], government: str, *, debate: bool
) -> str:
    """Return the government for ministers and governing parties, the party for its own manifesto."""
    parties = [i for i, e in by_id.items() if e.type == "PoliticalParty" and e.kind == "named"]
    governs, opposes = len(_GOVERNS.findall(text)), len(_OPPOSES.findall(text))
    speech = debate and len(text) > SPEECH
    if _MINISTER.search(text[:_LABEL]) or governs > opposes + (0 if debate or not parties else 1):
        return government
    if speech and governs == opposes == 0:
        return government
    if parties and (_PROMISES.search(text) or (debate and opposes)):
        own = max(parties, key=lambda i: (_own_party(by_id[i], text), counts[i], i))
        return government if governs > opposes and _HAS_GOVERNED.search(by_id[own].name) else own
    return government if _PROMISES.search(text) and not opposes else ""


def _own_party(party: Entity, text: str) -> int:
    """Count how often a text promises in a party's name, against how often it speaks of it as of others."""
    names = "|".join(re.escape(surface) for surface in party.surfaces) or re.escape(party.name)
    promises = len(
        re.findall(rf"\b(?:{names})\s+(?:will|would|believes?|wants?|proposes?|has always)\b", text)
    )
    promises += len(
        re.findall(
            rf"\b(?:[Ww]ith|[Uu]nder an?|[Aa]n?) (?:{names})\b|"
            rf"\b(?:{names})['\u2019]s (?:[\w-]+ ){{0,3}}[Pp]lan is our",
            text,
        )
    )
    others = len(
        re.findall(
            rf"\b(?:{names})(?:['\u2019]s? (?:failure|cuts|record)|"
            r"\s+(?:has|have)\s+(?:failed|wasted|let|cut|broken))",
            text,
        )
    )
    return promises - others
