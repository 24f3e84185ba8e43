from __future__ import annotations

import pytest

from graph.extractors.windows import (
    GAPS,
    IMPLIED,
    LONGEST,
    MOST_BEFORE,
    MOST_PAIRS,
    Window,
    WindowReader,
    gap_between,
    mark_of,
)
from graph.extractors.wordpieces import WordPieces
from graph.vocabulary import ORGANISATION_TYPES, OTHER_TYPES
from tests.relation_reading import read_marked

MARKS = [
    mark_of(t, k) for t in (*ORGANISATION_TYPES, *OTHER_TYPES) for k in ("named", "collective", "unnamed")
]
PIECES = ["[UNK]", "[CLS]", "[SEP]", "funds", "and", ".", "in", *MARKS]
READER = WindowReader(WordPieces(PIECES))


def window_of(marked: str) -> Window:
    text = read_marked(marked)
    [sentence] = text.sentences
    return READER.read(sentence, text.mentions)


def shown(window: Window) -> list[str]:
    return [PIECES[number] for number in window.pieces]


def test_a_mention_is_one_piece_that_tells_type_and_kind() -> None:
    window = window_of("{G|Government|Ministers} funds {C|Charity+|hospices} and {T|NHSTrust?|one trust}.")
    assert shown(window) == [
        "[CLS]",
        "[Government]",
        "funds",
        "[Charity+]",
        "and",
        "[NHSTrust?]",
        ".",
        "[SEP]",
    ]
    assert window.places == (0, 1, 3, 5)
    assert window.entities == (IMPLIED, "G", "C", "T")
    assert window.types == (IMPLIED, "Government", "Charity", "NHSTrust")


def test_a_mention_inside_another_is_passed_over() -> None:
    text = read_marked("{T|NHSTrust|Eastvale NHS Trust} funds {C|Charity|Seacole House}.")
    inner = text.mentions[0]
    nested = [inner, type(inner)(inner.start + 9, inner.start + 12, "NHS", "named", "HealthService", "N")]
    window = READER.read(text.sentences[0], [*nested, text.mentions[1]])
    assert window.entities == (IMPLIED, "T", "C")


def test_a_long_sentence_is_cut_off_and_keeps_its_places() -> None:
    window = window_of("{G|Government|Ministers} " + "and " * 300 + "{C|Charity|Seacole House}.")
    assert len(window.pieces) == LONGEST + 1
    assert shown(window)[-1] == "[SEP]"
    assert window.entities == (IMPLIED, "G")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{G|Government|Ministers} funds {C|Charity|Seacole House}.", [(0, 1), (0, 2), (1, 2)]),
        ("{G|Government|Ministers} and {G|Government|ministers}.", [(0, 1), (0, 2)]),
        ("{P|Person|Ann Lee} and {Q|Person|Bo Fry}.", [(0, 1), (0, 2)]),
        ("{P|Person|Ann Lee} in {B|Publication|Far Hills}.", [(0, 1), (0, 2), (1, 2)]),
        ("{A|Place|Stowmere} and {B|Publication|Far Hills}.", [(0, 1), (0, 2)]),
    ],
)
def test_pairs_are_those_that_some_relation_can_hold_between(
    marked: str, expected: list[tuple[int, int]]
) -> None:
    assert window_of(marked).pairs() == expected


def test_of_very_many_pairs_the_near_ones_are_kept() -> None:
    window = window_of(" and ".join(f"{{C{n}|Charity|Seacole {n}}}" for n in range(30)) + ".")
    pairs = window.pairs()
    assert len(pairs) == MOST_PAIRS
    assert all((n, n + 1) in pairs for n in range(1, 30))
    assert max(two - one for one, two in pairs if one) < 5


def test_gaps_are_numbered_apart_for_order_and_for_the_implied_body() -> None:
    numbers = {gap_between(one, two) for one in range(8) for two in range(8) if one != two}
    assert numbers <= set(range(GAPS))
    assert gap_between(1, 2) != gap_between(2, 1) != gap_between(2, 0) != gap_between(0, 2)
    assert gap_between(1, 6) == gap_between(1, 7)


def window_after(before: str, marked: str) -> Window:
    earlier, text = read_marked(before), read_marked(marked)
    return READER.read(text.sentences[0], text.mentions, (earlier.sentences[0], earlier.mentions))


def test_the_sentence_before_is_read_first_and_ends_with_a_sign() -> None:
    window = window_after("{G|Government|Ministers} funds.", "{C|Charity|Shelter} and {T|NHSTrust|Eskmoor}")
    assert shown(window) == [
        "[CLS]",
        "[Government]",
        "funds",
        ".",
        "[SEP]",
        "[Charity]",
        "and",
        "[NHSTrust]",
        "[SEP]",
    ]
    assert window.places == (0, 1, 5, 7)
    assert window.entities == (IMPLIED, "G", "C", "T")
    assert window.own == 2


def test_one_body_of_a_pair_stands_in_the_sentence_itself() -> None:
    before = "{A|Charity|Aa} and {B|Charity|Bb}."
    window = window_after(before, "{C|Charity|Cc} and {D|Charity|Dd}.")
    named = {frozenset((window.entities[one], window.entities[two])) for one, two in window.pairs()}
    assert named == {frozenset(pair) for pair in ("@C", "@D", "AC", "AD", "BC", "BD", "CD")}


def test_only_the_end_of_a_long_sentence_before_is_read() -> None:
    before = "{A|Charity|Aa} " + "and " * MOST_BEFORE + "{B|Charity|Bb}."
    window = window_after(before, "{C|Charity|Cc}.")
    assert window.entities == (IMPLIED, "B", "C")
    assert window.own == 2
    assert len(window.pieces) == 1 + MOST_BEFORE + 1 + 3
    assert [PIECES[window.pieces[place]] for place in window.places[1:]] == ["[Charity]", "[Charity]"]


def test_a_long_sentence_is_cut_off_after_a_sentence_before_as_well() -> None:
    window = window_after("and " * 500 + ".", "{A|Charity|Aa} " + "and " * 500 + "{B|Charity|Bb}.")
    assert len(window.pieces) == 1 + MOST_BEFORE + 1 + LONGEST
    assert window.entities == (IMPLIED, "A")
