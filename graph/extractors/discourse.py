"""Keep track of who is being talked about: what pronouns and missing arguments stand for.

A document is read as a whole: whom "we" means (the speaker's body, the government, the unit
that wrote), what "it" and "they" go back to, which government stands behind a passive without
an agent, and which two bodies a text on joint working is about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.extractors.chunks import Chunks
from graph.extractors.clauses import OFFICES
from graph.extractors.pledges import carry_subjects, find_pledging_party
from graph.extractors.speakers import find_speakers
from graph.extractors.wordlists import load_words
from graph.patterns import make_regex
from graph.records import Entity, Mention, Sentence
from graph.vocabulary import ORGANISATION_KINDS

_GRAMMAR = load_words("grammar")
_SAYS = "|".join(sorted(_GRAMMAR["saying"]))
_SPOKESMAN = r"(?:spokes\w+|representatives?|officials?)"
_SAYS_BEFORE = make_regex(
    rf"(?:\b(?:{_SAYS})|\b(?:a|an|the) {_SPOKESMAN} (?:for|of|from|at)) (?:the )?$", re.IGNORECASE
)
_SAYS_AFTER = make_regex(rf"(?:'s)?(?: {_SPOKESMAN})? (?:{_SAYS})\b", re.IGNORECASE)
_AUTHORS = frozenset(
    (
        "ResearchUnit",
        "University",
        "ThinkTank",
        "AuditBody",
        "Charity",
        "ProfessionalBody",
        "RepresentativeBody",
    )
)


@dataclass(frozen=True, slots=True)
class Discourse:
    """Whom a document's pronouns and missing arguments stand for.

    Attributes:
        government: entity id of the government or department that the document names most, of the party
            in its manifesto; or "".
        author: entity id of the body whose research or report the document tells; or "".
        we: for each sentence, the entity id that "we" stands for; or "".
        entities: by id.
        posts: person entity id to the id of the body that they speak for.
        people: for each sentence, the entity id of the last person named before it.
        carried: for each sentence, the entity ids that an introduction ("We will:") makes its subject.
        promised: for each sentence, whether that introduction only promises it.
        spoken: for each sentence, the entity ids of its organisations in order.
        headed: for each sentence, those of the last heading before it, or of the first sentence.
    """

    government: str
    author: str
    we: tuple[str, ...]
    carried: tuple[tuple[str, ...], ...]
    promised: tuple[bool, ...]
    entities: Mapping[str, Entity]
    posts: Mapping[str, str]
    people: tuple[tuple[str, ...], ...]
    spoken: tuple[tuple[str, ...], ...]
    headed: tuple[tuple[str, ...], ...]

    def resolve_pronoun(self, chunks: Chunks, at: int) -> tuple[str, ...]:
        """Return the entity ids that the pronoun at token ``at`` stands for; empty when unsure."""
        word = chunks.words[at]
        index = chunks.sentence.index
        if word in ("we", "our", "us", "i"):
            return (self.we[index],) if self.we[index] else ()
        if word in OFFICES:
            return (self.government,) if self.government else ()
        if word in ("he", "she", "his", "her"):
            return self._speaker(chunks, at)
        plural = word in ("they", "their", "them")
        groups = [group for group in chunks.groups[:at] if group is not None]
        for group in groups[:1] + groups[:0:-1]:
            if self._agrees(group.entities, plural=plural):
                return group.entities
        for ids in reversed(self.spoken[max(0, index - 2) : index]):
            fitting = [i for i in ids if self._agrees((i,), plural=plural)]
            if fitting:
                return (fitting[0],)
        return ()

    def _speaker(self, chunks: Chunks, at: int) -> tuple[str, ...]:
        """Return the person that "he" or "she" goes back to: the last one named."""
        for group in reversed([group for group in chunks.groups[:at] if group is not None]):
            people = tuple(
                i for i in group.entities if i in self.entities and self.entities[i].type == "Person"
            )
            if people:
                return people[-1:]
        return self.people[chunks.sentence.index]

    def _agrees(self, ids: Sequence[str], *, plural: bool) -> bool:
        kinds = [self.entities[i].kind for i in ids if i in self.entities]
        if not kinds or any(kind not in ORGANISATION_KINDS for kind in kinds):
            return False
        many = len(kinds) > 1 or kinds[0] == "collective"
        return plural or not many


def follow_discourse(
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    posts: Mapping[str, str],
) -> Discourse:
    """Read a document's discourse state.

    Args:
        sentences: all of them, in order.
        mentions: resolved, in text order.
        entities: of the document.
        posts: person entity id to the id of the body that they speak for.
    """
    by_id = {entity.id: entity for entity in entities}
    spoken = _organisations_by_sentence(sentences, mentions, by_id)
    counts = Counter(m.entity for m in mentions)
    named = _government(by_id, counts)
    speakers = find_speakers(sentences, by_id, counts, named)
    bodies = _speaking_bodies(sentences, mentions, posts)
    we = _we_by_sentence(sentences, by_id, bodies, speakers, spoken)
    party = find_pledging_party(sentences, we, by_id, counts)
    carried, promised = carry_subjects(sentences, we, spoken, party)
    people = _people_before(sentences, mentions)
    author = max(
        (i for i, e in by_id.items() if e.type in _AUTHORS and e.kind == "named"),
        key=lambda i: (counts[i], i),
        default="",
    )
    government = party or named  # in a manifesto, who would govern
    headed = _heads_before(sentences, spoken)
    return Discourse(government, author, we, carried, promised, by_id, posts, people, spoken, headed)


def _heads_before(
    sentences: Sequence[Sentence], spoken: Sequence[tuple[str, ...]]
) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    last: tuple[str, ...] = ()
    for sentence, ids in zip(sentences, spoken, strict=True):
        found.append(last)
        if ids and (sentence.kind == "heading" or sentence.index == 0):
            last = ids
    return tuple(found)


def _people_before(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> tuple[tuple[str, ...], ...]:
    people = [m for m in mentions if m.type == "Person"]
    found: list[tuple[str, ...]] = []
    last: tuple[str, ...] = ()
    at = 0
    for sentence in sentences:
        found.append(last)
        while at < len(people) and people[at].start < sentence.end:
            last = (people[at].entity,)
            at += 1
    return tuple(found)


def _organisations_by_sentence(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], by_id: Mapping[str, Entity]
) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    at = 0
    for sentence in sentences:
        ids: list[str] = []
        while at < len(mentions) and mentions[at].start < sentence.end:
            if mentions[at].start >= sentence.start and mentions[at].kind in ORGANISATION_KINDS:
                ids.append(mentions[at].entity)
            at += 1
        found.append(tuple(dict.fromkeys(ids)))
    return tuple(found)


def _government(by_id: Mapping[str, Entity], counts: Counter[str]) -> str:
    for type_ in ("Government", "GovernmentDepartment"):
        ids = [i for i, e in by_id.items() if e.type == type_ and e.kind == "named"]
        if ids:
            return max(ids, key=lambda i: (counts[i], i))
    return ""


def _speaking_bodies(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], posts: Mapping[str, str]
) -> dict[int, str]:
    """Return by sentence the body quoted in it, or that of the person named in it who speaks for one."""
    found: dict[int, str] = {}
    at = 0
    for sentence in sentences:
        while at < len(mentions) and mentions[at].start < sentence.end:
            mention = mentions[at]
            if mention.entity in posts:
                found[sentence.index] = posts[mention.entity]
            elif mention.kind in ORGANISATION_KINDS and _is_quoted(sentence, mention):
                found.setdefault(sentence.index, mention.entity)
            at += 1
    return found


def _is_quoted(sentence: Sentence, mention: Mention) -> bool:
    """Say whether a sentence with a quotation in it gives it to a body ("..., said a spokesman for X")."""
    view, start = sentence.view, sentence.start
    return '"' in view and bool(
        _SAYS_BEFORE.search(view[: mention.start - start]) or _SAYS_AFTER.match(view[mention.end - start :])
    )


def _we_by_sentence(
    sentences: Sequence[Sentence],
    by_id: Mapping[str, Entity],
    bodies: Mapping[int, str],
    speakers: Sequence[str],
    spoken: Sequence[tuple[str, ...]],
) -> tuple[str, ...]:
    """Return whom "we" means: in a quotation the body of who is quoted, else the speaker or author."""
    found: list[str] = []
    author = ""
    quoting = False
    for sentence in sentences:
        here = sentence.index
        marks = sentence.view.count('"')
        near = next((bodies[i] for i in (here, here - 1, here + 1) if i in bodies), "")
        quoted = marks > 0 or quoting
        found.append((near if quoted else "") or speakers[here] or ("" if quoted else author))
        quoting = quoting != (marks % 2 == 1)
        known = [i for i in spoken[here] if by_id[i].type in _AUTHORS and by_id[i].kind == "named"]
        author = known[0] if known else author
    return tuple(found)
