"""What a model is shown: every predicate with its definition, and a passage with its mentions numbered."""

from __future__ import annotations

import pytest

from graph.llm.passages import Passage
from graph.llm.prompt import answer_schema, system_message, user_message
from graph.records import Entity, Mention, Sentence
from graph.vocabulary import PREDICATES, STATUSES


@pytest.mark.parametrize(
    "line",
    [
        "- worksWith (body -> body, in either order): Joint working, partnership,",
        "- commissionsFrom (body -> body): Buys or commissions services from.",
        "- postHolderAt (Person -> body): Holds, held or will hold a post at",
        "- servesArea (body -> Place): Serves or covers a named area.",
        "- directs (Legislation or Programme or body -> body): ",
    ],
)
def test_predicate_stands_with_its_types_and_its_definition(line: str) -> None:
    assert "\n" + line in system_message()


def test_every_predicate_and_status_is_told() -> None:
    lines = [line for line in system_message().splitlines() if line.startswith("- ")]
    assert [line.split()[1] for line in lines[-len(PREDICATES) :]] == PREDICATES
    assert all(f'"{status}"' in system_message() for status in STATUSES)


def test_passage_comes_with_its_entities_numbered() -> None:
    sentence = Sentence(5, 38, "Fennick Council funds the trusts.")
    council = Entity("fennick", "named", "LocalAuthority", "Fennick Council")
    trusts = Entity("trusts", "collective", "NHSTrust", "NHS trusts")
    mentions = (
        Mention(5, 20, "Fennick\nCouncil", "named", "LocalAuthority", "fennick"),
        Mention(27, 37, "the trusts", "collective", "NHSTrust", "trusts"),
    )
    assert user_message(Passage((sentence,), mentions, (council, trusts))) == (
        "Passage:\n<<<\nFennick Council funds the trusts.\n>>>\n\nEntities:\n"
        "1. Fennick Council [LocalAuthority, named], here: Fennick Council\n"
        "2. NHS trusts [NHSTrust, collective], here: the trusts\n"
    )


def test_schema_is_closed_and_requires_everything() -> None:
    item = answer_schema()["properties"]["claims"]["items"]
    assert item["additionalProperties"] is answer_schema()["additionalProperties"] is False
    assert set(item["required"]) == set(item["properties"])
    assert item["properties"]["predicate"]["enum"] == PREDICATES
