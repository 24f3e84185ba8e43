from __future__ import annotations

import pytest

from graph.extractors.chains import Spot, read_back, read_forward
from graph.extractors.wordings import Head
from tests.organisation_reading import make_reading, real_lexicon

PLAIN = Head("Organisation")
OF = Head("Organisation", of=True)
BACK = [
    ("She met Wessex Carers Federation", "Federation", "Wessex Carers Federation"),
    ("The Barset Federation", "Federation", "Barset Federation"),
    ("Dr Smith and Barset Federation", "Federation", "Barset Federation"),
    ("Oxfam and Barset Federation", "Federation", "Barset Federation"),
    ("Health and Safety Executive", "Executive", "Health and Safety Executive"),
    ("Orders of St John Federation", "Federation", "Orders of St John Federation"),
    ("England's Health Board", "Board", "Health Board"),
    ("Labour-led Barset Council", "Council", "Barset Council"),
    ("Minister Jones Board", "Board", "Jones Board"),
]
FORWARD = [
    ("Institute for Rural Health and Care said", "Institute", "Institute for Rural Health and Care"),
    ("Society of Nurses in Scotland", "Society", "Society of Nurses"),
    ("Institute of Health and Oxfam", "Institute", "Institute of Health"),
    ("Institute of Health and the King", "Institute", "Institute of Health"),
    ("Institute of education", "Institute", "Institute"),
]


def make_spot(text: str, noun: str, head: Head) -> Spot:
    reading = make_reading(text)
    at = reading.text.index(noun)
    return Spot(reading, at, at + len(noun), head, real_lexicon())


@pytest.mark.parametrize(("text", "noun", "name"), BACK)
def test_name_starts_where_its_capitals_do(text: str, noun: str, name: str) -> None:
    spot = make_spot(text, noun, PLAIN)
    assert spot.reading.text[read_back(spot) : spot.end] == name


@pytest.mark.parametrize(("text", "noun", "name"), FORWARD)
def test_name_ends_before_the_next_body_or_place(text: str, noun: str, name: str) -> None:
    spot = make_spot(text, noun, OF)
    assert spot.reading.text[spot.start : read_forward(spot)] == name


def test_prefix_takes_the_place_that_follows() -> None:
    spot = make_spot("London Borough of Barnet and Kent", "London Borough of", Head("X", prefix=True))
    assert spot.reading.text[spot.end : read_forward(spot)] == " Barnet"


def test_long_chain_of_capitals_is_cut() -> None:
    spot = make_spot("Aa " * 200 + "Board", "Board", PLAIN)
    assert spot.start - read_back(spot) <= 113
