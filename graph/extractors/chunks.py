"""Turn a sentence and its mentions into the row of chunks that frames are matched on.

Words become lower-case tokens; every mention, with what is coordinated with it ("PCTs, county
councils and the NHS"), becomes one *group* token. The groups are the arguments that relations
can have; everything else is the wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.extractors.wordlists import load_words
from graph.patterns import make_regex
from graph.records import Mention, Sentence

_GRAMMAR = load_words("grammar")
GROUP = "<g>"
MONEY = "\u00a3"
"""The token of any sum of money."""
_TOKEN = make_regex(
    r"[\u00a3$\u20ac]\s?\d[\d,.]*\s?(?:bn|billion|m|million|k|trillion)?\b|\w+n't|'(?:s|re|ve|ll|d|m)\b|\w+|[^\w\s]"
)
_MODIFIERS = _GRAMMAR["modifiers"]
_JOINTS = frozenset(("and", "or", "&", "/", "plus", "nor"))
# People and parts that stand for their body: "PCT managers", "council leaders".
_METONYMS = _GRAMMAR["metonyms"]
FINITE = _GRAMMAR["finite"]
PREPOSITIONS = _GRAMMAR["prepositions"]


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions that fill one argument together.

    Attributes:
        mentions: in text order; at least one.
        entities: their entity ids, each once, in text order.
        start: character offset in the document.
        end: character offset in the document, exclusive.
    """

    mentions: tuple[Mention, ...]
    entities: tuple[str, ...]
    start: int
    end: int


@dataclass(slots=True)
class Chunks:
    """A sentence as parallel rows of tokens.

    Attributes:
        words: lower-case tokens; ``<g>`` where a group stands.
        starts: character offset of each token in the document.
        ends: character offset of each token in the document, exclusive.
        groups: the group at each token, or None.
        text: the words joined by one space, with one before and one after.
        offsets: where each token starts in ``text``.
    """

    sentence: Sentence
    words: list[str]
    starts: list[int]
    ends: list[int]
    groups: list[Group | None]
    text: str = ""
    offsets: tuple[int, ...] = ()

    def index_at(self, position: int) -> int:
        """Return the number of the token that starts at or after a position of ``text``."""
        low, high = 0, len(self.offsets)
        while low < high:
            middle = (low + high) // 2
            if self.offsets[middle] < position:
                low = middle + 1
            else:
                high = middle
        return low


def chunk_sentence(sentence: Sentence, mentions: Sequence[Mention]) -> Chunks:
    """Make the chunks of one sentence.

    Args:
        sentence: any sentence of the document.
        mentions: the resolved mentions inside it, in text order, not overlapping.
    """
    chunks = Chunks(sentence, [], [], [], [])
    at = sentence.start
    for mention in mentions:
        if mention.start < at:
            continue
        _add_words(chunks, at, mention.start)
        _add(chunks, GROUP, mention.start, mention.end, _group((mention,)))
        at = mention.end
    _add_words(chunks, at, sentence.end)
    _drop_glosses(chunks)
    _absorb_metonyms(chunks)
    _coordinate(chunks)
    position, offsets = 1, []
    for word in chunks.words:
        offsets.append(position)
        position += len(word) + 1
    chunks.text = f" {' '.join(chunks.words)} "
    chunks.offsets = tuple(offsets)
    return chunks


def _group(mentions: tuple[Mention, ...]) -> Group:
    entities = tuple(dict.fromkeys(mention.entity for mention in mentions))
    return Group(mentions, entities, mentions[0].start, mentions[-1].end)


def _add(chunks: Chunks, word: str, start: int, end: int, group: Group | None = None) -> None:
    chunks.words.append(word)
    chunks.starts.append(start)
    chunks.ends.append(end)
    chunks.groups.append(group)


def _add_words(chunks: Chunks, start: int, end: int) -> None:
    """Tokenise the text between two mentions; hyphens inside words only separate."""
    base = chunks.sentence.start
    view = chunks.sentence.view[start - base : end - base]
    for token in _TOKEN.finditer(view):
        word = token[0].lower()
        if word == "-" and _inside_word(view, token.start()):
            continue
        if word[0] in "\u00a3$\u20ac" and len(word) > 1:
            word = MONEY
        _add(chunks, word, start + token.start(), start + token.end())


