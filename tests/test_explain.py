"""Explanations: what each sentence mentions, what came of it, what was dropped and what may be missing."""

from __future__ import annotations

import hashlib
import re

import pytest

from graph.explain import explain_extraction, find_dropped
from graph.explanation import PARTS, ExplainedSentence, Explanation
from graph.extract import extract_document, load_resources
from graph.read import parse_document
from graph.records import Document, Extraction
from graph.segment import segment_document
from tests.explained_sample import explain_letter, explain_minutes, explain_misses
from tests.sample_documents import make_minutes


def explain(text: str) -> Explanation:
    document = Document("case.md", text, hashlib.sha256(text.encode()).hexdigest())
    return explain_extraction(extract_document(document, load_resources()), {})


def write_marks(sentence: ExplainedSentence) -> str:
    return "".join(f"[{p.text} #{p.subject.number}]" if p.subject else p.text for p in sentence.pieces)


def test_sentences_are_cut_where_something_is_mentioned() -> None:
    first, second, *_ = explain_minutes().sentences
    assert (
        write_marks(first) == "[Ann Marsh #1], chief executive of [Torbay Care Trust #2], opened the meeting."
    )
    assert write_marks(second) == "The [trust works #2] with [Lowmoor Housing Forum #3] and county councils."


def test_entities_are_numbered_by_first_mention_and_know_their_sentences() -> None:
    explanation = explain_minutes()
    assert [subject.number for subject in explanation.subjects] == list(
        range(1, len(explanation.subjects) + 1)
    )
    trust = next(subject for subject in explanation.subjects if subject.entity.id == "trust")
    assert (trust.sentences, trust.type, trust.register) == ((1, 2), "Care trust", "Torbay Care Trust")


def test_relations_stand_under_each_sentence_that_is_their_evidence() -> None:
    sentences = explain_minutes().sentences
    under = {s.number: {(c.relation.predicate, c.object.entity.id) for c in s.claims} for s in sentences}
    assert under[1] == {("postHolderAt", "trust"), ("worksWith", "forum")}
    assert under[2] == {("worksWith", "forum"), ("worksWith", "councils")}
    works = [c for s in sentences[:2] for c in s.claims if c.object.entity.id == "forum"]
    assert [claim.elsewhere for claim in works] == [(2,), (1,)]
    assert sum(explain_minutes().statuses) == len(make_minutes().relations)


def test_arguments_that_the_sentence_does_not_name_are_told() -> None:
    claims = {(c.relation.predicate, c.object.entity.id): c for c in explain_minutes().sentences[1].claims}
    assert [s.entity.id for s in claims["worksWith", "councils"].unnamed] == ["councils"]
    assert claims["worksWith", "forum"].unnamed == ()


def test_candidates_of_an_unsure_name_are_told_by_name() -> None:
    (subject,) = [s for s in explain_letter().subjects if s.entity.id == "ambulance-trust"]
    assert subject.register == ""
    assert subject.candidates == ("Northern Ambulance (nhs:RX5)", "Southern Ambulance (nhs:RX6)")


def test_possible_misses_are_the_omissions_of_the_extraction_by_rank() -> None:
    assert explain_minutes().misses == 0
    explanation = explain_misses()
    assert [s.number for s in explanation.ranked] == [2, 1]
    assert [s.miss.endswith("missed: 50%") for s in explanation.ranked] == [True, False]
    assert explanation.misses == 2


def test_what_no_relation_needs_is_found_again_and_told() -> None:
    explanation = explain("Ms Dora Pell once sat beside a lamp. Wendle County Council met.\n")
    dropped = {subject.entity.name: subject.kept for subject in explanation.subjects}
    assert dropped["Dora Pell"] is False
    assert dropped["Wendle County Council"] is True


def test_what_is_kept_is_not_dropped_too() -> None:
    text = "Dora Pell, chief executive of Wendle County Council, wrote to Wendle NHS Trust. Pell waits.\n"
    extraction = extract_document(Document("a.txt", text, "0" * 64), load_resources())
    assert {relation.predicate for relation in extraction.relations} >= {"postHolderAt"}
    assert find_dropped(extraction) == []


def test_marks_of_emphasis_go_and_other_markup_becomes_a_space() -> None:
    document = parse_document(b"We read *Warm Homes*, and <b>waited</b>.\n", "a.md")
    extraction = Extraction(document, tuple(segment_document(document)), (), (), ())
    shown = "".join(write_marks(sentence) for sentence in explain_extraction(extraction, {}).sentences)
    assert re.sub(r"\[(.*?) #1\]", r"\1", shown) == "We read Warm Homes, and waited ."


def test_document_without_anything_has_an_explanation() -> None:
    explanation = explain("It rained.\n")
    assert (explanation.subjects, explanation.misses, explanation.related) == ((), 0, 0)


@pytest.mark.parametrize("part", PARTS)
def test_parts_are_words_of_the_command(part: str) -> None:
    from graph.commands.making import explain as command

    (option,) = [option for option in command.params if option.name == "only"]
    assert part in option.type.choices  # type: ignore[attr-defined]
