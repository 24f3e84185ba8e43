"""Rank the bodies that a claim may be on whose sentence leaves one of its two bodies unnamed.

Each candidate is described by how it stood in the text before: just named, the first of its sentence, in the
heading, often named near by; and by how often bodies of its type are what the predicate asks for. What these
are worth is learnt by ``training/antecedents.py`` (a conditional logit, McFadden 1974).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.extractors.discourse import Discourse
from graph.extractors.model_files import reading
from graph.extractors.relation_model import fits
from graph.paths import MODELS
from graph.records import Sentence
from graph.vocabulary import SYMMETRIC

REACH = 12
"""Sentences back within which a body may still be meant."""
_THIRD = re.compile(r"\b(?:it|its|they|their|them)\b", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:he|she|his|her)\b", re.IGNORECASE)
FEATURES = (
    "type last_sentence last_sentence_first two_back three_to_five farther last_named_first pronoun "
    "pronoun_first often heading person he class"
).split()


@dataclass(frozen=True, slots=True)
class Gap:
    """A claim one of whose two bodies its sentence does not name.

    Attributes:
        predicate: of the claim.
        subject: whether its subject is missing, or its object.
        other: entity id of the end that is named.
        named: entity ids of all that the sentence names.
        sentence: that makes the claim.
    """

    predicate: str
    subject: bool
    other: str
    named: frozenset[str]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Antecedents:
    """What makes a candidate likely.

    Attributes:
        weights: of ``FEATURES``.
        types: "predicate end" to the log of how much commoner each type is there than elsewhere.
    """

    weights: Mapping[str, float]
    types: Mapping[str, Mapping[str, float]]

    def rank(self, gap: Gap, discourse: Discourse) -> list[tuple[float, str]]:
        """Return the candidates with the chance of each, in 0..1, the likeliest first."""
        scores = {
            candidate: math.fsum(self.weights[name] * value for name, value in features.items())
            for candidate, features in self.describe(gap, discourse)
        }
        top = max(scores.values(), default=0.0)
        total = math.fsum(math.exp(score - top) for score in scores.values())
        return sorted(
            ((math.exp(score - top) / total, candidate) for candidate, score in scores.items()),
            key=lambda found: (-found[0], found[1]),
        )

    def describe(self, gap: Gap, discourse: Discourse) -> Iterator[tuple[str, dict[str, float]]]:
        """Yield each candidate with its features."""
        near = _Nearby(gap, discourse)
        types = self.types.get(end_of(gap.predicate, subject=gap.subject), {})
        for candidate in near.candidates():
            yield candidate, near.describe(candidate, types)


def end_of(predicate: str, *, subject: bool) -> str:
    """Name one end of a relation; the two ends of a symmetric one are one.

    >>> end_of("funds", subject=False), end_of("worksWith", subject=False)
    ('funds object', 'worksWith subject')
    """
    return f"{predicate} {'subject' if subject or predicate in SYMMETRIC else 'object'}"


class _Nearby:
    """What a document says before a sentence."""

    def __init__(self, gap: Gap, discourse: Discourse) -> None:
        self._gap, self._discourse = gap, discourse
        self._index = index = gap.sentence.index
        view = gap.sentence.view
        self._spoken = discourse.spoken[max(0, index - REACH) : index]
        self._last = next((ids for ids in reversed(self._spoken) if ids), ())
        self._third = bool(_THIRD.search(view))
        self._he = bool(_PERSON.search(view))
        around = discourse.spoken[max(0, index - REACH) : index + REACH // 2]
        self._counts: dict[str, int] = {}
        for ids in around:
            for identifier in ids:
                self._counts[identifier] = self._counts.get(identifier, 0) + 1

    def candidates(self) -> list[str]:
        """Return the ids of whatever may be meant, the nearest first."""
        discourse, index = self._discourse, self._index
        ids = [identifier for named in reversed(self._spoken) for identifier in named]
        ids += [*discourse.people[index], *discourse.headed[index]]
        return [i for i in dict.fromkeys(ids) if i and i not in self._gap.named and self._can_be(i)]

    def _can_be(self, candidate: str) -> bool:
        entities, gap = self._discourse.entities, self._gap
        if candidate not in entities or gap.other not in entities:
            return False
        ends = entities[candidate].type, entities[gap.other].type
        return fits(gap.predicate, *(ends if gap.subject else ends[::-1]))

    def describe(self, candidate: str, types: Mapping[str, float]) -> dict[str, float]:
        """Return the features of a candidate."""
        entity = self._discourse.entities[candidate]
        away = next((n for n, ids in enumerate(reversed(self._spoken), 1) if candidate in ids), 0)
        previous = self._spoken[-1] if self._spoken else ()
        begins = previous[:1] == (candidate,)
        first = self._last[:1] == (candidate,)
        person = entity.type == "Person" and candidate in self._discourse.people[self._index]
        values = (
            types.get(entity.type, types.get("", 0.0)),
            away == 1,
            begins,
            away == 2,
            3 <= away <= 5,
            not 0 < away <= 5,
            first,
            self._third and 0 < away <= 2,
            self._third and first,
            math.log(1 + self._counts.get(candidate, 0)),
            candidate in self._discourse.headed[self._index],
            person,
            person and self._he,
            entity.kind == "collective",
        )
        return dict(zip(FEATURES, map(float, values), strict=True))


def load_antecedents(folder: Path = MODELS) -> Antecedents:
    """Read ``models/antecedents.json``.

    Raises:
        OntologyError: the file is absent or not what it should be.
    """
    path = folder / "antecedents.json"
    with reading(path):
        facts = json.loads(path.read_text(encoding="utf-8"))
        weights = {name: float(facts["weights"][name]) for name in FEATURES}
        types = {end: {t: float(v) for t, v in table.items()} for end, table in dict(facts["types"]).items()}
        return Antecedents(weights, types)
