"""The screener: which features a pair has, and that the model is asked where it is to be and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import OntologyError
from graph.extract import extract_document, load_resources
from graph.extractors.antecedents import load_antecedents
from graph.extractors.judged import Judges, find_judged_relations
from graph.extractors.opinions import load_opinions
from graph.extractors.relation_model import Judgement, RelationModel
from graph.extractors.screener import BITS, FILE, Screener, Weights, list_features
from graph.extractors.windows import Window
from graph.paths import MODELS
from graph.records import Document
from tests.relation_reading import Marked, read_marked

MODEL, SCREENER = RelationModel(), Screener()
MOST_BYTES = 200_000
RELATED = (
    "{C|LocalAuthority|Stowmere Council} gives {M|Charity|Tarnholt Mind} a grant every year.",
    "{M|Charity|Tarnholt Mind} is paid for by {C|LocalAuthority|Stowmere Council}.",
    "{P|Person|Ann Lee} is the chief executive of {T|NHSTrust|Eskmoor NHS Trust}.",
    "{P|PrimaryCareTrust+|PCTs} are to be abolished.",
    "{T|NHSTrust|Eskmoor NHS Trust} buys meals from {H|Company|Larch Foods}.",
    "{R|Regulator|The Commission} inspected {H|Company|Ashgrove Homes} in May.",
    "{A|LocalAuthority|Stowmere Council} will merge with {B|LocalAuthority|Dunmere Council}.",
    "{C|LocalAuthority|Stowmere Council} is a member of {N|Partnership|the Tarn Partnership}.",
)
PLAIN = (
    "{C|LocalAuthority|Stowmere Council} meets on Tuesdays.",
    "{P|Person|Ann Lee} took the bus home from {C|Charity|Mind}, and it rained.",
    "{T|NHSTrust|Eskmoor NHS Trust} has 300 beds.",
)


def window_of(marked: str) -> Window:
    text = read_marked(marked)
    return MODEL.reader.read(text.sentences[0], text.mentions)


def numbers_of(marked: str, pair: int = -1) -> set[int]:
    window = window_of(marked)
    features = list_features(window, window.pairs())
    return set(features.numbers[features.owners == len(window.pairs()) + pair].tolist())


@pytest.mark.parametrize("marked", RELATED)
def test_the_model_is_asked_about_plain_claims(marked: str) -> None:
    assert SCREENER.may_relate(window_of(marked))


def test_some_sentences_are_passed_over() -> None:
    assert not all(SCREENER.may_relate(window_of(marked)) for marked in PLAIN)


def test_a_window_without_pairs_is_never_asked_about() -> None:
    window = window_of("It rained.")
    always = Screener()
    always.__dict__["weights"] = replace(SCREENER.weights, threshold=-1e9)
    assert window.pairs() == []
    assert not always.may_relate(window)
    assert always.may_relate(window_of(PLAIN[0]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{A|Charity|Mind} funds {B|Charity|Scope}.", "{A|Charity|Mind} sees {B|Charity|Scope}."),
        ("{A|Charity|Mind} funds {B|Charity|Scope}.", "{A|Charity|Mind} funds {B|Company|Scope}."),
        ("{A|Charity|Mind} funds {B|Charity|Scope}.", "{A|Charity|Mind} funds {B|Charity|Scope}!"),
        ("{A|Charity|Mind} and {B|Company|Scope}.", "{B|Company|Scope} and {A|Charity|Mind}."),
        ("{A|Charity|Mind} so {B|Charity|Scope}.", "{A|Charity|Mind} so so so {B|Charity|Scope}."),
    ],
)
def test_words_types_order_distance_and_points_are_features(one: str, other: str) -> None:
    assert numbers_of(one) != numbers_of(other)


def test_names_are_no_features() -> None:
    one, other = (
        "{A|Charity|Mind} funds {B|Charity|Scope}.",
        "{A|Charity|Arc} funds {B|Charity|Lantern House}.",
    )
    assert numbers_of(one) == numbers_of(other)


def test_a_pair_is_scored_by_the_sum_of_its_weights() -> None:
    window = window_of(RELATED[0])
    pairs = window.pairs()
    features, weights = list_features(window, pairs), SCREENER.weights
    assert features.numbers.min() >= 0
    assert features.numbers.max() < 1 << BITS
    for number, score in enumerate(SCREENER.score(window, pairs)):
        mine = features.numbers[features.owners == number]
        assert score == pytest.approx(weights.values[mine].astype(int).sum() * weights.scale)


def test_the_threshold_is_the_least_score_that_passes() -> None:
    window = window_of(RELATED[0])
    best = float(SCREENER.score(window, window.pairs()).max())
    for threshold, passes in ((best, True), (best + 1e-9, False)):
        other = Screener()
        other.__dict__["weights"] = replace(SCREENER.weights, threshold=threshold)
        assert other.may_relate(window) is passes


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from((*RELATED, *PLAIN)), max_size=4))
def test_what_is_said_of_a_window_does_not_depend_on_others(others: list[str]) -> None:
    fresh = Screener()
    for marked in others:
        fresh.may_relate(window_of(marked))
    window = window_of(PLAIN[1])
    np.testing.assert_array_equal(fresh.score(window, window.pairs()), SCREENER.score(window, window.pairs()))


class Asked(RelationModel):
    """The model, and what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[Window] = []

    def judge(self, window: Window) -> Iterator[Judgement]:
        self.windows.append(window)
        return super().judge(window)


