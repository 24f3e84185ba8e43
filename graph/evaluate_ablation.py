"""Leave one part of extraction out at a time, and score what is left: what is each part worth?

A part is left out by what stands in its place: an empty table among the resources, a model that stays silent,
a step without its findings. What else runs is the same, so that parts which make up for one another both look
cheap: the losses do not add up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from graph.evaluate import Scores, align_columns, evaluate_extractions
from graph.extract import Resources, extract_document
from graph.extractors.antecedents import Antecedents, Gap
from graph.extractors.discourse import Discourse, follow_discourse
from graph.extractors.frames import Frame, Frames
from graph.extractors.lexicon import load_lexicon
from graph.extractors.opinions import Weights
from graph.extractors.organisations import find_organisations
from graph.extractors.relation_model import Judgement, RelationModel
from graph.extractors.status import StatusCues
from graph.extractors.windows import Line, Window, WindowReader
from graph.extractors.wordpieces import WordPieces
from graph.names import make_variants
from graph.records import Document, Mention, Relation, Sentence
from graph.register import Register

WHOLE = "nothing"
"""Names the row in which nothing is left out."""
_ONLY_FRAME: Weights = 0.0, 1.0, 0.0
_NEVER: Weights = -99.0, 0.0, 0.0


@dataclass(frozen=True, slots=True)
class Ablation:
    """The scores without one part: ``left_out`` is a key of ``PARTS``, or ``WHOLE``."""

    left_out: str
    scores: Scores


class _SilentModel(RelationModel):
    """Sees no relation anywhere."""

    def judge(self, window: Window) -> Iterator[Judgement]:
        """Yield nothing."""
        return iter(())


class _AloneReader(WindowReader):
    """Reads each sentence as if it were the first."""

    def read(self, sentence: Sentence, mentions: Sequence[Mention], before: Line | None = None) -> Window:
        """Make the window of the sentence alone."""
        return super().read(sentence, mentions)


class _AloneModel(RelationModel):
    """Is never shown the sentence before."""

    @property
    def reader(self) -> WindowReader:
        """Return a reader that knows one sentence at a time."""
        return _AloneReader(WordPieces(self._facts["pieces"]))


class _NoAntecedents(Antecedents):
    """Cannot tell any candidate from another, and so names none."""

    def rank(self, gap: Gap, discourse: Discourse) -> list[tuple[float, str]]:
        """Return nobody."""
        return []


def _leave_out_model(whole: Resources) -> Resources:
    """Believe each frame as far as it was right by itself: the weights for both count the model's silence."""
    judges = replace(whole.judges, model=_SilentModel(), screener=None)
    return replace(whole, judges=judges, opinions=replace(whole.opinions, both=_ONLY_FRAME))


def _leave_out_weights(whole: Resources) -> Resources:
    """Believe all frames alike, and all predicates of the model."""
    said = whole.opinions.predicates
    mean = sum(said.values()) / len(said)
    return replace(whole, opinions=replace(whole.opinions, frames={}, predicates=dict.fromkeys(said, mean)))


def _leave_out_implied(whole: Resources) -> Resources:
    judges = replace(whole.judges, opinions=replace(whole.judges.opinions, implied=_NEVER))
    return replace(whole, judges=judges)


def _change_frames(whole: Resources, change: Callable[[Frame], Frame | None]) -> Frames:
    frames = whole.frames
    triggers = [(trigger, change(trigger.frame)) for trigger in frames.triggers]
    kept = tuple(frame for frame in map(change, frames.frames) if frame)
    numbers = {word: tuple(i for i in found if triggers[i][1]) for word, found in frames.by_word.items()}
    stems = tuple((stem, i) for stem, i in frames.stems if triggers[i][1])
    changed = tuple(replace(trigger, frame=frame or trigger.frame) for trigger, frame in triggers)
    return replace(frames, frames=kept, triggers=changed, by_word=numbers, stems=stems)


def _leave_out_frames(whole: Resources) -> Resources:
    return replace(whole, frames=replace(_change_frames(whole, lambda frame: None), expected=()))


def _leave_out_guesses(whole: Resources) -> Resources:
    """Fill no slot with what stands near, does such things elsewhere or is the topic."""
    return replace(
        whole,
        frames=_change_frames(whole, lambda f: replace(f, loose=False, agentless="", implicit=False)),
    )


