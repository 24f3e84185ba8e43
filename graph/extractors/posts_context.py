"""Complete a post from its context: whose government, which body "its" is, who "I" am."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from graph.extractors.posts_offices import find_office_body, find_only_body
from graph.extractors.posts_ties import Post
from graph.extractors.slots import ORGANISATION, PERSON, Slotted
from graph.extractors.wordlists import load_words
from graph.patterns import make_regex
from graph.records import Mention

_WORDS = load_words("titles")
_GOVERNMENT_HEADS = frozenset(word.lower() for word in _WORDS["government_heads"])
_NOT_GOVERNMENT: frozenset[str] = _WORDS["not_government"]
_PORTFOLIOS: frozenset[str] = _WORDS["portfolios"]
_NATIONS = {
    "scottish": "scot",
    "scotland": "scot",
    "welsh": "wel",
    "wales": "wel",
    "northern": "northern",
    "stormont": "northern",
    "american": "us",
    "us": "us",
    "federal": "us",
    "irish": "ir",
    "french": "fr",
    "german": "ger",
    "canadian": "can",
    "australian": "aus",
}
_WITHOUT_PRESIDENT = make_regex(r"\b(?:uk|united kingdom|british|scot\w*|welsh|wales|northern ireland)\b")
_POSSESSIVE = make_regex(r"\b(?:its|their)\s+(?:\w+\s+)?$", re.IGNORECASE)
_FIRST_PERSON = make_regex(
    r"(?:\bwhen\s+i\s+(?:was|became)|\bi\s+(?:am|was|became)|\bi\s+have\s+been|\b(?:during|"
    r"in)\s+my\s+(?:\w+\s+){0,4}as|\bi\s+\w+\s+(?:\w+\s+)?as|(?:^|[.:;\"]\s*)as)"
    r"\s+(?:the\s+|an?\s+|a\s+former\s+)?$",
    re.IGNORECASE,
)
_THIRD_PERSON = make_regex(
    r"\b(?:he|she)\s+(?:is|was|became|has\s+been|had\s+been|served\s+as|will\s+be|was\s+appointed|"
    r"worked\s+as|remains)\s+"
    r"(?:(?:also|now|then|previously|formerly|later|currently|the|an?|as)\s+)*$",
    re.IGNORECASE,
)
_PLAIN_ROLE = make_regex(
    r"(?:(?:first|founding|deputy|acting|interim|vice|joint|lay|senior|regional|medical|nursing|finance|financial|clinical|managing|"
    r"executive|chief|operating|"
    r"regional|assistant|operations|strategy|policy|communications|group|board|non-executive|programme|"
    r"development|human|"
    r"resources|commissioning|general|media|health|care|service|branch)[\s-]+)*"
    r"(?:executive|director|chair|chairman|chairwoman|chairperson|president|officer|secretary|manager|"
    r"adviser|advisor|organiser|analyst|"
    r"spokesman|spokeswoman|"
    r"spokesperson|leader|nurse|head|ceo)(?:\s+(?:of|for)\s+[a-z\s,&]+)?",
    re.IGNORECASE,
)
_APPOINTS = make_regex(
    r"\b(?:appoint|nam|hir|recruit|elect|promot|chose|select|unveil|confirm|sack|suspend|"
    r"dismiss)\w*\s+(?:of\s+)?(?:\w+\s+)?$"
)
_I = make_regex(r"\b(?:I|my|we|our)\b")
_OWN_BODIES = (
    "council trust hospital union party charity commission authority association college board society "
    "institute agency university "
    "committee group federation company partnership"
).split()
_BODY_HEADS = frozenset(
    "executive director chairman chairwoman chair chairperson leader president spokesman spokeswoman "
    "spokesperson manager officer secretary "
    "ceo head chief principal commissioner adviser advisor organiser analyst".split()
)


class Context:
    """What the rest of the document says about who and where.

    Args:
        slotted: the sentences of the document.
        mentions: all mentions; governments are taken from them.
    """

    def __init__(self, slotted: Sequence[Slotted], mentions: Sequence[Mention]) -> None:
        self._slotted = slotted
        self._mentions = mentions
        self._speakers = _find_speakers(slotted)
        governments = [m for m in mentions if m.type == "Government" and m.kind == "named"]
        counts = Counter(m.entity for m in governments)
        first = {m.entity: m for m in reversed(governments)}
        self._governments = sorted(first.values(), key=lambda m: (-counts[m.entity], m.start))

    def complete(self, post: Post, number: int) -> Post:
        """Fill in the person or the organisation that the sentence leaves out."""
        above = name_above(self._slotted, number)
        in_rows = post.rule == "prenominal" and post.organisation and not post.left and post.start == 0
        if post.person is None or (in_rows and above):
            post = self._add_person(post, number)
        if post.person and post.organisation is None:
            post = self._add_government(post, number)
        if post.person and post.organisation is None:
            body = find_office_body(post.role, self._mentions)
            post = replace(post, organisation=body, rule=f"{post.rule} of office") if body else post
        if post.person and post.organisation is None:
            post = self._add_body(post, number)
        return post

    def _add_person(self, post: Post, number: int) -> Post:
        """Take the speaker for "I", the last person for "he", the line above for a signature."""
        text = self._slotted[number].text
        before = text[: post.start]
        speaker = self._speakers[number]
        if speaker and _FIRST_PERSON.search(before) and _I.search(text):
            spoken = replace(post, person=speaker, rule="speaker", confidence=0.8)
            return spoken if post.organisation else self._add_government(spoken, number)
        if post.organisation and _THIRD_PERSON.search(before):
            person = self._last_person(number, post.start)
            return replace(post, person=person, rule="pronoun", confidence=0.7) if person else post
        above = None if before.strip(" \"'") else name_above(self._slotted, number)
        return replace(post, person=above, rule="signature", confidence=0.85) if above else post

    def _appoints(self, post: Post, number: int) -> bool:
        """Say whether a body names somebody: "the trust appointed X as director"."""
        text = self._slotted[number].text[: post.role_start]
        return post.rule == "verb" and bool(_APPOINTS.search(text[: text.rfind(PERSON)].rstrip(PERSON)))

    def _last_person(self, number: int, start: int) -> Mention | None:
        for back in range(3):
            if number - back < 0:
                break
            slotted = self._slotted[number - back]
            people = [
                m for at, m in sorted(slotted.mentions.items()) if m.type == "Person" and (back or at < start)
            ]
            if people:
                return people[0] if back else people[-1]
        return None

    def _add_government(self, post: Post, number: int) -> Post:
        """Take the government of the document for a minister whose title names none."""
        words = re.findall(r"\w+", post.role.lower())
        text = self._slotted[number].text[max(0, post.role_start - 40) : post.role_start]
        before = re.findall(r"\w+", text.lower())[-2:]
        if not _is_of_government(words, before):
            return post
        of_state = "state" in words  # a Secretary of State for Wales sits in the cabinet of the whole
        nation = "" if of_state else next((_NATIONS[w] for w in words + before if w in _NATIONS), "")
        matching = [m for m in self._governments if nation in m.name.lower() or nation in m.entity]
        if "president" in words:
            matching = [m for m in matching if not _WITHOUT_PRESIDENT.search(m.name.lower())]
        if not matching and not self._governments:
            department = find_only_body(frozenset({"GovernmentDepartment"}), self._mentions)
            matching = [department] if department else []
        if not matching:
            return post
        return replace(post, organisation=matching[0], rule=f"{post.rule} of government", confidence=0.85)

    def _add_body(self, post: Post, number: int) -> Post:
        """Find the body of "its director", "council leader X" or a bare "Chief executive X said"."""
        words = re.findall(r"\w+", post.role.lower())
        possessive = _POSSESSIVE.search(self._slotted[number].text, 0, post.role_start)
        if not words or not (possessive or _BODY_HEADS.intersection(words)) or "shadow" in words:
            return post
        own = next((word for word in words[:-1] if word in _OWN_BODIES), "")
        plain = bool(_PLAIN_ROLE.fullmatch(post.role))
        closed = self._slotted[number].text[post.end :].lstrip()[:1] in (",", ")", ".")
        bare = plain and (
            post.rule in ("prenominal", "signature", "title, name") or (post.rule == "apposition" and closed)
        )
        if not (possessive or own or bare or self._appoints(post, number)):
            return post
        below = self._slotted[number + 1] if number + 1 < len(self._slotted) else None
        if below and below.text.strip() and not below.text.strip(ORGANISATION + " ,."):
            body = below.first(ORGANISATION)
        else:
            body = find_first_body(self._slotted, number, post.role_start, own)
        confidence = 0.75 if possessive else 0.6 if own else 0.5
        return replace(post, organisation=body, rule="body before", confidence=confidence) if body else post


def name_above(slotted: Sequence[Slotted], number: int) -> Mention | None:
    """Return the name that fills or ends the line before, as in rows of signatures."""
    above = slotted[number - 1] if number else None
    if above is None:
        return None
    if is_signature(slotted, number - 1):
        return above.first(PERSON)
    line = above.text.rstrip()
    rows = above.sentence.kind == "heading" and line.endswith(PERSON) and ORGANISATION in line
    return above.mentions.get(len(line.rstrip(PERSON))) if rows else None


def is_signature(slotted: Sequence[Slotted], number: int) -> bool:
    """Say whether a line is nothing but a name, as above the post in a signature or byline."""
    line = slotted[number].text if number >= 0 else ""
    return PERSON in line and not re.sub(r"^\W*(?:by|from)\s", "", line, flags=re.IGNORECASE).strip(
        PERSON + " ,"
    )


def find_first_body(slotted: Sequence[Slotted], number: int, start: int, own: str = "") -> Mention | None:
    """Find what "its" stands for: the first named body of this sentence or of the nearest of three before.

    Args:
        slotted: the sentences of the document.
        number: which of them is read.
        start: offset into its view; only what stands before counts.
        own: a word that type or name of the body must hold ("council"); empty for any body.
    """
    for back in range(min(4, number + 1)):
        for at, mention in sorted(slotted[number - back].mentions.items()):
            fits = own in mention.type.lower() or own in mention.name.lower() or own in mention.text.lower()
            vague = (
                mention.kind != "named" or mention.plural or mention.type in ("HealthService", "Government")
            )
            if fits and not vague and (back or at < start):
                return mention
    return None


def _is_of_government(words: list[str], before: list[str]) -> bool:
    """Say whether a title speaks of a government by itself: "health secretary", "prime minister"."""
    if not _GOVERNMENT_HEADS.intersection(words) or _NOT_GOVERNMENT.intersection(words + before):
        return False
    if "president" in words:
        return words == ["president"] and "the" not in before
    plain = {"secretary", "secretaries"}.isdisjoint(words) or "state" in words
    return plain or bool(_PORTFOLIOS.intersection(words))


def _find_speakers(slotted: Sequence[Slotted]) -> list[Mention | None]:
    """Say for each sentence who is speaking: the person of the last "Name:"."""
    speakers: list[Mention | None] = []
    speaker: Mention | None = None
    for sentence in slotted:
        if re.match(rf"\s*(?:The\s[^:]{{3,90}}\(\s*)?{PERSON}+\)?[^:]{{0,40}}:(?!\S)", sentence.text):
            speaker = sentence.first(PERSON)
        speakers.append(speaker)
    return speakers
