"""The model that ships: what it says of plain sentences, and what it may never say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import OntologyError
from graph.extractors.relation_model import Judgement, RelationModel, fits
from graph.extractors.windows import IMPLIED
from graph.paths import MODELS
from graph.vocabulary import OTHER_TYPES, PREDICATES, STATUSES, SYMMETRIC
from tests.relation_reading import read_marked

MODEL = RelationModel()
MOST_BYTES = 20_000_000


def judge(marked: str) -> list[Judgement]:
    text = read_marked(marked)
    [sentence] = text.sentences
    return list(MODEL.judge(MODEL.reader.read(sentence, text.mentions)))


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "{C|LocalAuthority|Stowmere Council} gives {M|Charity|Tarnholt Mind} a grant every year.",
            "C funds M asserted",
        ),
        (
            "{M|Charity|Tarnholt Mind} is paid for by {C|LocalAuthority|Stowmere Council}.",
            "C funds M asserted",
        ),
        (
            "{C|LocalAuthority|Stowmere Council} and {P|PrimaryCareTrust|Dunmere PCT}"
            " will put their money in one pot.",
            "C poolsBudgetWith P proposed",
        ),
        ("{P|PrimaryCareTrust+|PCTs} are to be abolished.", f"{IMPLIED} reorganises P proposed"),
    ],
)
def test_a_plain_claim_is_the_likeliest(marked: str, expected: str) -> None:
    best = max(judge(marked), key=lambda j: j.probability)
    assert f"{best.subject} {best.predicate} {best.object} {best.status}" == expected
    assert best.probability > 0.3


@pytest.mark.parametrize(
    "marked",
    [
        "{C|LocalAuthority|Stowmere Council} and {M|Charity|Tarnholt Mind} stand in the same street.",
        "{U|TradeUnion|Unison} has 300 members, {L|Charity|Lantern} has 20.",
    ],
)
def test_standing_side_by_side_is_no_relation(marked: str) -> None:
    assert max((j.probability for j in judge(marked)), default=0.0) < 0.5


def test_claims_are_in_range_once_and_in_one_order() -> None:
    found = judge(
        "{G|Government|Ministers} told {L|LocalAuthority+|councils} and {P|PrimaryCareTrust+|PCTs} to"
        " work with {V|Charity+|hospices}, which {L|LocalAuthority+|councils} fund,"
        " {N|Person|Ann Lee} said in {S|Place|Stowmere}."
    )
    assert found
    keys = [(j.subject, j.predicate, j.object) for j in found]
    assert len(set(keys)) == len(keys)
    for judgement in found:
        assert judgement.predicate in PREDICATES
        assert judgement.status in STATUSES
        assert 0 < judgement.probability <= 1
        assert judgement.subject != judgement.object
        if judgement.predicate in SYMMETRIC:
            assert judgement.subject < judgement.object


def test_a_sentence_that_names_nothing_has_no_claims() -> None:
    assert judge("It rained.") == []


def test_the_same_window_always_gets_the_same_answer() -> None:
    marked = "{C|LocalAuthority|Stowmere Council} buys care from {H|Company|Ashgrove Homes}."
    other = RelationModel()
    text = read_marked(marked)
    again = list(other.judge(other.reader.read(text.sentences[0], text.mentions)))
    assert judge(marked) == judge(marked) == again


@pytest.mark.parametrize(
    ("predicate", "subject", "target", "expected"),
    [
        ("funds", "Government", "Charity", True),
        ("funds", "Person", "Charity", False),
        ("funds", "Government", "Place", False),
        ("directs", "Legislation", "LocalAuthority", True),
        ("funds", "Legislation", "LocalAuthority", False),
        ("memberOf", "Person", "Partnership", True),
        ("authorOf", "Person", "Publication", True),
        ("authorOf", "Charity", "Publication", False),
        ("published", "Charity", "Publication", True),
        ("servesArea", "NHSTrust", "Place", True),
        ("servesArea", "Place", "NHSTrust", False),
        ("postHolderAt", "Person", "NHSTrust", True),
        ("reorganises", IMPLIED, "PrimaryCareTrust", True),
    ],
)
def test_types_fit_as_the_guidelines_say(predicate: str, subject: str, target: str, expected: bool) -> None:
    assert fits(predicate, subject, target) is expected


def test_no_predicate_joins_two_things_that_are_no_bodies_but_author_and_title() -> None:
    wrong = [
        (p, one, two) for p in PREDICATES for one in OTHER_TYPES for two in OTHER_TYPES if fits(p, one, two)
    ]
    assert wrong == [("authorOf", "Person", "Publication")]


def test_what_ships_is_small_and_names_the_predicates_in_order() -> None:
    facts = json.loads((MODELS / "relations.json").read_text(encoding="utf-8"))
    assert facts["predicates"] == PREDICATES
    assert facts["statuses"] == list(STATUSES)
    assert sum(path.stat().st_size for path in MODELS.iterdir()) < MOST_BYTES


def test_what_ships_tells_nothing_of_the_machine_that_made_it() -> None:
    for path in MODELS.iterdir():
        assert not re.search(rb"site-packages|/network\.py|\.py\b", path.read_bytes()), path.name


def test_a_missing_or_spoilt_model_is_one_clear_line(tmp_path: Path) -> None:
    text = read_marked("{C|LocalAuthority|Stowmere Council} funds {M|Charity|Tarnholt Mind}.")
    window = MODEL.reader.read(text.sentences[0], text.mentions)
    with pytest.raises(OntologyError, match="restore it from the release"):
        _ = RelationModel(tmp_path).reader
    (tmp_path / "relations.onnx").write_bytes(b"no model")
    with pytest.raises(OntologyError, match="restore it from the release"):
        list(RelationModel(tmp_path).judge(window))


def test_tells_nobody_that_it_runs(tmp_path: Path) -> None:
    """ONNX Runtime, from 1.29 on, keeps an identity in the home folder and tells its maker what it runs."""
    places = {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp")}
    for place in places.values():
        Path(place).mkdir()
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT")}
    code = "from graph.extractors.relation_model import RelationModel; RelationModel()._session"
    environment = {**kept, **places, "PYTHONPATH": str(Path(__file__).parents[1])}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert [path for place in places.values() for path in Path(place).rglob("*")] == []
