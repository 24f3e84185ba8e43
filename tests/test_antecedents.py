"""How the bodies are ranked that a claim may mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.errors import OntologyError
from graph.extractors.antecedents import FEATURES, Gap, end_of, load_antecedents
from graph.vocabulary import PREDICATES
from tests.relation_reading import read_marked

ANTECEDENTS = load_antecedents()


def ranked(marked: str, predicate: str, *, subject: bool, other: str) -> list[tuple[float, str]]:
    text = read_marked(marked)
    sentence = text.sentences[-1]
    named = frozenset(m.entity for m in text.mentions if m.start >= sentence.start)
    gap = Gap(predicate, subject, other, named, sentence)
    return ANTECEDENTS.rank(gap, text.discourse())


@pytest.mark.parametrize(
    ("marked", "predicate", "subject", "other", "expected"),
    [
        # the type of the body that the predicate asks for
        (
            "{T|NHSTrust|Eskmoor NHS Trust} wrote to the {R|AuditBody|Audit Office}. The accounts of"
            " {C|LocalAuthority|Stow Council} were passed.",
            "audits",
            True,
            "C",
            "R",
        ),
        # the first body of the sentence before, for a pronoun
        (
            "{A|NHSTrust|Eskmoor NHS Trust} beat {B|NHSTrust|Stow NHS Trust}. It replaced"
            " {C|NHSTrust|Elm NHS Trust}.",
            "successorOf",
            True,
            "C",
            "A",
        ),
        # the body of the heading
        (
            "Kite Fund: {K|Charity|Kite Fund}\n\n{A|Charity|Mind} moved. {B|Charity|Scope} moved."
            " Money comes from {C|Charity|Comic Relief}.",
            "funds",
            False,
            "C",
            "K",
        ),
        # the last person, for "he"
        (
            "{P|Person|Ann Lee} met {Q|Person|Tom Orr}. He is now chair of {C|LocalAuthority|Stow Council}.",
            "postHolderAt",
            True,
            "C",
            "Q",
        ),
    ],
)
def test_the_likeliest_body_is_first(
    marked: str, predicate: str, subject: bool, other: str, expected: str
) -> None:
    found = ranked(marked, predicate, subject=subject, other=other)
    assert found[0][1] == expected
    assert sum(chance for chance, _ in found) == pytest.approx(1)


def test_only_what_fits_the_predicate_and_is_not_named_may_be_meant() -> None:
    marked = "{P|Person|Ann Lee} left {A|Charity|Mind}. {A|Charity|Mind} funds {B|Charity|Scope}."
    assert ranked(marked, "funds", subject=True, other="B") == []


def test_the_model_knows_all_features_and_ends() -> None:
    assert set(ANTECEDENTS.weights) == set(FEATURES)
    ends = {end_of(predicate, subject=subject) for predicate in PREDICATES for subject in (True, False)}
    assert ends == set(ANTECEDENTS.types)


@pytest.mark.parametrize("text", ["", "[]", '{"weights": {}}', json.dumps({"weights": [], "types": {}})])
def test_a_spoilt_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "antecedents.json").write_text(text)
    with pytest.raises(OntologyError, match=r"antecedents.json.*restore it from the release"):
        load_antecedents(tmp_path)


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"antecedents.json"):
        load_antecedents(tmp_path)
