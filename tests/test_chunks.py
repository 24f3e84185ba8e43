"""The row of chunks: words and groups, with offsets that lead back to the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.chunks import GROUP, MONEY, Chunks, chunk_sentence
from graph.records import Mention, Sentence
from tests.relation_reading import read_marked

A, B, C = (
    "{A|LocalAuthority|Halverton Council}",
    "{B|PrimaryCareTrust|Tarnholt PCT}",
    "{C|Charity|Tarnholt Mind}",
)


def chunk(marked: str) -> Chunks:
    [chunks] = read_marked(marked).chunks()
    return chunks


def groups(marked: str) -> list[tuple[str, ...]]:
    return [group.entities for group in chunk(marked).groups if group]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"{A} met {B}.", [("A",), ("B",)]),
        (f"{A} and {B} met.", [("A", "B")]),
        (f"{A}, {B} and {C} met.", [("A", "B", "C")]),
        (f"{A}, {B}, and {C} met.", [("A", "B", "C")]),
        (f"{A} or {B} may go.", [("A", "B")]),
        (f"{A} & {B} met.", [("A", "B")]),
        (f"{A}/{B} team.", [("A", "B")]),
        (f"{A} as well as {B} met.", [("A", "B")]),
        (f"{A} and its partner {B} met.", [("A", "B")]),
        (f"{A} and the two other {B} met.", [("A", "B")]),
        (f"{A}, {B} met.", [("A",), ("B",)]),
        (f"{A} and rain fell on {B}.", [("A",), ("B",)]),
        (f"{A} and {A} met.", [("A",)]),
        (f"Paid by {A} and {B} was paid too.", [("A",), ("B",)]),
        (f"Talks between {A} and {B} were held.", [("A", "B")]),
        (f"{A} ({{A|LocalAuthority|HC}}) met {B}.", [("A",), ("B",)]),
        (f"{A} ({B}) met.", [("A",), ("B",)]),
        (f"{A} managers met {B} staff.", [("A",), ("B",)]),
        ("It rained.", []),
    ],
)
def test_coordinated_bodies_are_one_group(marked: str, expected: list[tuple[str, ...]]) -> None:
    assert groups(marked) == expected


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        (f"{A} works with {B}.", "<g> works with <g> ."),
        ("Joined-up, well-known – and co-ordinated.", "joined up , well known – and co ordinated ."),
        ("It isn't paid £2.5m or £3 million.", "it isn't paid £ or £ ."),
        ("The trust's 40% cut", "the trust 's 40 % cut"),
        (f"{A} ({{A|LocalAuthority|HC}}) met.", "<g> met ."),
        (f"{A} officials met.", "<g> met ."),
    ],
)
def test_words_are_lower_case_tokens(marked: str, words: str) -> None:
    assert " ".join(chunk(marked).words) == words


def test_group_takes_in_what_it_folds() -> None:
    marked = read_marked(f"{A} ({{A|LocalAuthority|HC}}), {B} staff met.")
    [chunks] = marked.chunks()
    spans = [
        marked.document.text[s:e]
        for s, e, group in zip(chunks.starts, chunks.ends, chunks.groups, strict=True)
        if group
    ]
    assert spans == ["Halverton Council (HC)", "Tarnholt PCT staff"]


def test_group_of_several_bodies_reaches_from_the_first_to_the_last() -> None:
    marked = read_marked(f"It paid {A}, the two {B} and {C}.")
    [chunks] = marked.chunks()
    at = chunks.words.index("<g>")
    text = marked.document.text[chunks.starts[at] : chunks.ends[at]]
    assert text == "Halverton Council, the two Tarnholt PCT and Tarnholt Mind"
    assert chunks.words[at + 1] == "."


def test_mention_over_another_is_passed_over() -> None:
    view = "Halverton Council met."
    outer = Mention(0, 17, "Halverton Council", "named", "LocalAuthority", "a")
    inner = Mention(10, 17, "Council", "named", "LocalAuthority", "b")
    chunks = chunk_sentence(Sentence(0, len(view), view), [outer, inner])
    assert [group.entities for group in chunks.groups if group] == [("a",)]


PIECES = st.sampled_from(
    [
        A,
        B,
        C,
        *"and , or as well as the its ( ) / & - met works-with isn't £5m £ ' 's of between was 7".split(),
        "\u2013",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=30).map(" ".join))
def test_offsets_are_true_and_text_is_the_words(text: str) -> None:
    marked = read_marked(text)
    for chunks in marked.chunks():
        sentence, rows = chunks.sentence, (chunks.starts, chunks.ends, chunks.groups, chunks.offsets)
        assert {len(row) for row in rows} == {len(chunks.words)}
        assert chunks.text == f" {' '.join(chunks.words)} "
        at = sentence.start
        for number, (word, start, end) in enumerate(
            zip(chunks.words, chunks.starts, chunks.ends, strict=True)
        ):
            assert at <= start < end <= sentence.end
            at = end
            source = marked.document.text[start:end].lower()
            group = chunks.groups[number]
            assert (word == GROUP) == (group is not None)
            if group:
                assert start == group.start <= group.mentions[0].start
                assert group.entities == tuple(dict.fromkeys(m.entity for m in group.mentions))
                assert all(start <= m.start < m.end <= end for m in group.mentions)
            else:
                assert word == source or word == MONEY == source[0]
            assert chunks.text[chunks.offsets[number] :].startswith(word + " ")
            assert chunks.index_at(chunks.offsets[number]) == number
        assert chunks.index_at(len(chunks.text)) == len(chunks.words)


@given(st.lists(PIECES, min_size=1, max_size=20).map(" ".join), st.integers(0, 200))
def test_index_is_that_of_the_first_token_from_there_on(text: str, position: int) -> None:
    for chunks in read_marked(text).chunks():
        later = [number for number, offset in enumerate(chunks.offsets) if offset >= position]
        assert chunks.index_at(position) == (later[0] if later else len(chunks.words))


@given(st.lists(PIECES, min_size=1, max_size=30).map(" ".join))
def test_no_mention_is_lost(text: str) -> None:
    marked = read_marked(text)
    kept = [m for chunks in marked.chunks() for group in chunks.groups if group for m in group.mentions]
    glosses = [m for m in marked.mentions if m not in kept]
    assert {m.entity for m in kept} == {m.entity for m in marked.mentions}
    for gloss in glosses:
        before = marked.document.text[: gloss.start].rstrip()
        assert before.endswith("(")
