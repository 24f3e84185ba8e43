"""Load the frames: how each relation is worded, from ``ontology/frames.toml``.

A frame is data: a predicate, triggers in a small language of words, and where its subject and
object stand around the trigger. The language is described at the top of the file itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import OntologyError
from graph.extractors.entries import WRONG, check_kinds, read_texts, reading_entry
from graph.extractors.status import StatusCues, compile_cues
from graph.extractors.triggers import TriggerCompiler, Wording
from graph.paths import ONTOLOGY
from graph.vocabulary import ORGANISATION_TYPES, OTHER_TYPES, PREDICATES, STATUSES

FRAMES = ONTOLOGY / "frames.toml"
MOST_WORDS = 100_000
"""Words of texts of which it is kept which triggers they can start."""
_AGENTLESS = ("", "actor", "government")
_KINDS = {
    bool: "event reflexive implicit loose",
    str: "id predicate subject object words status agentless",
    float: "confidence",
    int: "most",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """One way, or family of ways, of wording a relation.

    Attributes:
        id: named in ``cg:foundBy`` of what it finds.
        predicate: local name of the property.
        places: where the arguments stand: ``("left", "with")``, or ``("left", "&")`` for a joint group.
        subjects: types that may be the subject.
        objects: types that may be the object.
        event: whether the trigger is a noun for something that happens.
        status: a status that the wording itself fixes, or empty.
        confidence: in 0..1, for a clear match with both arguments named.
        reflexive: whether a plural group may stand in the relation with itself ("PCTs merged").
        agentless: what fills a missing subject: ``actor``, the body that does such things elsewhere in the
            document; ``government``, that body or else the government; empty, nothing.
        implicit: whether the pair that the document is about fills missing arguments.
        loose: whether the nearest fitting groups of the clause fill slots that no place fills.
        most: for an expectation of two bodies that are not coordinated, the bodies in a sentence up to which
            it holds; 0 for the limit of all expectations.
        words: for one with such a limit, words of which the sentence must hold one.
    """

    id: str
    predicate: str
    places: tuple[tuple[str, str], ...]
    subjects: frozenset[str]
    objects: frozenset[str]
    event: bool = False
    status: str = ""
    confidence: float = 0.7
    reflexive: bool = False
    agentless: str = ""
    implicit: bool = False
    loose: bool = False
    most: int = 0
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Trigger:
    """A compiled trigger and the frame that it starts."""

    wording: Wording
    frame: Frame


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames, indexed by the words that can start them.

    Attributes:
        frames: all that have triggers, in file order.
        triggers: in file order.
        cues: of status.
        by_word: word to the numbers of the triggers that it can start; grows with the words met, to a bound.
        stems: the same for stems.
        bare_words: words of the frames whose arguments may be implied.
        expected: what the types of two bodies in one sentence let expect, without any wording.
        beats: predicate to the predicates that give way to it between the same two bodies in a sentence.
    """

    frames: tuple[Frame, ...]
    triggers: tuple[Trigger, ...]
    cues: StatusCues
    by_word: dict[str, tuple[int, ...]]
    stems: tuple[tuple[str, int], ...]
    bare_words: frozenset[str]
    beats: Mapping[str, frozenset[str]]
    expected: tuple[Frame, ...]

    def triggers_of(self, words: Collection[str], usable: Set[str] | None = None) -> list[Trigger]:
        """Return the triggers that the words of a sentence make possible, in file order.

        Args:
            words: of the sentence, lower case.
            usable: ids of the frames that the document has bodies for; all by default.
        """
        present = frozenset(words)
        found: set[int] = set()
        for word in present:
            known = self.by_word.get(word)
            if known is None:
                known = tuple(i for stem, i in self.stems if word.startswith(stem))
                if len(self.by_word) < MOST_WORDS:
                    self.by_word[word] = known
            found.update(known)
        triggers = [self.triggers[i] for i in sorted(found)]
        return [t for t in triggers if (usable is None or t.frame.id in usable) and t.wording.fits(present)]


