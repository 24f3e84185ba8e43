"""Lists of pledges: whose they are, and which sentences are their items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.pledges import LEAST_PLEDGES, LIST_LENGTH
from tests.relation_reading import read_marked

L = "{L|LocalAuthority|Halverton Council}"
PARTY = "{P|PoliticalParty|the Progress Party}"
OTHER = "{Q|PoliticalParty|the Civic Union}"


def carried(text: str) -> list[tuple[tuple[str, ...], bool]]:
    discourse = read_marked(text).discourse()
    return list(zip(discourse.carried, discourse.promised, strict=True))


def test_introduction_is_the_subject_of_its_list() -> None:
    found = carried(f"{L} will:\\n- build homes\\n- train nurses\\n\\nThe end was near.")
    assert found == [((), False), (("L",), True), (("L",), True), ((), False)]


def test_list_of_facts_is_no_promise() -> None:
    found = carried(f"The tasks of {L} include:\\n- building homes\\n- training nurses")
    assert found[1:] == [(("L",), False)] * 2


@pytest.mark.parametrize("end", ["The end was near.", "It was a long day.", "Patients have waited."])
def test_sentence_with_a_subject_of_its_own_is_no_item(end: str) -> None:
    assert carried(f"{L} will:\\n- build homes\\n\\n{end}")[-1] == ((), False)


def test_list_of_pledges_is_that_of_the_party_that_the_text_names() -> None:
    items = "\\n".join(["- abolish fees", "- build homes", "- cut waits"][:LEAST_PLEDGES])
    found = carried(f"{PARTY} and {OTHER} are parties. {PARTY} is ready.\\n\\n{items}")
    assert found[-1] == (("P",), True)
    assert carried(f"{L} is ready.\\n\\n{items}")[-1] == ((), False)


def test_we_of_a_party_is_carried() -> None:
    found = carried(f"{PARTY} has a manifesto.\\n\\nWe will:\\n- build homes\\n- train nurses")
    assert found[-1] == (("P",), True)


def test_introduction_wears_off() -> None:
    items = "\\n".join(f"- build home number {number}" for number in range(LIST_LENGTH + 5))
    found = carried(f"{L} will:\\n{items}")
    assert found[1] == (("L",), True)
    assert found[-1] == ((), False)


PIECES = st.sampled_from(
    [L, PARTY, OTHER, "will:", "We will:", "include:", "\n- abolish fees", "\n- build", "\n\n", "It rained."]
)


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_subject_of_an_item_is_of_the_document(text: str) -> None:
    marked = read_marked(text)
    discourse = marked.discourse()
    assert len(discourse.carried) == len(discourse.promised) == len(marked.sentences)
    assert {one for ids in discourse.carried for one in ids} <= {entity.id for entity in marked.entities}
