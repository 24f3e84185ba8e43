"""The trigger language: what each token matches, and by which words a trigger is looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.triggers import TriggerCompiler
from tests.relation_reading import load_relation_cases, read_marked, shipped_frames

COMPILER = TriggerCompiler(
    {"give": ("give", "gives", "gave", "given", "giving")},
    {"money": "funds grant", "giveverbs": "give award"},
)


def finds(trigger: str, text: str) -> bool:
    return bool(COMPILER.compile(trigger).pattern.search(f" {text} "))


@pytest.mark.parametrize(
    ("trigger", "found", "missed"),
    [
        (
            "pooled budget",
            ["a pooled budget now"],
            ["pooled the budget", "unpooled budget", "pooled budgets"],
        ),
        ("pooled budget|budgets", ["pooled budget", "pooled budgets"], ["pooled fund"]),
        ("joint old? team", ["joint team", "joint old team"], ["joint new team"]),
        ("integrat*", ["integrate", "integration", "integrat"], ["disintegrate", "integer"]),
        ("part:give by", ["given by"], ["gave by", "gives by"]),
        ("verb:give", ["give", "gives", "gave", "given", "giving"], ["gift", "forgive"]),
        ("ing:give", ["giving"], ["gave"]),
        ("base:fund", ["fund", "funds"], ["funded", "funding"]),
        ("verb:fund", ["fund", "funds", "funded", "funding"], ["funder"]),
        ("verb:merge", ["merge", "merges", "merged", "merging"], ["merger"]),
        ("verb:tally", ["tally", "tallies", "tallied", "tallying"], ["tall"]),
        ("verb:press", ["presses"], ["presss"]),
        ("verb:@giveverbs", ["gave", "awarded"], ["gift"]),
        ("gave .. @money", ["gave funds", "gave a new grant"], ["gave it all to the fund", "gave <g> funds"]),
        (
            "gave ... @money",
            ["gave in all a , b , grant"],
            ["gave <g> grant", "gave a b c d e f i j k grant"],
        ),
        ("BE funded", ["is funded", "being funded", "'re funded"], ["has funded"]),
        ("HAVE funded", ["had funded", "'ve funded"], ["is funded"]),
        ("DET grant", ["their grant", "the grant"], ["grant"]),
        ("works ADV with", ["works with", "works closely with", "works not often with"], ["works hard with"]),
        ("told {O} to", ["told <g> to", "told the small <g> to", "told them about they to"], ["told to"]),
        ("between {J}", ["between <g>", "between the <g>"], ["between two stools", "between talks with <g>"]),
    ],
)
def test_trigger_matches_these_and_not_those(trigger: str, found: list[str], missed: list[str]) -> None:
    assert [text for text in found if not finds(trigger, text)] == []
    assert [text for text in missed if finds(trigger, text)] == []


@pytest.mark.parametrize("slot", ["S", "O", "J"])
def test_slot_is_named(slot: str) -> None:
    match = COMPILER.compile(f"told {{{slot}}} so").pattern.search(" he told the <g> so ")
    assert match
    assert match[slot] == "<g>"


@pytest.mark.parametrize("trigger", ["", "..", "{S} ..", "BE ADV", "old?", "{O} DET"])
def test_trigger_without_a_word_of_its_own_is_refused(trigger: str) -> None:
    with pytest.raises(ValueError, match="no word of its own"):
        COMPILER.compile(trigger)


def test_unknown_form_and_list_are_refused() -> None:
    with pytest.raises(ValueError, match="no form 'noun'"):
        COMPILER.compile("noun:fund")
    with pytest.raises(KeyError, match="nolist"):
        COMPILER.compile("@nolist")


@pytest.mark.parametrize(
    ("trigger", "anchors"),
    [
        ("to pool", ("pool",)),
        ("the rest of", ("rest",)),
        ("in partnership with", ("partnership",)),
        ("a|the commissioner|commissioners", ("commissioner", "commissioners")),
        ("fund* of", ("fund*",)),
    ],
)
def test_anchor_is_the_rarest_word(trigger: str, anchors: tuple[str, ...]) -> None:
    assert COMPILER.compile(trigger).anchors == anchors


WORDINGS = [trigger.wording for trigger in shipped_frames().triggers]
SENTENCES = [chunks.words for case in load_relation_cases() for chunks in read_marked(case.marked).chunks()]


@st.composite
def thinned_sentences(draw: st.DrawFn) -> list[str]:
    """Leave words out of a real sentence, so that triggers match or just do not."""
    words = draw(st.sampled_from(SENTENCES))
    dropped = draw(st.sets(st.integers(0, len(words) - 1), max_size=6))
    return [word for number, word in enumerate(words) if number not in dropped]


def occurs(anchor: str, words: set[str]) -> bool:
    return any(w.startswith(anchor[:-1]) for w in words) if anchor.endswith("*") else anchor in words


@given(thinned_sentences())
def test_required_words_are_necessary_and_look_up_loses_no_trigger(words: list[str]) -> None:
    """Where a shipped trigger matches, one of its anchors and all that it requires stand there."""
    text, present = f" {' '.join(words)} ", set(words)
    looked_up = {id(trigger) for trigger in shipped_frames().triggers_of(words)}
    for trigger in shipped_frames().triggers:
        if trigger.wording.pattern.search(text):
            assert any(occurs(anchor, present) for anchor in trigger.wording.anchors)
            assert not any(present.isdisjoint(required) for required in trigger.wording.required)
            assert id(trigger) in looked_up


def test_look_up_leaves_most_triggers_out() -> None:
    looked_up = sum(len(shipped_frames().triggers_of(words)) for words in SENTENCES)
    matching = sum(bool(w.pattern.search(f" {' '.join(words)} ")) for w in WORDINGS for words in SENTENCES)
    assert len(SENTENCES) < matching < looked_up < len(WORDINGS) * len(SENTENCES) / 10


def test_shipped_triggers_need_a_word() -> None:
    for wording in WORDINGS:
        assert wording.anchors
        assert all(wording.anchors)
        assert not any(wording.pattern.search(text) for text in ("  ", " <g> ", " <g> <g> "))
