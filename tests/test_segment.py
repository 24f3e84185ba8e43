"""Sentences: where they end, what kind they are, and that their offsets always hold."""

from __future__ import annotations

import hashlib
import re
import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.read import parse_document
from graph.records import Document, Sentence, Span
from graph.segment import MAX_SENTENCE, mask_text, segment_document

KINDS = {"prose", "heading", "item", "cell", "reference", "byline", "furniture"}
WRAPPED = "The primary care trust agreed a pooled budget with the county council last year\n"


def segment(text: str, hidden: tuple[Span, ...] = ()) -> tuple[Sentence, ...]:
    return segment_document(Document("a.txt", text, hashlib.sha256(text.encode()).hexdigest(), hidden))


def shown(text: str, hidden: tuple[Span, ...] = ()) -> list[str]:
    return [" ".join(sentence.view.split()) for sentence in segment(text, hidden)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Kent met Essex. They agreed.", ["Kent met Essex.", "They agreed."]),
        ("Did it work? It did! Good.", ["Did it work?", "It did!", "Good."]),
        ("Kent paid £3.5m in 2007.4 was not paid.", ["Kent paid £3.5m in 2007.4 was not paid."]),
        ("It cost 3.5 per cent. Kent paid.", ["It cost 3.5 per cent.", "Kent paid."]),
        ("Dr Smith met Mr. Jones of St. Helens.", ["Dr Smith met Mr. Jones of St. Helens."]),
        ("Bodies, e.g. Kent, met.", ["Bodies, e.g. Kent, met."]),
        ("J. Smith and A. B. Jones wrote it.", ["J. Smith and A. B. Jones wrote it."]),
        ("He said “We agree.” Kent left.", ['He said "We agree."', "Kent left."]),
        ("It was agreed (in Kent). Essex left.", ["It was agreed (in Kent).", "Essex left."]),
        ("It was found.3 Kent left.", ["It was found.3", "Kent left."]),
        ("It was found.[3] Kent left.", ["It was found.[3]", "Kent left."]),
        ("It went on… Kent left.", ["It went on…", "Kent left."]),
        ("Kent left. £3m was lost.", ["Kent left.", "£3m was lost."]),
        ("the trust met. the council left.", ["the trust met. the council left."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, sentences: list[str]) -> None:
    assert shown(text) == sentences


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The Future of Care\n\nKent met Essex.\n", ["heading", "prose"]),
        ("By Ann Lee\n\nKent met Essex.\n", ["byline", "prose"]),
        ("• Kent\n• Essex\n", ["item", "item"]),
        ("1. Kent\n2. Essex\n", ["item", "item"]),
        ("a | b | c\n", ["cell"]),
        ("12. Kent met Essex. It left.\n", ["item", "item"]),
        ("References\n\nSmith A (2004) Joint working. London: Press\n", ["heading", "reference"]),
        ("Kent met Essex.\n\nComments are closed.\n", ["prose", "furniture"]),
    ],
)
def test_kinds_by_shape(text: str, kinds: list[str]) -> None:
    assert [sentence.kind for sentence in segment(text)] == kinds


def test_wrapped_lines_are_one_sentence_and_paragraphs_are_not() -> None:
    text = WRAPPED * 3 + "and left.\n\n" + WRAPPED + "once more.\n"
    sentences = segment(text)
    assert [sentence.paragraph for sentence in sentences] == [0, 1]
    assert shown(text)[1] == WRAPPED.strip() + " once more."


def test_heading_does_not_join_the_text_below_it() -> None:
    assert shown("Pooled budgets\n" + WRAPPED * 2 + "at last.\n")[0] == "Pooled budgets"


def test_line_endings_do_not_change_the_sentences() -> None:
    text = "Pooled budgets\n\n" + WRAPPED * 3 + "at last. Kent\nleft.\n\n• Essex\n• Devon\n"
    assert shown(text.replace("\n", "\r\n")) == shown(text)


@pytest.mark.parametrize(
    ("name", "text", "sentences"),
    [
        ("a.txt", "<p>Kent <b>met</b> Essex.</p><p>It left</p>", ["Kent met Essex.", "It left"]),
        ("a.txt", "<ul><li>Kent</li><li>Essex</li></ul>", ["Kent", "Essex"]),
        ("a.txt", "<table><tr><td>Kent</td><td>Essex</td></tr></table>", ["Kent", "Essex"]),
        ("a.txt", "<p>Kent<br>Essex</p>", ["Kent", "Essex"]),
        ("a.txt", "<div><h1>Kent</h1>Essex left.</div>", ["Kent", "Essex left."]),
        (
            "a.md",
            "---\ntitle: Kent\n---\n# Essex\n\nIt *met* [Devon](http://a.b/c).\n",
            ["Essex", "It met Devon."],
        ),
    ],
)
def test_markup_ends_blocks_and_is_never_shown(name: str, text: str, sentences: list[str]) -> None:
    document = parse_document(text.encode(), name)
    assert [
        re.sub(r" +([.])", r"\1", " ".join(s.view.split())) for s in segment_document(document)
    ] == sentences