def _inside_word(view: str, at: int) -> bool:
    before = view[at - 1 : at] if at else "x"
    after = view[at + 1 : at + 2] or "x"
    return before.isalnum() and after.isalnum()


def _delete(chunks: Chunks, start: int, end: int) -> None:
    for row in (chunks.words, chunks.starts, chunks.ends, chunks.groups):
        del row[start:end]


def _drop_glosses(chunks: Chunks) -> None:
    """Fold "Kent County Council (KCC)" into one group: the bracket names the same body."""
    at = 0
    while at + 3 < len(chunks.words):
        one, two = chunks.groups[at], chunks.groups[at + 2]
        if (
            one and two and chunks.words[at + 1] == "(" and chunks.words[at + 3] == ")"
            and one.entities == two.entities
        ):  # fmt: skip
            chunks.ends[at] = chunks.ends[at + 3]
            _delete(chunks, at + 1, at + 4)
        at += 1


def _absorb_metonyms(chunks: Chunks) -> None:
    """Let "PCT managers" stand for the trust: the noun joins the group."""
    for at in range(len(chunks.words) - 2, -1, -1):
        if chunks.groups[at] and chunks.words[at + 1] in _METONYMS:
            chunks.ends[at] = chunks.ends[at + 1]
            _delete(chunks, at + 1, at + 2)


def _next_conjunct(chunks: Chunks, at: int) -> int:
    """Return the token of the next group if only modifiers stand before it, else -1."""
    limit = min(len(chunks.words), at + 5)
    while at < limit:
        if chunks.groups[at]:
            return at
        if chunks.words[at] not in _MODIFIERS and not chunks.words[at].isdigit():
            return -1
        at += 1
    return -1


def _coordinate(chunks: Chunks) -> None:
    """Merge coordinated groups ("A, B and C"), unless a new clause starts after the "and"."""
    at = 0
    while at < len(chunks.words):
        if chunks.groups[at]:
            members = list(_conjuncts(chunks, at))
            if len(members) > 1 and not _new_clause(chunks, at, members[-1]):
                merged = tuple(m for i in members for m in _mentions_at(chunks, i))
                chunks.groups[at] = _group(merged)
                chunks.ends[at] = chunks.ends[members[-1]]
                _delete(chunks, at + 1, members[-1] + 1)
        at += 1


def _mentions_at(chunks: Chunks, at: int) -> tuple[Mention, ...]:
    group = chunks.groups[at]
    return group.mentions if group else ()


def _conjuncts(chunks: Chunks, at: int) -> Iterator[int]:
    """Yield the tokens of the groups in one coordination; a list needs its "and" or "or"."""
    found, last = [at], 0
    words = chunks.words
    while True:
        here = found[-1] + 1
        comma = here < len(words) and words[here] == ","
        joint = here + comma
        if joint < len(words) and words[joint] in _JOINTS:
            following = _next_conjunct(chunks, joint + 1)
            last = len(found) if following >= 0 else last
        elif words[joint : joint + 3] == ["as", "well", "as"]:
            following = _next_conjunct(chunks, joint + 3)
            last = len(found) if following >= 0 else last
        else:
            following = _next_conjunct(chunks, here + 1) if comma else -1
        if following < 0:
            break
        found.append(following)
    if not last and len(found) > 3:  # a list that is cut short, or a table's
        last = len(found) - 1
    yield from found[: last + 1] if last else found[:1]


def _new_clause(chunks: Chunks, first: int, last: int) -> bool:
    """Say whether the last conjunct is the subject of a new clause ("funds A and B runs C")."""
    after = chunks.words[last + 1] if last + 1 < len(chunks.words) else ""
    before = first - 1
    while before >= 0 and chunks.words[before] in _MODIFIERS:
        before -= 1
    governed = before >= 0 and chunks.words[before] in PREPOSITIONS
    return (
        governed and after in FINITE and chunks.words[before] not in ("between", "of", "for", "in", "across")
    )
