"""Passages: whole paragraphs, none too long, and nothing that could hold no claim."""

from __future__ import annotations

import hashlib

from graph.extract import extract_document, load_resources
from graph.llm.passages import PASSAGE_LENGTH, Passage, cut_passages
from graph.records import Document

PAIR = "Fennick Council mends the roof of\nLowmoor Care Trust. It rained.\n\n"
ALONE = "Nothing happened in the hall that week, and nobody minded.\n\n"


def cut(text: str) -> list[Passage]:
    document = Document("a.txt", text, hashlib.sha256(text.encode()).hexdigest())
    return cut_passages(extract_document(document, load_resources()))


def test_passage_shows_sentences_and_entities_in_order_of_first_mention() -> None:
    (passage,) = cut("The meeting\n\n" + PAIR + "Lowmoor Care Trust was glad.")
    assert passage.text == (
        "The meeting\nFennick Council mends the roof of Lowmoor Care Trust. It rained.\n"
        "Lowmoor Care Trust was glad."
    )
    assert [entity.name for entity in passage.entities] == ["Fennick Council", "Lowmoor Care Trust"]
    assert [mention.entity for mention in passage.mentions].count(passage.entities[1].id) == 2
    assert passage.start == 0


def test_long_document_is_cut_between_paragraphs() -> None:
    passages = cut(PAIR * 200)
    assert len(passages) > 3
    assert all(passage.sentences[-1].end - passage.start <= PASSAGE_LENGTH for passage in passages)
    assert all(passage.text.startswith("Fennick") for passage in passages)
    assert sum(len(passage.sentences) for passage in passages) == 400


def test_long_paragraph_is_cut_between_sentences() -> None:
    passages = cut(PAIR.replace("\n", " ") * 200)
    assert len(passages) > 3
    assert all(passage.sentences[-1].end - passage.start <= PASSAGE_LENGTH for passage in passages)


def test_passage_without_two_entities_is_left_out() -> None:
    assert cut(ALONE) == cut("") == cut("Fennick Council met. The council went home.") == []
    passages = cut(PAIR + ALONE * 200 + PAIR)
    assert len(passages) == 2
