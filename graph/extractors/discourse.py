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

from graph.extractors.chunks import FINITE, Chunks
from graph.extractors.clauses import OFFICES
from graph.extractors.speakers import find_speakers
from graph.extractors.wordlists import load_words
from graph.records import Entity, Mention, Sentence
from graph.vocabulary import ORGANISATION_KINDS

_GRAMMAR = load_words("grammar")
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
        government: entity id of the government or department that the document names most; or "".
        author: entity id of the body whose research or report the document tells; or "".
        we: for each sentence, the entity id that "we" stands for; or "".
        entities: by id.
        posts: person entity id to the id of the body that they speak for.
        people: for each sentence, the entity id of the last person named before it.
        carried: for each sentence, the entity ids that an introduction ("We will:") makes its subject.
        promised: for each sentence, whether that introduction only promises it.
        spoken: for each sentence, the entity ids of its organisations in order.
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
    government = _government(by_id, counts)
    speakers = find_speakers(sentences, by_id, counts, government)
    we = _we_by_sentence(sentences, mentions, by_id, posts, speakers, spoken)
    party = _pledging_party(sentences, we, by_id, counts)
    carried, promised = _carry(sentences, we, spoken, party)
    people = _people_before(sentences, mentions)
    author = max(
        (i for i, e in by_id.items() if e.type in _AUTHORS and e.kind == "named"),
        key=lambda i: (counts[i], i),
        default="",
    )
    return Discourse(government, author, we, carried, promised, by_id, posts, people, spoken)


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


_INTRODUCES = re.compile(r":\s*$|\b(?:will|would|by|are|include|includes)\s*$")
_PROMISE = re.compile(r"\b(?:will|would|shall|should|plan|propose|promise|pledge|commit)", re.IGNORECASE)
_FIRST_WORDS = re.compile(r"[^A-Za-z]*(?:and |also )?([A-Za-z]+)[^A-Za-z]+([A-Za-z']+)")
_OPENERS = _GRAMMAR["openers"]
_PLEDGES = _GRAMMAR["pledges"]
LEAST_PLEDGES = 3
"""List items that start with a verb from which a text that names a party is read as its manifesto."""
LIST_LENGTH = 15
"""Sentences that one introduction can govern."""


def _carry(
    sentences: Sequence[Sentence], we: Sequence[str], spoken: Sequence[tuple[str, ...]], party: str
) -> tuple[tuple[tuple[str, ...], ...], tuple[bool, ...]]:
    """Hand the subject of "We will:" down to the items of its list; in a manifesto, that is the party."""
    carried: list[tuple[str, ...]] = []
    promised: list[bool] = []
    subject: tuple[str, ...] = ()
    promise, left = False, 0
    for sentence in sentences:
        item = _opens_with_verb(sentence, introduced=left > 1)
        left = left - 1 if item else left - 3
        listed = item and (left > 0 or (bool(party) and sentence.kind == "item"))
        carried.append(((party,) if party else subject) if listed else ())
        promised.append(listed and (promise or bool(party)))
        if _INTRODUCES.search(sentence.view.rstrip()):
            first_person = re.search(r"\b[Ww]e\b", sentence.view)
            own = we[sentence.index] if first_person else ""
            subject = (own,) if own else spoken[sentence.index][:1]
            promise, left = bool(_PROMISE.search(sentence.view)), LIST_LENGTH
    return tuple(carried), tuple(promised)


def _opens_with_verb(sentence: Sentence, *, introduced: bool = False) -> bool:
    """Say whether a sentence starts with its verb ("Abolish ..."); after "We will:" any word may be it."""
    first = _FIRST_WORDS.match(sentence.view)
    if first is None or first[2].lower() in FINITE:
        return False
    word = first[1].lower()
    return word in _PLEDGES or ((introduced or word.endswith("ing")) and word not in _OPENERS)


def _pledging_party(
    sentences: Sequence[Sentence], we: Sequence[str], by_id: Mapping[str, Entity], counts: Counter[str]
) -> str:
    """Return the party whose manifesto a list of pledges is, or ""."""
    pledges = sum(1 for s in sentences if s.kind == "item" and _opens_with_verb(s))
    parties = [i for i, e in by_id.items() if e.type == "PoliticalParty" and e.kind == "named"]
    if pledges < LEAST_PLEDGES or not parties:
        return ""
    speaking = Counter(i for i in we if i in parties)
    return max(parties, key=lambda i: (speaking[i], counts[i], i))


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


def _we_by_sentence(
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    by_id: Mapping[str, Entity],
    posts: Mapping[str, str],
    speakers: Sequence[str],
    spoken: Sequence[tuple[str, ...]],
) -> tuple[str, ...]:
    people: dict[int, str] = {}
    for sentence in sentences:
        for mention in mentions:
            if mention.entity in posts and sentence.start <= mention.start < sentence.end:
                people[sentence.index] = posts[mention.entity]
    found: list[str] = []
    author = ""
    for sentence in sentences:
        authors = [
            i for i in spoken[sentence.index] if by_id[i].type in _AUTHORS and by_id[i].kind == "named"
        ]
        quoted = '"' in sentence.view
        if quoted:
            near = [
                people[i] for i in (sentence.index, sentence.index - 1, sentence.index + 1) if i in people
            ]
            found.append(near[0] if near else speakers[sentence.index])
        else:
            found.append(speakers[sentence.index] or author)
        author = authors[0] if authors else author
    return tuple(found)
