"""Read the annotated passages that the relation model learns from: ``passages/*.tsv``.

One passage a line: text marked as in ``tests/cases/relations.tsv``, a tab, what it claims (``-``: nothing).
``@`` in a claim is a body that the passage leaves unnamed: the government behind a passive, who says "we".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random

from graph.extractors.windows import IMPLIED, Line, Window, WindowReader
from graph.records import Mention, Sentence
from graph.vocabulary import OTHER_TYPES, SYMMETRIC
from tests.relation_reading import CASES, Marked, read_marked

PASSAGES = Path(__file__).parent / "passages"
MODELLED, HELD, MINIATURES = "modelled/", "held/", "miniatures/"
"""Folders of passages made sentence by sentence after real texts: claims are as dense and as clear there as
in documents. The other passages come from imagination, and are denser and clearer. Nothing is learnt from
those in ``held/``. The miniatures are whole stretches of documents, with sentences that name nobody.
"""
REPEATED = 3
"""How often a sentence of the miniatures, the likest to documents, is learnt from in each epoch."""
HELD_OUT = 10
"""Each tenth passage of a file is kept from training as well, to measure on."""
SPARED = "-3.tsv"
"""Ends the names of files of miniatures from which the model does not learn, so that whole documents, with
mentions found, tell how often its claims are right."""
Claim = tuple[str, str, str, str]
"""Subject, predicate, object, status."""


@dataclass(frozen=True)
class Example:
    """A sentence of a passage, with its mentions and what it claims; symmetric claims in both directions.

    ``before`` is the sentence that precedes it: a claim may be on a body that only that one names.
    """

    sentence: Sentence
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    before: Line | None = None

    def window(self, reader: WindowReader, random: Random | None = None, blur: float = 0.0) -> Window:
        """Make what the model reads; with ``random``, a share ``blur`` of the bodies without their type."""
        before, mentions = self.before, self.mentions
        if random is not None:
            mentions = _blur(mentions, random, blur)
            before = before and (before[0], _blur(before[1], random, blur))
        return reader.read(self.sentence, mentions, before)


def _blur(mentions: Sequence[Mention], random: Random, share: float) -> tuple[Mention, ...]:
    return tuple(
        replace(m, type="Organisation") if m.kind != "other" and random.random() < share else m
        for m in mentions
    )


def read_passages(folder: Path = PASSAGES) -> Iterator[tuple[str, str, list[Claim]]]:
    """Yield the file (below the folder), marked text and claims of each passage; the cases of tests last.

    Raises:
        ValueError: a line has no two columns, or a claim not four words.
    """
    for path in [*sorted(folder.rglob("*.tsv")), CASES / "relations.tsv"]:
        name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            try:
                text, claims, *_ = line.split("\t")
                yield name, text, [] if claims == "-" else [_claim(c) for c in claims.split(";")]
            except ValueError as problem:
                raise ValueError(f"{name} line {number}: {problem}") from problem


def _claim(text: str) -> Claim:
    subject, predicate, target, status = text.split()
    return subject, predicate, target, status


@dataclass(frozen=True)
class Passage:
    """An annotated passage: its file, marked text and claims, and whether it is kept from training."""

    name: str
    text: str
    claims: Sequence[Claim]
    held: bool

    @property
    def modelled(self) -> bool:
        """Say whether it is made after a real text."""
        return self.name.startswith((MODELLED, HELD, MINIATURES))

    @property
    def unseen(self) -> bool:
        """Say whether the model does not learn from it."""
        return self.held or self.name.endswith(SPARED)


def number_passages(folder: Path = PASSAGES) -> Iterator[Passage]:
    """Yield all passages, saying which are held out."""
    numbers: Counter[str] = Counter()
    for name, text, claims in read_passages(folder):
        numbers[name] += 1
        yield Passage(name, text, claims, name.startswith(HELD) or numbers[name] % HELD_OUT == 0)


def load_examples(folder: Path = PASSAGES) -> tuple[list[Example], list[Example]]:
    """Return the sentences to learn from and those held out; those of miniatures count several times."""
    learnt: list[Example] = []
    held: list[Example] = []
    for passage in number_passages(folder):
        examples = split_passage(read_marked(passage.text), passage.claims)
        times = REPEATED if passage.name.startswith(MINIATURES) else 1
        (held if passage.unseen else learnt).extend(examples * (1 if passage.unseen else times))
    return learnt, held


def split_passage(marked: Marked, claims: Sequence[Claim]) -> list[Example]:
    """Give each sentence its claims.

    A claim goes to every sentence that names both its bodies; where none does, to the first that names one
    while the sentence before names the other. Where these are farther apart, it goes to the later of them,
    and the other body is implied there ("It will merge with ...").
    """
    lines = [
        (s, tuple(m for m in marked.mentions if s.start <= m.start and m.end <= s.end))
        for s in marked.sentences
    ]
    named = [{IMPLIED, *(m.entity for m in mentions)} for _, mentions in lines]
    found: list[list[Claim]] = [[] for _ in lines]
    for subject, predicate, target, status in claims:
        for number, one, two in _place(named, subject, target):
            found[number].append((one, predicate, two, status))
    return [
        Example(sentence, mentions, tuple(_both_ways(found[n])), lines[n - 1] if n else None)
        for n, (sentence, mentions) in enumerate(lines)
        if any(m.type not in OTHER_TYPES for m in mentions)
    ]


def _place(named: Sequence[set[str]], subject: str, target: str) -> list[tuple[int, str, str]]:
    """Return the numbers of the sentences that a claim goes to, with its two ends there."""
    both = [n for n, ids in enumerate(named) if subject in ids and target in ids]
    if both:
        return [(n, subject, target) for n in both]
    for n, (earlier, ids) in enumerate(pairwise(named), 1):
        if (subject in earlier and target in ids) or (target in earlier and subject in ids):
            return [(n, subject, target)]
    one = next((n for n, ids in enumerate(named) if subject in ids), -1)
    two = next((n for n, ids in enumerate(named) if target in ids), -1)
    if min(one, two) < 0:
        return []
    return [(two, IMPLIED, target)] if one < two else [(one, subject, IMPLIED)]


def _both_ways(claims: Sequence[Claim]) -> Iterator[Claim]:
    for subject, predicate, target, status in dict.fromkeys(claims):
        yield subject, predicate, target, status
        if predicate in SYMMETRIC:
            yield target, predicate, subject, status
