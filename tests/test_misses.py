"""Possible misses in words, quoted as they stand, in one order over all documents."""

from __future__ import annotations

import pytest

from graph.findings import describe_findings
from graph.misses import describe_omission, list_misses
from graph.records import Document, Extraction, Mention, Omission, Sentence
from graph.tally import Tally


def mention(text: str, name: str, kind: str, type_name: str) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, kind, type_name, name)


BODY, COLLECTIVE = ("Ashby", "named", "Charity"), ("Bexton", "collective", "Charity")
PERSON, BOOK = ("Coll", "other", "Person"), ("Dunn", "other", "Publication")
NAMES = "Ashby Bexton Coll Dunn"


@pytest.mark.parametrize(
    ("named", "likelihood", "names", "chance"),
    [
        ([BODY, COLLECTIVE], 0.344, "names 2 bodies", "34%"),
        ([BODY, BODY, PERSON], 0.01, "names a body and a person", "1%"),
        ([BODY, PERSON, BOOK], 1.0, "names a body and a person and a publication", "100%"),
        ([BODY, BOOK], 0.0, "names a body and a publication", "below 1%"),
    ],
)
def test_omission_is_told_in_words(
    named: list[tuple[str, str, str]], likelihood: float, names: str, chance: str
) -> None:
    mentions = tuple(mention(NAMES, *about) for about in named)
    said = describe_omission(Omission(0, likelihood, mentions))
    assert said == f"{names}, and no relation was found; likelihood that one was missed: {chance}"


def make_extraction(name: str, text: str, *likelihoods: float) -> Extraction:
    sentence = Sentence(0, len(text), text.replace("<b>", "   "))
    named = tuple(mention(text, body, "named", "Charity") for body in ("Kent", "Essex"))
    omissions = tuple(Omission(0, likelihood, named) for likelihood in likelihoods)
    return Extraction(Document(name, text, "0" * 64), (sentence,), named, (), (), omissions)


def test_likeliest_comes_first_and_ties_are_in_the_order_of_the_documents() -> None:
    found = [make_extraction("a", "Kent, Essex", 0.5, 0.1), make_extraction("b", "Kent, Essex", 0.6, 0.5)]
    ranked = Tally.of(map(describe_findings, found)).list_misses(9)
    assert [(name, miss.reason.rsplit(": ")[1]) for name, miss in ranked] == [
        ("b", "60%"),
        ("a", "50%"),
        ("b", "50%"),
        ("a", "10%"),
    ]


def test_miss_is_quoted_as_it_stands_without_markup_and_with_names_marked() -> None:
    (miss,) = list_misses(make_extraction("a", "The ‘<b>Kent’ and\u00a0  Essex.", 0.5))
    assert miss.pieces == (
        ("The ‘ ", False),
        ("Kent", True),
        ("’ and ", False),
        ("Essex", True),
        (".", False),
    )
