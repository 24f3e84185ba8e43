"""List what no mention can be without: for each way to find a body or a person, the words that it needs.

A rule that finds bodies or people where none of these words stands would find them no more. So whoever adds
one adds its words here; ``tests/test_gate.py`` compares what is found with and without the gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.extractors.anaphora import keeps_alone
from graph.extractors.folded import fold_words
from graph.extractors.gate_conditions import (
    Condition,
    after,
    after_capital,
    always,
    anywhere,
    before,
    before_capital,
    before_names,
    beside_name,
    both,
    capital,
    capital_near,
    either,
    follows_name,
    opens_name,
    said_as_word,
    written,
)
from graph.extractors.standing import stands_alone
from graph.extractors.wordings import Anaphor, Collective, Head, Known, PluralHead, Wording
from graph.extractors.wordlists import load_words

Trigger = tuple[str, Condition]

_AMERICAN = anywhere(
    rb"\b(?:congress|americans?|united states|medicare|medicaid|republicans?|washington)\b", least=3
)
_SECTOR = after("public private voluntary independent statutory third charitable community profit".split())
_HEALTH = either(
    after("to from with by in within than of and or the".split()),
    before(rb"(?:and|or|the|housing|education|local|councils?|voluntary|social) "),
)
_STATE = either(
    before(
        rb"(?:to|and|or|by|in|as|with|will|would|should|must|can|could|takes?|pays?|provides?|has|is|does|funds?"
        rb"|gives?|spends?|meets?|picks?) "
    ),
    lambda text, start, end: text.key.endswith((b" by", b" from"), 0, start + 1),
)
_DEPARTMENT = after("the his her my our their this own s".split())
_HOMES = anywhere(rb" (?:at|in|near) ", least=2)

_RULES: tuple[tuple[Condition, str], ...] = (
    # sectors.py, care_levels.py
    (
        always,
        "social care|social services|social work|children s services|primary care|secondary care|acute care",
    ),
    (always, "the industry"),
    (_HEALTH, "health"),
    (
        _SECTOR,
        "sector|sectors|provider|providers|organisation|organisations|bodies|agencies|hospitals|health",
    ),
    (_STATE, "the state"),
    (before(rb"[a-z]+ service "), "national"),
    (written("GPs"), "gps"),
    # governments.py, united_states.py
    (always, "government|ministers"),
    (after(("the", "by")), "executive"),
    (capital, "assembly|whitehall|treasury|hmt|opposition|parliament"),
    (both(capital, after(("the", "this"))), "house"),
    (after(("the",)), "coalition"),
    (_DEPARTMENT, "department"),
    (both(capital, _AMERICAN), "states|state|federal"),
    (_AMERICAN, "administration"),
    (after("obama bush clinton reagan trump biden nixon carter johnson kennedy".split()), "administration"),
    # cued_names.py
    (
        beside_name,
        "company|companies|firm|firms|provider|providers|operator|operators|contractor|contractors|consultants"
        "|consultancy|developer|insurer|giant|outsourcer|manufacturer|landlord|accountants|auditors|charity|charities"
        "|union|unions|think tank|thinktank|pressure group|campaign group|lobby group|regulator|watchdog",
    ),
    (
        always,
        "chief executive|chief operating officer|managing director|general secretary|spokesman|spokeswoman"
        "|spokesperson|ceo",
    ),
    *(
        (written(party), party)
        for party in ("Con", "Lab", "LD", "Lib Dem", "SNP", "PC", "DUP", "UUP", "SDLP")
    ),
    (capital, "save|keep our|defend our|protect our|hands off"),
    (
        always,
        "health boards|nhs boards|health authorities|local authorities|unitary authorities|councils|boroughs"
        "|primary care trusts|clinical commissioning groups|pcts|ccgs",
    ),
    (_HOMES, "homes"),
    (always, "care home|nursing home|residential home|old people s home|old people s homes"),
    # providers.py
    (
        capital,
        "house|court|lodge|manor|grange|hall|health|doctors|docs|carers|together|campaign|weekly|sons|co",
    ),
    (
        before_capital,
        "run by|owned by|managed by|operated by|employed by|built by|supplied by|held by|staffed by"
        "|contract with|contract to|contracts with|contracts to|deal with|deal to|outsourced to"
        "|outsourced over to"
        "|sold to|sold over to|awarded to|awarded over to|handed to|handed over to|work for|works for"
        "|worked for"
        "|working for|bought by|taken over by",
    ),
    (
        after_capital,
        "s shares|s shareholders|s profits|s debts|s contract|s owner|s owners|s annual|which runs|which owns"
        "|which operates|plc",
    ),
    # metonyms.py, sites.py
    (capital, "cabinet|county hall|healthwatch|probation|council|trust|trusts"),
    *((written(name), name) for name in ("IJB", "ICS", "SAB", "STP", "ICP", "HWB", "LINk", "PPG", "CHC")),
    (both(capital, before(rb"[a-z]+ s ")), "st|queen|king|prince|princess|lady"),
    (both(capital, before_capital), "royal"),
)


def list_rules() -> Iterator[Trigger]:
    """Yield the words that the rules for bodies need which no list of names holds."""
    for condition, words in _RULES:
        yield from ((word, condition) for word in words.split("|"))


def list_wordings(
    wordings: Iterable[Wording], modifiers: frozenset[str], heads: set[str]
) -> Iterator[Trigger]:
    """Yield the wordings of the lexicon, each with what it needs to be a body by itself.

    Args:
        wordings: of the lexicon.
        modifiers: words that classify, without which a plural head is no class.
        heads: last words of the heads of names.
    """
    classified = after(word.rsplit("-", 1)[-1].rstrip("'").removesuffix("'s") for word in modifiers)
    owned = after(("s",))
    for wording in wordings:
        entry = wording.entry
        if isinstance(entry, Head):
            yield wording.written, _need_of_head(wording.written, entry)
        elif isinstance(entry, Collective):
            yield wording.written, written(wording.written) if wording.acronym else always
        elif isinstance(entry, PluralHead):
            yield wording.written, either(classified, owned)
        elif isinstance(entry, Anaphor):
            if keeps_alone(entry.noun):
                yield wording.written, always
            elif keeps_alone(entry.noun, capital=True) or stands_alone(entry.noun):
                yield wording.written, capital
        else:
            yield wording.written, _need_of_name(wording, heads)


def _need_of_head(name: str, head: Head) -> Condition:
    """Return what a head needs to be that of a name: a capital, and the name before or after it."""
    ways: list[Condition] = [] if head.only_of or head.prefix else [follows_name(name)]
    if head.only_of or head.start:
        ways.append(before(rb"(?:of|for|on|against|to|in) "))
    if head.prefix:
        ways.append(before_capital)
    if head.article:
        ways.append(after(("the",)))
    near = either(*ways)
    return near if head.lower or name == "plc" else both(capital, near)


def _need_of_name(wording: Wording, heads: set[str]) -> Condition:
    """Return what the name of a known or registered body needs to count."""
    name, entry = wording.written, wording.entry
    words = fold_words(name.lower()).decode().split()
    if isinstance(entry, Known):
        if wording.acronym:
            return written(name)
        return capital if name.isascii() and not name.islower() and len(words) < 3 else always
    if wording.acronym:
        return said_as_word(name)
    institution = len(words) > 1 and (words[-1] in heads or words[0] in ("department", "university"))
    return capital if name.isascii() and not institution else always


def list_people() -> Iterator[Trigger]:
    """Yield the words that no person is named without; entries of reference lists are looked for apart."""
    people, posts = load_words("people"), load_words("titles")
    yield from ((name, opens_name(name)) for name in people["given"])
    addresses = people["titles"] | people["offices"] | people["peerages"]
    yield from ((word, opens_name(word, dot=r"\.?")) for word in addresses)
    yield from ((head, capital_near) for head in posts["heads"])
    speech = (
        "said says told added adds argued argues warned warns explained explains claimed claims believes "
        "thinks insisted replied wrote writes asked called concludes concluded commented urged"
    )
    yield from ((word, capital_near) for word in speech.split())
    peers = "earl marquess viscount viscountess countess duke duchess bishop archbishop"
    yield from ((word, before(rb"of ")) for word in peers.split())
    yield from ((word, before_names) for word in ("by", "from"))