def _leave_out_status(whole: Resources) -> Resources:
    never = {field.name: re.compile(r"(?!)") for field in fields(StatusCues)}
    return replace(whole, frames=replace(whole.frames, cues=StatusCues(**never)))


def _leave_out_register(whole: Resources) -> Resources:
    nobody = Register({}, make_variants({}, {}))
    return replace(whole, register=nobody, lexicon=load_lexicon(nobody))


def _blank_discourse(*said: Any) -> Discourse:
    """Know the entities and where they are named, and nothing of who speaks, governs or is listed under."""
    known = follow_discourse(*said)
    nobody = ("",) * len(known.we)
    none = ((),) * len(known.we)
    return replace(
        known, government="", author="", we=nobody, carried=none, promised=(False,) * len(nobody), posts={},
        people=none,
    )  # fmt: skip


def _no_relations(*_: Any) -> list[Relation]:
    return []


def _step(**steps: Any) -> Callable[[Resources], Resources]:
    return lambda whole: replace(whole, steps=replace(whole.steps, **steps))


def _without_mentions(*found_by: str) -> Callable[[Resources], Resources]:
    """Drop the mentions that were found by rules whose names begin so."""

    def find(*given: Any, **further: Any) -> list[Mention]:
        return [m for m in find_organisations(*given, **further) if not m.found_by.startswith(found_by)]

    return _step(bodies=find)


PARTS: Mapping[str, Callable[[Resources], Resources]] = {
    "relation model": _leave_out_model,
    "screening of windows": lambda w: replace(w, judges=replace(w.judges, screener=None)),
    "sentence before": lambda w: replace(w, judges=replace(w.judges, model=_AloneModel())),
    "implied bodies of the model": _leave_out_implied,
    "ranking of antecedents": lambda w: replace(
        w, judges=replace(w.judges, antecedents=_NoAntecedents({}, {}))
    ),
    "frames": _leave_out_frames,
    "loose and implied readings of frames": _leave_out_guesses,
    "expectations": lambda w: replace(w, frames=replace(w.frames, expected=())),
    "precedence of predicates": lambda w: replace(w, frames=replace(w.frames, beats={})),
    "status words": _leave_out_status,
    "how reliable each frame is": _leave_out_weights,
    "rules for posts, publications, areas": _step(ruled=_no_relations),
    "who speaks, governs, is listed under": _step(discourse=_blank_discourse),
    "the register": _leave_out_register,
    "names by their last word": _without_mentions("name by head", "shared head"),
    "classes of bodies": _without_mentions("collective ", "sector ", "class by head", "generic "),
    "definite descriptions": _without_mentions("definite description"),
    "short and repeated names": _without_mentions("short name", "repeated name"),
    "acronyms introduced": _without_mentions("introduced acronym"),
}
"""What may be left out, in the words of the table: each a function from the whole to the rest."""


def measure_ablations(documents: Sequence[Document], gold: Path, whole: Resources) -> Iterator[Ablation]:
    """Yield the scores of the whole, then those without each of ``PARTS``.

    Each is an extraction of all documents: minutes where one takes ten seconds.

    Args:
        documents: as read.
        gold: a folder of gold files; documents are matched by file name.
        whole: as loaded.

    Raises:
        GoldError: the folder or a file of it cannot be used.
    """
    for name, reduce in {WHOLE: lambda w: w, **PARTS}.items():
        rest = reduce(whole)
        yield Ablation(name, evaluate_extractions((extract_document(d, rest) for d in documents), gold))


def render_ablations(ablations: Sequence[Ablation]) -> str:
    """Return the scores as lines of text, those of the whole first, with how much F1 of relations is lost."""
    head = (
        "left out",
        "mentions P",
        "R",
        "F1",
        "entities F1",
        "relations P",
        "R",
        "F1",
        "change",
        "false facts",
    )
    rows: list[tuple[str, ...]] = [head]
    for ablation in ablations:
        scores = ablation.scores
        mentions, relations = scores.figures["mentions"], scores.figures["relations"]
        change = relations.f1 - ablations[0].scores.figures["relations"].f1
        shares = (
            mentions.precision, mentions.recall, mentions.f1, scores.figures["entities"].f1,
            relations.precision, relations.recall, relations.f1,
        )  # fmt: skip
        shown = [f"{share:.3f}" for share in shares]
        rows.append((ablation.left_out, *shown, f"{change:+.3f}", f"{scores.false_facts:.3f}"))
    return "".join(f"{line}\n" for line in align_columns(rows))