def ask(text: Marked, threshold: float, *, stated: bool = False) -> int:
    model, screener = Asked(), Screener()
    screener.__dict__["weights"] = replace(SCREENER.weights, threshold=threshold)
    judges = Judges(model, load_antecedents(), load_opinions(), screener)
    judges = judges.beside(text.relations() if stated else ())
    list(find_judged_relations(text.document, text.sentences, text.mentions, text.discourse(), judges))
    return len(model.windows)


def test_the_model_is_not_asked_about_what_is_screened_unless_a_frame_claims_something_there() -> None:
    text = read_marked(
        "{C|LocalAuthority|Stowmere Council} works with {M|Charity|Tarnholt Mind}."
        " {C|LocalAuthority|Stowmere Council} lies far from {S|Charity|Scope}."
    )
    assert text.relations()
    assert [ask(text, -1e9), ask(text, 1e9), ask(text, 1e9, stated=True)] == [2, 0, 1]


def test_a_whole_document_loses_nothing_that_the_model_was_asked_about() -> None:
    resources = load_resources()
    text = " ".join(read_marked(marked).document.text for marked in (*RELATED, *PLAIN))
    document = Document("a.txt", text, "0" * 64)
    everywhere = replace(resources, judges=replace(resources.judges, screener=None))
    screened, whole = (extract_document(document, r) for r in (resources, everywhere))
    assert set(screened.relations) <= set(whole.relations)
    assert screened.mentions
    assert screened.relations


def test_what_ships_is_small() -> None:
    assert (MODELS / FILE).stat().st_size < MOST_BYTES
    assert isinstance(SCREENER.weights, Weights)
    assert np.count_nonzero(SCREENER.weights.values) > 1000


@pytest.mark.parametrize("content", [None, b"", b"no archive", "short", "floats"])
def test_a_missing_or_spoilt_file_is_one_clear_line(tmp_path: Path, content: bytes | str | None) -> None:
    path = tmp_path / FILE
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        values = np.zeros(4 if content == "short" else 1 << BITS, np.int8 if content == "short" else float)
        np.savez(path, values=values, scale=1.0, threshold=0.0)
    with pytest.raises(OntologyError, match="restore it from the release"):
        Screener(tmp_path).may_relate(window_of(PLAIN[0]))
