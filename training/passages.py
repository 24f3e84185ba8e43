"""Read the annotated passages that the relation model learns from: ``passages/*.tsv``.

One passage a line: text marked as in ``tests/cases/relations.tsv``, a tab, what it claims (``-``: nothing).
``@`` in a claim is a body that the passage leaves unnamed: the government behind a passive, who says "we".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from graph.extractors.windows import IMPLIED, Window, WindowReader
from graph.records import Mention, Sentence
from graph.vocabulary import OTHER_TYPES, SYMMETRIC
from tests.relation_reading import CASES, Marked, read_marked

PASSAGES = Path(__file__).parent / "passages"
MODELLED, HELD = "modelled/", "held/"
"""Folders of passages made sentence by sentence after real texts: claims are as dense and as clear there as
in documents. The other passages come from imagination, and are denser and clearer. Nothing is learnt from
those in ``held/``.
"""
HELD_OUT = 10
"""Each tenth passage of a file is kept from training as well, to measure on."""
Claim = tuple[str, str, str, str]
"""Subject, predicate, object, status."""


@dataclass(frozen=True)
class Example:
    """A sentence of a passage, with its mentions and what it claims; symmetric claims in both directions."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]

    def window(self, reader: WindowReader, random: Random | None = None, blur: float = 0.0) -> Window:
        """Make what the model reads; with ``random``, a share ``blur`` of the bodies without their type."""
        mentions = self.mentions
        if random is not None:
            mentions = tuple(
                replace(m, type="Organisation") if m.kind != "other" and random.random() < blur else m
                for m in mentions
            )
        return reader.read(self.sentence, mentions)


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
        return self.name.startswith((MODELLED, HELD))


def number_passages(folder: Path = PASSAGES) -> Iterator[Passage]:
    """Yield all passages, saying which are held out."""
    numbers: Counter[str] = Counter()
    for name, text, claims in read_passages(folder):
        numbers[name] += 1
        yield Passage(name, text, claims, name.startswith(HELD) or numbers[name] % HELD_OUT == 0)


def load_examples(folder: Path = PASSAGES) -> tuple[list[Example], list[Example]]:
    """Return the sentences to learn from and those held out."""
    learnt: list[Example] = []
    held: list[Example] = []
    for passage in number_passages(folder):
        (held if passage.held else learnt).extend(split_passage(read_marked(passage.text), passage.claims))
    return learnt, held


def split_passage(marked: Marked, claims: Sequence[Claim]) -> list[Example]:
    """Give each sentence its claims.

    A claim goes to every sentence that names both its bodies. Where none does, it goes to the later of the
    two sentences that name one of them, and the other is implied there ("It will merge with ...").
    """
    inside = [
        tuple(m for m in marked.mentions if s.start <= m.start and m.end <= s.end) for s in marked.sentences
    ]
    named = [{IMPLIED, *(m.entity for m in mentions)} for mentions in inside]
    found: list[list[Claim]] = [[] for _ in marked.sentences]
    for subject, predicate, target, status in claims:
        both = [n for n, ids in enumerate(named) if subject in ids and target in ids]
        for number in both:
            found[number].append((subject, predicate, target, status))
        one = next((n for n, ids in enumerate(named) if subject in ids), -1)
        two = next((n for n, ids in enumerate(named) if target in ids), -1)
        if not both and min(one, two) >= 0:
            subject, target = (IMPLIED, target) if one < two else (subject, IMPLIED)
            found[max(one, two)].append((subject, predicate, target, status))
    return [
        Example(sentence, mentions, tuple(_both_ways(claims)))
        for sentence, mentions, claims in zip(marked.sentences, inside, found, strict=True)
        if any(m.type not in OTHER_TYPES for m in mentions)
    ]


def _both_ways(claims: Sequence[Claim]) -> Iterator[Claim]:
    for subject, predicate, target, status in dict.fromkeys(claims):
        yield subject, predicate, target, status
        if predicate in SYMMETRIC:
            yield target, predicate, subject, status
