"""Find posts that a verb names: "X, who chairs Y", "Y, led by X"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.posts_ties import Post
from graph.extractors.slots import ORGANISATION, PERSON, Slotted
from graph.extractors.wordlists import load_words
from graph.patterns import make_regex

_VERBS: dict[str, str] = {
    verb: role.replace("-", " ")
    for role, verbs in load_words("titles")["verbs"].items()
    for verb in verbs.split()
}
_ANY = "|".join(sorted(map(re.escape, _VERBS), key=len, reverse=True))
_DONE = "|".join(sorted((v for v in _VERBS if v.endswith(("ed", "led", "run"))), key=len, reverse=True))
_ORG = f"(?<!{ORGANISATION}){ORGANISATION}++"
_PER = f"(?<!{PERSON}){PERSON}++"
_ACTIVE = make_regex(
    rf"(?P<person>{_PER})(?:,\s+(?:the|an?|one)\s+[^.,;:{ORGANISATION}{PERSON}]{{2,60}}?\s+who|,?\s+who|,)?\s+"
    rf"(?:(?:also|now|currently|then|previously|formerly|has|had|is|was|been|once|still|jointly|used|to|will|"
    rf"appointed|chosen|asked|continues|founded\s+and)\s+)*"
    rf"(?P<verb>{_ANY}|in\s+charge\s+of)\s+(?:the\s+|a\s+)?(?:\w+'s\s+)?(?P<org>{_ORG})(?!'s?\s)",
    re.IGNORECASE,
)
_PASSIVE = make_regex(
    rf"(?P<org>{_ORG})(?:\s+\({_ORG}\))?,?\s+(?:(?:which|that|is|was|has|been|now|currently|then|to|be|"
    rf"will|jointly|being)\s+){{0,4}}"
    rf"(?P<verb>{_DONE})\s+by\s+(?:(?:its|the|a|former|chair|chairman|director|leader|chief|executive|"
    rf"consultant|surgeon|businessman|peer)\s+){{0,4}}"
    rf"(?P<person>{_PER})",
    re.IGNORECASE,
)
_LEADS = r"(?P<role>chairmanship|chairwomanship|leadership|presidency|directorship|stewardship|editorship)"
_UNDER = (
    make_regex(
        rf"(?P<org>{_ORG})[^.;:{ORGANISATION}{PERSON}]{{0,40}}?,?\s+under\s+the\s+(?:\w+\s+)?{_LEADS}\s+of\s+"
        rf"(?P<person>{_PER})",
        re.IGNORECASE,
    ),
    make_regex(
        rf"\bunder\s+(?P<person>{_PER})'s?\s+(?:\w+\s+)?{_LEADS},?\s+(?:of\s+)?(?:the\s+)?(?P<org>{_ORG})",
        re.IGNORECASE,
    ),
)
_GATE = make_regex(rf"\b(?:{_ANY}|in\s+charge|under)\b", re.IGNORECASE)


def read_post_verbs(sentence: Slotted) -> Iterator[Post]:
    """Yield the posts that a verb names in a sentence that shows a person and an organisation."""
    if ORGANISATION not in sentence.text or PERSON not in sentence.text or not _GATE.search(sentence.text):
        return
    for pattern in (_ACTIVE, _PASSIVE):
        for found in pattern.finditer(sentence.text):
            role = _VERBS.get(found["verb"].lower(), "head")
            yield _post(sentence, found, role, "verb")
    for pattern in _UNDER:
        for found in pattern.finditer(sentence.text):
            yield _post(sentence, found, found["role"].lower(), "role")


def _post(sentence: Slotted, found: re.Match[str], role: str, group: str) -> Post:
    return Post(
        found.start(),
        found.end(),
        found.start(group),
        role,
        organisation=sentence.mentions[found.start("org")],
        person=sentence.mentions[found.start("person")],
        rule=f"verb {found[group].lower()}",
        confidence=0.7,
    )
