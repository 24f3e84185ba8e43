"""Asserted, proposed or negated: read from the clause around the words, not from the sentence."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.chunks import Chunks
from graph.extractors.frames import FRAMES
from graph.extractors.status import StatusCues, compile_cues, has_finite_verb, scope_start, status_of
from graph.vocabulary import STATUSES
from tests.relation_reading import read_marked, shipped_frames

A, B = "{A|LocalAuthority|Halverton Council}", "{B|PrimaryCareTrust|Tarnholt PCT}"
TABLE = tomllib.loads(FRAMES.read_text(encoding="utf-8"))["status"]


def chunk(marked: str) -> Chunks:
    [chunks] = read_marked(marked).chunks()
    return chunks


def status(marked: str, *, event: bool = False) -> str:
    """Return the status of the words between two hashes."""
    before, trigger, after = marked.split("#")
    start = len(chunk(before + "x.").words) - 2
    chunks = chunk(before + trigger + after)
    end = start + len(trigger.split())
    assert " ".join(chunks.words[start:end]) == trigger
    return status_of(chunks, start, end, shipped_frames().cues, event=event)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"{A} #works with# {B}.", "asserted"),
        (f"{A} #worked with# {B} for years.", "asserted"),
        (f"{A} has been #working with# {B}.", "asserted"),
        (f"{A} continues to #work with# {B}.", "asserted"),
        (f"{A} had to #work with# {B}.", "asserted"),
        (f"{A} will #work with# {B}.", "proposed"),
        (f"{A} should #work with# {B}.", "proposed"),
        (f"{A} plans to #work with# {B}.", "proposed"),
        pytest.param(
            f"{A} may yet #work with# {B}.",
            "proposed",
            marks=pytest.mark.xfail(strict=False, reason='"yet" after a modal is taken for a conjunction'),
        ),
        (f"{A} was urged to #work with# {B}.", "proposed"),
        (f"If {A} #works with# {B}, all will be well.", "proposed"),
        (f"Does {A} #work with# {B}?", "proposed"),
        (f"{A} has to #work with# {B}.", "proposed"),
        (f"{A} is obliged by law to #work with# {B}.", "proposed"),
        (f"{A} is looking to #work with# {B}.", "proposed"),
        (f"{A} is at liberty to #work with# {B}.", "proposed"),
        (f"\u2022 #merge# {A} and {B}; keep both sites", "proposed"),
        (f"\u2022 #support# of {A} for {B} grew", "asserted"),
        (f"{A} had dropped its idea of #working with# {B}.", "negated"),
        (f"{A} #was scrapped by# {B} in 2003.", "asserted"),
        (f"{A} does not #work with# {B}.", "negated"),
        (f"{A} never #works with# {B}.", "negated"),
        (f"{A} refused to #work with# {B}.", "negated"),
        (f"{A} rarely #works with# {B}.", "negated"),
        (f"{A} failed to #work with# {B}.", "negated"),
        (f"{A} can no longer #work with# {B}.", "negated"),
        (f"{A} not only #works with# {B} but likes it.", "asserted"),
        (f"The #partnership# with {B} collapsed.", "negated"),
        (f"The #partnership# with {B} is far from complete.", "negated"),
        (f"The loss of the #partnership# with {B} is feared.", "asserted"),
        (f"The #partnership# with {B} is at risk.", "asserted"),
    ],
)
def test_status_of_a_clause(marked: str, expected: str) -> None:
    assert status(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"A planned #merger# of {A} and {B} is on hold.", "proposed"),
        (f"The #merger# of {A} and {B} was called off.", "negated"),
        (f"Talk of a #merger# of {A} and {B} goes on.", "proposed"),
    ],
)
def test_an_event_that_is_planned_or_called_off(marked: str, expected: str) -> None:
    assert status(marked, event=True) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"{A} did not pay, but {B} #works with# others.", "asserted"),
        (f"{A} will pay; {B} #works with# others.", "asserted"),
        (f"Although {A} refused, {B} #works with# others.", "asserted"),
        pytest.param(
            f"Although {A} refused to pay, {B} #works with# others.",
            "asserted",
            marks=pytest.mark.xfail(
                strict=False, reason='"to" inside the fronted clause hides its "although"'
            ),
        ),
        (f"{A}, which will close, while {B} #works with# others.", "asserted"),
        (f"{A} #works with# {B}, but will not pay.", "asserted"),
        (f"{A} #works with# {B}, and will pay.", "asserted"),
    ],
)
def test_cue_of_another_clause_does_not_count(marked: str, expected: str) -> None:
    assert status(marked) == expected


def test_later_verb_proposes_what_happens_and_not_what_stands() -> None:
    sentence = f"The #merger# of {A} and {B} will save money."
    assert status(sentence, event=True) == "proposed"
    assert status(sentence.replace("merger", "partnership")) == "asserted"


def test_scope_reaches_back_to_the_clause() -> None:
    chunks = chunk(f"{A} will pay, but {B} works.")
    at = chunks.words.index("works")
    assert chunks.words[scope_start(chunks, at)] == "<g>"
    assert scope_start(chunks, 0) == 0


def test_finite_verb() -> None:
    assert has_finite_verb(["it", "is"])
    assert not has_finite_verb(["joint", "working"])
    assert not has_finite_verb([])


@pytest.mark.parametrize("name", StatusCues.__dataclass_fields__)
def test_cues_are_lower_case_words_each_once(name: str) -> None:
    cues = TABLE[name]
    assert cues
    assert [
        cue for cue in cues if cue != " ".join(cue.split()) or cue.lower() != cue.replace("BE", "be")
    ] == []


def test_cue_matches_whole_words_or_a_stem() -> None:
    cues = compile_cues({name: ["plan", "hope*"] for name in StatusCues.__dataclass_fields__})
    assert cues.proposed.search(" they plan to ")
    assert cues.proposed.search(" they hoped to ")
    assert not cues.proposed.search(" they planned to ")


def test_missing_class_of_cues_is_an_error() -> None:
    with pytest.raises(KeyError, match="feared"):
        compile_cues({name: ["x"] for name in StatusCues.__dataclass_fields__ if name != "feared"})


PIECES = st.sampled_from(
    [
        A,
        B,
        *'will not if never , ; but which that may works ? to plan had loss of at risk is – " after'.split(),
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=30).map(" ".join), st.booleans(), st.data())
def test_status_is_total(text: str, event: bool, data: st.DataObject) -> None:
    """Any range of tokens of any sentence has one status, and its scope starts before it."""
    for chunks in read_marked(text).chunks():
        start = data.draw(st.integers(0, len(chunks.words) - 1))
        end = data.draw(st.integers(start + 1, len(chunks.words)))
        assert status_of(chunks, start, end, shipped_frames().cues, event=event) in STATUSES
        assert 0 <= scope_start(chunks, start) <= start


@given(st.lists(st.sampled_from([A, B, *"the works runs funds new home , .".split()]), max_size=20))
def test_without_a_cue_all_is_asserted(words: list[str]) -> None:
    for chunks in read_marked(" ".join(words)).chunks():
        for start in range(len(chunks.words)):
            assert status_of(chunks, start, start + 1, shipped_frames().cues) == "asserted"