def load_frames(path: Path = FRAMES) -> Frames:
    """Load and compile a frames file.

    Raises:
        OntologyError: if the file is missing or a frame in it is wrong.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise OntologyError(str(path), f"cannot be read as TOML: {error}") from error
    try:
        verbs = {verb: tuple(forms.split()) for verb, forms in table["irregular"].items()}
        compiler = TriggerCompiler(verbs, table["words"])
        triggers = [t for entry in table["frame"] for t in _triggers_of(entry, table["types"], compiler)]
        cues = compile_cues(table["status"])
        expected = tuple(_expected_of(entry, table["types"]) for entry in table["expect"])
        beats = {winner: frozenset(losers.split()) for winner, losers in table["precedence"].items()}
    except WRONG as error:
        raise OntologyError(str(path), f"{error}", "see the comment at the top of the file") from error
    bare = frozenset(a for t in triggers if t.frame.implicit for a in t.wording.anchors)
    frames = tuple({t.frame.id: t.frame for t in triggers}.values())
    return Frames(frames, tuple(triggers), cues, *_index(triggers), bare, beats, expected)


def _triggers_of(
    entry: Mapping[str, Any], types: Mapping[str, str], compiler: TriggerCompiler
) -> Iterable[Trigger]:
    with reading_entry(f"frame {entry.get('id')}"):
        frame = _frame_of(entry, types)
        return [Trigger(compiler.compile(trigger), frame) for trigger in read_texts(entry, "triggers")]


def _expected_of(entry: Mapping[str, Any], types: Mapping[str, str]) -> Frame:
    with reading_entry(f"expect {entry.get('id')}"):
        return _frame_of(entry, types)


def _frame_of(entry: Mapping[str, Any], types: Mapping[str, str]) -> Frame:
    check_kinds(entry, _KINDS)
    if entry.get("status", "") not in ("", *STATUSES):
        raise ValueError(f"no status {entry['status']!r}; choose from {', '.join(STATUSES)}")
    if entry.get("agentless", "") not in _AGENTLESS:
        raise ValueError(f"agentless has to be one of {', '.join(_AGENTLESS)}")
    if entry["predicate"] not in PREDICATES:
        raise ValueError(
            f"frame {entry['id']}: no predicate {entry['predicate']}; choose from {', '.join(PREDICATES)}"
        )
    if not 0 <= entry.get("confidence", 1) <= 1 or entry.get("most", 0) < 0:
        raise ValueError("confidence has to be from 0 to 1, and most from 0")
    options = {
        k: entry[k]
        for k in ("event", "status", "confidence", "reflexive", "agentless", "implicit", "loose", "most")
        if k in entry
    }
    return Frame(
        id=entry["id"],
        predicate=entry["predicate"],
        places=tuple(_place(text) for text in read_texts(entry, "places")),
        subjects=_type_set(entry.get("subject", "body"), types),
        objects=_type_set(entry.get("object", "body"), types),
        words=frozenset(entry.get("words", "").split()),
        **options,
    )


def _place(text: str) -> tuple[str, str]:
    """Read "left > with" or "between &"."""
    if text.endswith("&"):
        return text[:-1].strip(), "&"
    subject, arrow, place = text.partition(">")
    if not arrow:
        raise ValueError(f"place {text!r}: write 'SUBJECT > OBJECT' or 'PLACE &'")
    return subject.strip(), place.strip()


def _type_set(names: str, types: Mapping[str, str]) -> frozenset[str]:
    """Expand names of type sets and types; ``body`` is every organisation, ``-X`` takes X away."""
    found: set[str] = set()
    for name in names.split():
        bare = name.lstrip("-")
        if bare == "body":
            expanded = set(ORGANISATION_TYPES)
        elif bare in types:
            expanded = set(_type_set(types[bare], types))
        elif bare in ORGANISATION_TYPES or bare in OTHER_TYPES:
            expanded = {bare}
        else:
            raise ValueError(f"no type or set of types {bare!r}")
        found = found - expanded if name.startswith("-") else found | expanded
    return frozenset(found)


def _index(triggers: list[Trigger]) -> tuple[dict[str, tuple[int, ...]], tuple[tuple[str, int], ...]]:
    words: dict[str, list[int]] = {}
    stems: list[tuple[str, int]] = []
    for number, trigger in enumerate(triggers):
        for anchor in trigger.wording.anchors:
            if anchor.endswith("*"):
                stems.append((anchor[:-1], number))
            else:
                words.setdefault(anchor, []).append(number)
    for word, numbers in words.items():
        numbers.extend(i for stem, i in stems if word.startswith(stem))
    return {word: tuple(numbers) for word, numbers in words.items()}, tuple(stems)
