"""For whom a text speaks: a minister for the government, a manifesto for its party, a debate turn by turn."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extractors.speakers import find_speakers
from tests.relation_reading import read_marked

G, P, Q = (
    "{G|Government|the Government}",
    "{P|PoliticalParty|the Progress Party}",
    "{Q|PoliticalParty|the Civic Union}",
)


def speakers(marked: str) -> list[str]:
    """Return whom "we" means in each sentence."""
    read = read_marked(marked)
    by_id = {entity.id: entity for entity in read.entities}
    counts = Counter(mention.entity for mention in read.mentions)
    return list(find_speakers(read.sentences, by_id, counts, "G" if "G" in by_id else ""))


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        (f"The Secretary of State for Health spoke for {G}. We care.", "G"),
        (f"Statement by the Minister of State for Care. {G} has listened. We care.", "G"),
        (f"We have published a plan. {G} will act.", "G"),
        (f"My Department is ready. {G} will act.", "G"),
        (f"Our White Paper is out. {G} will act.", "G"),
        (f"This is the manifesto of {P}. We care.", "P"),
        (f"{P} believes in care and, if elected, we care.", "P"),
        pytest.param(
            f"{P} believes in care. If elected, we care.",
            "P",
            marks=pytest.mark.xfail(strict=False, reason='"If elected" with a capital'),
        ),
        (f"{P} will act. The Civic Union has failed, {Q} has wasted money. We will:", "P"),
        (f"A day at the seaside with {P}. We swam.", ""),
        ("We swam.", ""),
        ("", ""),
    ],
)
def test_speaker_of_a_text(marked: str, speaker: str) -> None:
    assert set(speakers(marked)) <= {speaker}


def test_debate_is_read_turn_by_turn() -> None:
    found = speakers(
        f"Mr Example: Will the Minister say why {G} has cut care?\\n\\n"
        f"Ms Sample: We are investing more than {P} ever did.\\n\\n"
        f"Mr Other ({Q}): The Government should listen. We would."
    )
    assert found[0] != "G"
    assert found[1] == "G"
    assert "G" not in found[2:]


def test_who_speaks_after_a_question_answers_for_the_government() -> None:
    turns = "Mr Example: {} sat down{}\\n\\nMs Sample: We shall see."
    assert speakers(turns.format(f"Why has {G}", "?"))[-1] == "G"
    assert speakers(turns.format(G, "."))[-1] == ""


PIECES = st.sampled_from(
    [
        G,
        P,
        Q,
        "We will",
        "Our Government",
        "Mr Example: ",
        "\n\n",
        "manifesto",
        "?",
        ".",
        "My Department",
        "has failed",
    ]
)


@given(st.lists(PIECES, max_size=20).map(" ".join))
def test_each_sentence_has_one_speaker_or_none(text: str) -> None:
    read = read_marked(text)
    known = {"", *(entity.id for entity in read.entities)}
    found = speakers(text)
    assert len(found) == len(read.sentences)
    assert set(found) <= known


@given(
    st.lists(
        st.sampled_from([P, Q, "We will act.", "manifesto", "\n\n", "Mr Example: Yes."]), max_size=12
    ).map(" ".join)
)
def test_nobody_speaks_for_a_government_that_is_not_named(text: str) -> None:
    assert set(speakers(text)) <= {"", "P", "Q"}
