"""Blanking out mentions keeps lengths and shows the longest mention."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.slots import ORGANISATION, PERSON, SLOTS, slot_sentences
from graph.records import Mention, Sentence

VIEW = "Dr Ann Lee MP (Lab), chair of Leeds Care Trust, spoke."


def mention(text: str, type_name: str) -> Mention:
    start = VIEW.index(text)
    kind = "other" if type_name == "Person" else "named"
    return Mention(start, start + len(text), text, kind, type_name, text)


def test_person_takes_in_title_and_letters() -> None:
    [slotted] = slot_sentences([Sentence(0, len(VIEW), VIEW)], [mention("Ann Lee", "Person")])
    assert slotted.text == PERSON * 19 + VIEW[19:]


def test_longest_of_overlapping_mentions_shows() -> None:
    mentions = [mention("Leeds", "LocalAuthority"), mention("Leeds Care Trust", "CareTrust")]
    [slotted] = slot_sentences([Sentence(0, len(VIEW), VIEW)], mentions)
    assert slotted.text.count(ORGANISATION) == len("Leeds Care Trust")
    assert [m.text for m in slotted.mentions.values()] == ["Leeds Care Trust"]


@given(st.lists(st.tuples(st.integers(0, 53), st.integers(1, 20), st.booleans())))
def test_length_stays_and_the_rest_is_untouched(spans: list[tuple[int, int, bool]]) -> None:
    mentions = [
        Mention(
            a,
            min(a + n, 54),
            VIEW[a : a + n],
            *(("other", "Person") if person else ("named", "CareTrust")),
            "x",
        )
        for a, n, person in spans
    ]
    [slotted] = slot_sentences([Sentence(0, len(VIEW), VIEW)], mentions)
    assert len(slotted.text) == len(VIEW)
    assert all(new in (old, *SLOTS) for old, new in zip(VIEW, slotted.text, strict=True))
    assert all(slotted.text[start] in SLOTS for start in slotted.mentions)


def test_furniture_is_left_out() -> None:
    assert slot_sentences([Sentence(0, 4, "Menu", "furniture")], []) == []