@pytest.mark.parametrize(
    "unit",
    ["a", "a ", "Kent met. ", "A. ", "\n", "• a\n", "(", "1 ", "| ", "Kent\n", "\u00a0", "Mr. "],
)
def test_cost_grows_with_length_alone(unit: str) -> None:
    started = time.process_time()
    sentences = segment(unit * (400_000 // len(unit)))
    assert time.process_time() - started < 8
    assert all(
        sentence.end - sentence.start <= MAX_SENTENCE for sentence in sentences if sentence.kind == "prose"
    )


PIECES = st.sampled_from(
    [
        *"ab AZ.!?:;\"'()[]|•-*,£…“”‘’",
        *("\n", "\r\n", "\n\n", "\t", "\u00a0", "\u2028", "\x85", "\x0c", "\x1c", "\u200b", "\ufeff"),
        *(
            "Kent ",
            "Mr. ",
            "e.g. ",
            "1. ",
            "(a) ",
            "2004",
            "References\n",
            "By Ann\n",
            "<p>",
            "</td>",
            "<b>",
            "<br/>",
        ),
        *("Comments are closed.\n", WRAPPED, "\U0001f600", "ﬁ", "İ", "ß"),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)


@st.composite
def texts_and_hidden(draw: st.DrawFn) -> tuple[str, tuple[Span, ...]]:
    """Draw a text with sorted, disjoint hidden spans."""
    text = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    return text, tuple((a, b) for number, (a, b) in enumerate(pairwise(cuts)) if number % 2 == 0)


@given(texts_and_hidden())
@example(("a <p>b</p>", ((2, 5), (6, 10))))
@example(("a.\n\nB", ((0, 5),)))
def test_sentences_are_in_order_and_never_overlap(case: tuple[str, tuple[Span, ...]]) -> None:
    text, hidden = case
    sentences = segment(text, hidden)
    assert all(0 <= s.start < s.end <= len(text) for s in sentences)
    assert all(one.end <= other.start for one, other in pairwise(sentences))
    assert [s.index for s in sentences] == list(range(len(sentences)))
    assert all(one.paragraph <= other.paragraph for one, other in pairwise(sentences))
    assert {s.kind for s in sentences} <= KINDS


@given(texts_and_hidden())
def test_view_is_the_text_character_for_character(case: tuple[str, tuple[Span, ...]]) -> None:
    text, hidden = case
    masked = mask_text(text, hidden)
    assert len(masked) == len(text)
    for sentence in segment(text, hidden):
        assert sentence.view == masked[sentence.start : sentence.end]
        source = text[sentence.start : sentence.end]
        assert all(a == b for a, b in zip(sentence.view, source, strict=True) if a.isalnum())


@given(texts_and_hidden())
def test_what_is_hidden_never_shows(case: tuple[str, tuple[Span, ...]]) -> None:
    text, hidden = case
    covered = {at for start, end in hidden for at in range(start, end)}
    for sentence in segment(text, hidden):
        seen = [at for at, character in enumerate(sentence.view, sentence.start) if character != " "]
        assert seen[0] == sentence.start
        assert seen[-1] == sentence.end - 1
        assert not covered & set(seen)


@given(texts_and_hidden())
def test_everything_else_that_shows_is_in_a_sentence(case: tuple[str, tuple[Span, ...]]) -> None:
    text, hidden = case
    inside = {at for sentence in segment(text, hidden) for at in range(sentence.start, sentence.end)}
    lost = {at for at, character in enumerate(mask_text(text, hidden)) if not character.isspace()} - inside
    assert not {text[at] for at in lost} - set("\x1c\x1d\x1e")


@given(TEXTS)
def test_same_text_same_sentences(text: str) -> None:
    assert segment(text) == segment(text)


def test_time_grows_with_the_lines_that_are_furniture() -> None:
    def measure(number: int) -> float:
        began = time.process_time()
        kinds = [sentence.kind for sentence in segment("Read more\n\nWords are here.\n\n" * number)]
        assert kinds == ["furniture", "prose"] * number
        return time.process_time() - began

    assert any(measure(4000) < 8 * measure(1000) for _ in range(3))
