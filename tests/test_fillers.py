"""Which entities stand as subject and object of a matched frame."""

from __future__ import annotations

import pytest

from graph.extractors.fillers import IMPLICIT_DISCOUNT, PRONOUN_DISCOUNT, Match, Pair, SlotFiller
from graph.extractors.frames import Frame
from graph.vocabulary import ORGANISATION_TYPES, PREDICATES, SYMMETRIC
from tests.relation_reading import Marked, read_marked

L = "{L|LocalAuthority|Halverton Council}"
T = "{T|NHSTrust|Pellbridge NHS Trust}"
C = "{C|Charity|Tarnholt Mind}"
V = "{V|Charity+|local charities}"
G = "{G|Government|the government}"
A = "{A|Person|Ann Example}"
BODIES = frozenset(ORGANISATION_TYPES)


def frame(*places: str, predicate: str = "funds", **options: object) -> Frame:
    """Make a frame for bodies whose places are written "left > with" or "left &"."""
    pairs = tuple((p[:-2], "&") if p.endswith("&") else tuple(p.split(" > ")) for p in places)
    return Frame("test", predicate, pairs, BODIES, BODIES, **options)  # type: ignore[arg-type]


def match(marked: Marked, trigger: str, of: Frame) -> Match:
    [chunks] = [chunks for chunks in marked.chunks() if trigger in chunks.words]
    at = chunks.words.index(trigger)
    return Match(of, chunks, at, at + 1, {})


def fill(text: str, trigger: str, of: Frame, **posts: str) -> list[tuple[str, str, float]]:
    marked = read_marked(text)
    pairs = SlotFiller(marked.discourse(**posts)).fill(match(marked, trigger, of))
    return [(pair.subject, pair.object, pair.weight) for pair in pairs]


@pytest.mark.parametrize(
    ("text", "trigger", "places", "expected"),
    [
        (f"{L} funds {T}.", "funds", ["left > right"], [("L", "T", 1.0)]),
        (f"{L} and {C} fund {T}.", "fund", ["left > right"], [("L", "T", 1.0), ("C", "T", 1.0)]),
        (f"{L} funds {T} and {C}.", "funds", ["left > right"], [("L", "T", 1.0), ("L", "C", 1.0)]),
        (f"{L} pays for {T}.", "pays", ["left > right", "left > for"], [("L", "T", 1.0)]),
        (f"{T} is paid by {L}.", "paid", ["by > left"], [("L", "T", 1.0)]),
        (f"{L} was funded with {T}.", "funded", ["left > with"], []),
        (f"{L} funds homes.", "funds", ["left > right"], []),
        (f"{L} funds {L}.", "funds", ["left > right"], []),
        (f"{L} met. It funds {T}.", "funds", ["left > right"], [("L", "T", PRONOUN_DISCOUNT)]),
        (f"{G} met. New funds for {T}.", "funds", ["government > for"], [("G", "T", IMPLICIT_DISCOUNT)]),
        (f"{L} and {T} agree.", "agree", ["left &"], [("L", "T", 1.0)]),
        (
            f"{L}, {T} and {C} agree.",
            "agree",
            ["left &"],
            [("L", "T", 1.0), ("L", "C", 1.0), ("T", "C", 1.0)],
        ),
        (f"Deals between {L} in town and {T}.", "deals", ["between &"], [("L", "T", 1.0)]),
        (f"{L} agrees.", "agrees", ["left &"], []),
    ],
)
def test_slots_are_filled(
    text: str, trigger: str, places: list[str], expected: list[tuple[str, str, float]]
) -> None:
    assert fill(text, trigger, frame(*places)) == expected


def test_who_speaks_for_a_body_makes_its_call() -> None:
    calls = Frame("test", "recommendsTo", (("left", "right"),), frozenset({"Person"}), frozenset({"Charity"}))
    text = f"{{D|Person|Ann Example}} urged {C} to act."
    assert fill(text, "urged", calls) == [("D", "C", 1.0)]
    assert fill(text, "urged", calls, D="L") == [("L", "C", 1.0)]


def test_types_are_kept_to() -> None:
    only = Frame("test", "funds", (("left", "right"),), frozenset({"LocalAuthority"}), frozenset({"Charity"}))
    assert fill(f"{L} and {T} fund {C}.", "fund", only) == [("L", "C", 1.0)]
    assert fill(f"{L} funds {T} and {C}.", "funds", only) == [("L", "C", 1.0)]
    assert fill(f"{C} funds {L}.", "funds", only) == []


def test_person_stands_for_the_body_that_they_speak_for() -> None:
    text = f"{A} funds {T}. {L} paid."
    assert fill(text, "funds", frame("left > right"), A="L") == [("L", "T", 1.0)]
    assert fill(text, "funds", frame("left > right")) == []


def test_class_of_bodies_may_merge_with_itself_only_where_the_frame_says_so() -> None:
    text = f"{V} merged."
    assert fill(text, "merged", frame("left &", predicate="mergesWith", reflexive=True)) == [("V", "V", 1.0)]
    assert fill(text, "merged", frame("left &", predicate="mergesWith")) == []
    assert fill(f"{L} merged.", "merged", frame("left &", predicate="mergesWith", reflexive=True)) == []


def test_loose_frame_takes_the_nearest_bodies_for_less() -> None:
    text = f"Money of {L} in town funds homes near {T}."
    assert fill(text, "funds", frame("left > with")) == []
    [(subject, target, weight)] = fill(text, "funds", frame("left > with", loose=True))
    assert (subject, target) == ("L", "T")
    assert 0 < weight < PRONOUN_DISCOUNT


def test_object_without_a_subject_waits_for_an_agent() -> None:
    marked = read_marked(f"Homes closed. Nobody closed {T}. {L} paid.")
    of = frame("none > right", agentless="actor", predicate="reorganises")
    [second] = [c for c in marked.chunks() if "nobody" in c.words]
    at = second.words.index("closed")
    filler = SlotFiller(marked.discourse())
    assert filler.fill(Match(of, second, at, at + 1, {})) == []
    [(waiting, objects)] = filler.agentless
    assert objects.entities == ("T",)
    assert list(filler.supply(waiting, "L", objects)) == [Pair("L", "T", IMPLICIT_DISCOUNT, " (agent)")]
    assert list(filler.supply(waiting, "T", objects)) == []


def test_introduction_of_a_list_is_its_subject() -> None:
    text = f"{L} will:\\n- fund {T}\\n- build homes"
    assert fill(text, "fund", frame("left > right")) == [("L", "T", PRONOUN_DISCOUNT)]


@pytest.mark.parametrize("predicate", PREDICATES)
def test_passive_verb_has_no_subject_on_its_left_unless_the_relation_goes_both_ways(predicate: str) -> None:
    found = fill(f"{L} was joined with {T}.", "joined", frame("left > with", predicate=predicate))
    assert bool(found) is (predicate in SYMMETRIC)


def test_a_long_list_does_something_together_and_not_two_by_two() -> None:
    joint = frame("left &", predicate="worksWith")
    three = f"{L}, {T} and {C} work together."
    assert len(fill(three, "work", joint)) == 3
    assert fill(f"{L}, {T}, {V} and {C} work together.", "work", joint) == []
