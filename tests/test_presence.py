"""The most present body is that which a look at all of them finds, and it is found without one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors import anaphora, presence
from graph.extractors.presence import Body, Presence
from graph.records import Mention
from tests.organisation_reading import find

TYPES = ("Hospital", "NHSTrust", "LocalAuthority", "Government")
NAMES = ("Ash Hospital", "Board of Elm", "Elm Trust", "Fir Trust", "Oak Council", "Oak Health Care Board")
DESCRIPTIONS = (
    (frozenset({"NHSTrust"}), ""),
    (frozenset({"Hospital", "NHSTrust"}), "trust"),
    (frozenset[str](), "board"),
    (frozenset[str](), "health care board"),
)


def name_body(name: str, kind: str, start: int) -> Mention:
    return Mention(start, start + 1, name, "named", kind, "")


asked = st.tuples(st.sampled_from(DESCRIPTIONS), st.sampled_from(("", "Hospital")), st.booleans())
named = st.tuples(st.sampled_from(NAMES), st.sampled_from(TYPES), st.booleans())


@given(st.lists(st.one_of(asked, named, st.none()), min_size=40, max_size=80))
def test_the_most_present_body_is_found(steps: list[Any]) -> None:
    there, known, number = Presence([]), dict[str, Body](), 0
    for start, step in enumerate(steps):
        match step:
            case None:  # the next sentence
                number += 1
            case (str() as name, str() as kind, bool() as heading):
                there.note(name_body(name, kind, start), number, heading=heading)
                body = known.setdefault(name, Body(name, kind, 0, 0, False))
                body.count, body.last, body.heading = body.count + 1, number, body.heading or heading
            case ((types, word), only, bool() as near):
                since = number - 2 if near else -1
                fitting = [
                    body
                    for body in known.values()
                    if presence._fits(body.name, body.type, types, word)
                    and only in ("", body.type)
                    and body.last >= since
                ]
                best = max(fitting, key=lambda b: (b.salience(number), b.last, b.name), default=None)
                assert there.find(types, word, number, only=only, since=since) == best


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(TYPES)), max_size=12), st.integers(0, 12))
def test_a_body_that_is_named_later_is_found_where_it_alone_fits(
    found: list[tuple[str, str]], start: int
) -> None:
    mentions = [name_body(name, kind, place) for place, (name, kind) in enumerate(found)]
    first = {m.text: m for m in reversed(mentions)}
    types, word = DESCRIPTIONS[1]
    coming = [
        m for m in first.values() if 0 < m.start - start < 5 and presence._fits(m.text, m.type, types, word)
    ]
    expected = coming[0] if len(coming) == 1 else None
    assert Presence(mentions).find_coming(start, 5, types, word) == expected


def test_the_ombudsman_is_the_last_that_was_first_named() -> None:
    there = Presence([])
    assert there.ombudsman == "ombudsman"
    for number, name in enumerate(("Housing Ombudsman", "Health Ombudsman", "Housing Ombudsman")):
        there.note(name_body(name, "Regulator", number), number, heading=False)
    assert there.ombudsman == "Health Ombudsman"


def test_three_times_as_many_names_are_looked_at_three_times_as_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = count()

    def counted(function: Callable[..., bool]) -> Callable[..., bool]:
        return lambda *given: (next(looks), function(*given))[1]

    for module, name in ((presence, "_fits"), (anaphora, "_is_within")):
        monkeypatch.setattr(module, name, counted(getattr(module, name)))
    seen = []
    for size in (40, 120):
        before = next(looks)
        assert any(m.definite for m in find("".join(map(write_sentences, range(size)))))
        seen.append(next(looks) - before)
    assert seen[0] > 3 * 40
    assert seen[1] < 4 * seen[0]


def write_sentences(number: int) -> str:
    """Name a hospital and two trusts that are named nowhere else, and speak of them again."""
    word = chr(ord("a") + number // 26) + chr(ord("a") + number % 26)
    bodies = f"F{word} Hospital works with M{word} Trust and S{word} Care Trust."
    return f"{bodies} The trust and the hospital agree. "
