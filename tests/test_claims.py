"""Claims as records: which are chosen, in what order, with what sentences, and how they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad

from graph.claim_records import FIELDS
from graph.claims import read_claims
from graph.errors import QueryError
from graph.query import run_query
from graph.questions import answer_question
from graph.store import load_store
from graph.vocabulary import CG, ID, STATUSES
from tests.sample_graph import sample_quads, sample_store

CHOICES: list[tuple[dict[str, Any], int]] = [
    ({}, 24),
    ({"body": "TAL"}, 7),
    ({"body": "Torbay Council", "other": "TAL"}, 3),
    ({"body": "TAL", "other": "Torbay Council"}, 3),
    ({"body": ID + "organisation/ct-TAL", "status": "proposed"}, 1),
    ({"status": ("proposed", "negated")}, 3),
    ({"status": "Asserted"}, 21),
    ({"status": CG + "Negated"}, 1),
    ({"status": ()}, 0),
    ({"predicate": "poolsBudgetWith"}, 4),
    ({"predicate": "pools a budget with"}, 4),
    ({"predicate": "cg:poolsBudgetWith", "status": "negated"}, 1),
    ({"predicate": ["worksWith", "works with", CG + "audits"]}, 4),
    ({"document": "plan.txt"}, 4),
    ({"document": "A plan for next year", "status": "asserted"}, 2),
    ({"since": "2008"}, 16),
    ({"since": "2008-06-12"}, 4),
    ({"since": "2009-12-31"}, 4),
    ({"until": "2007-04-30"}, 0),
    ({"until": 2007}, 8),
    ({"since": "2007-05-31", "until": "2008-06-11"}, 20),
    ({"confidence": 0.8}, 24),
    ({"confidence": 0.81}, 0),
]


@pytest.mark.parametrize(("choice", "number"), CHOICES, ids=[str(choice) for choice, _ in CHOICES])
def test_chooses(choice: dict[str, Any], number: int) -> None:
    claims = read_claims(sample_store(), **choice)
    assert len(claims) == number
    assert len(list(claims)) == number


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"body": "Torbay Care Trsut"}, "did you mean Torbay Care Trust"),
    ({"status": "denied"}, "'denied' is no status; give one such as asserted, proposed, negated"),
    ({"predicate": "poolsBudgetwiht"}, "did you mean poolsBudgetWith"),
    ({"document": "no such paper"}, "no document is called"),
    ({"since": "soon"}, "is no date"),
    ({"until": "2006-13"}, "is no date"),
    ({"confidence": 2}, "not in 0..1"),
    ({"confidence": "high"}, "is no number"),
]


@pytest.mark.parametrize(("choice", "message"), WRONG)
def test_says_what_is_wrong(choice: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        read_claims(sample_store(), **choice)


def test_claims_until_a_day_are_those_of_the_named_question() -> None:
    for date in ("2007", "2007-04", "2007-05", "2008-06-10", "2008-06-11", "2009"):
        asked = answer_question(sample_store(), "as-of", {"body": "TAL", "date": date})
        sentences = [
            quote.exact
            for claim in read_claims(sample_store(), body="TAL", until=date)
            for quote in claim.evidence
        ]
        assert sorted(sentences) == sorted(str(row.sentence) for row in asked)


def test_order_is_date_title_and_place() -> None:
    claims = read_claims(sample_store())
    assert [claim.date for claim in claims] == ["2007-05"] * 8 + ["2008-06-11"] * 12 + ["2009"] * 4
    starts = [claim.evidence[0].start for claim in claims[:8]]
    assert starts == sorted(starts)


def test_a_claim_has_all_that_the_graph_has() -> None:
    (claim,) = read_claims(sample_store(), predicate="postHolderAt")
    assert (claim.subject.name, claim.relation, claim.object.name) == (
        "Ada Rowe",
        "holds a post at",
        "Torbay Care Trust",
    )
    assert claim.object.iri == ID + "organisation/ct-TAL"
    assert (claim.status, claim.confidence, claim.role) == ("asserted", 0.8, "chief executive")
    assert (claim.found_by, claim.predicate) == ("test", "postHolderAt")
    assert (claim.document.title, claim.date) == ("A review of joint working", "2007-05")
    assert claim.document.address == "https://example.org/review.txt"
    (quote,) = claim.evidence
    assert quote.exact == claim.sentence == "Ada Rowe, chief executive of the trust, agreed."
    assert quote.end - quote.start == len(quote.exact)
    assert quote.suffix.strip().startswith("One primary care trust")


def test_every_claim_of_the_graph_is_read_with_every_sentence() -> None:
    rows = run_query(sample_store(), "SELECT ?c ?q { ?c a cg:Claim ; cg:evidence/oa:exact ?q }")
    found = {(claim.iri, quote.exact) for claim in read_claims(sample_store()) for quote in claim.evidence}
    assert found == {(row.c, row.q) for row in rows}


def test_sentences_stand_in_the_order_of_the_text() -> None:
    claim = read_claims(sample_store(), predicate="audits")[0]
    later = read_claims(sample_store(), predicate="authorOf")[0]
    evidence = run_query(sample_store(), f"SELECT ?q {{ <{later.iri}> cg:evidence ?q }}").rows[0].q
    more = Quad(
        NamedNode(claim.iri), NamedNode(CG + "evidence"), NamedNode(str(evidence)), NamedNode("urn:x")
    )
    (joined,) = read_claims(load_store([*sample_quads(), more]), predicate="audits")
    assert len(joined.evidence) == 2
    assert [q.start for q in joined.evidence] == sorted(q.start for q in joined.evidence)


def test_is_a_sequence() -> None:
    claims = read_claims(sample_store())
    assert claims[-1] == list(claims)[-1]
    assert list(claims[20:]) == list(claims)[20:]
    assert claims[3] in claims
    with pytest.raises(IndexError):
        _ = claims[24]


def test_blocks_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(read_claims(sample_store()))
    monkeypatch.setattr("graph.claims._FIRST_BLOCK", 2)
    monkeypatch.setattr("graph.claims._BLOCK", 7)
    assert list(read_claims(sample_store())) == whole


def test_only_what_is_shown_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    claims, read = read_claims(sample_store()), list[int]()
    rows = claims.reader._read_rows

    def count_rows(iris: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
        read.append(len(iris))
        return rows(iris)

    monkeypatch.setattr(claims.reader, "_read_rows", count_rows)
    assert len(claims) == 24
    assert read == []
    _ = claims[5]
    assert read == [1]


def test_a_prompt_shows_each_with_its_status() -> None:
    claims = read_claims(sample_store(), predicate="poolsBudgetWith")
    text = repr(claims)
    assert text.startswith("<Claims: 4 claims>\nsubject ")
    assert [status for status in STATUSES if status in text] == list(STATUSES)
    assert "… 14 more claims; to_pandas() has them all" in repr(read_claims(sample_store()))
    assert repr(read_claims(sample_store(), status="negated")[0]) == (
        "<Claim [negated] primary care trusts | pools a budget with | local authorities: "
        "“Few primary care trusts pool any money with local authorities.” "
        "(A review of joint working, 2007-05)>"
    )
    assert repr(read_claims(sample_store(), confidence=1)) == "<Claims: 0 claims>"


def test_pandas_frame_has_every_field() -> None:
    pd = pytest.importorskip("pandas")
    frame = read_claims(sample_store()).to_pandas()
    assert list(frame.columns) == list(FIELDS)
    assert len(frame) == 24
    assert list(frame.status.cat.categories) == list(STATUSES)
    assert frame.dtypes["confidence"] == "Float64"
    row = frame[frame.predicate == "directs"].iloc[0]
    assert (row.date, str(row.date_first.date()), str(row.date_last.date())) == (
        "2009",
        "2009-01-01",
        "2009-12-31",
    )
    assert pd.isna(row.role)
    assert frame.groupby("status", observed=False).size().to_dict() == {
        "asserted": 21,
        "proposed": 2,
        "negated": 1,
    }


def test_polars_frame_has_every_field() -> None:
    pl = pytest.importorskip("polars")
    frame = read_claims(sample_store()).to_polars()
    assert frame.columns == list(FIELDS)
    assert frame.schema["status"] == pl.Enum(STATUSES)
    assert frame.schema["date_first"] == pl.Date
    assert frame.filter(pl.col("status") == "negated").height == 1


def test_frame_by_sentence_has_a_row_for_each() -> None:
    pytest.importorskip("polars")
    claim = read_claims(sample_store(), predicate="audits")[0]
    quote = run_query(sample_store(), "SELECT ?q { ?c cg:predicate cg:authorOf ; cg:evidence ?q }").rows[0].q
    more = Quad(NamedNode(claim.iri), NamedNode(CG + "evidence"), NamedNode(str(quote)), NamedNode("urn:x"))
    claims = read_claims(load_store([*sample_quads(), more]), predicate="audits")
    assert claims.to_polars().height == 1
    frame = claims.to_polars(by_sentence=True)
    assert frame["sentences"].to_list() == [2, 2]
    assert frame["sentence"].n_unique() == 2
