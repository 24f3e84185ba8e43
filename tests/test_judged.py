"""What the model sees, in the document's terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pytest

from graph.extractors.antecedents import load_antecedents
from graph.extractors.judged import NEAR, Judges, find_judged_relations
from graph.extractors.opinions import load_opinions
from graph.extractors.relation_model import Judgement, RelationModel
from graph.extractors.windows import Window
from graph.records import Relation
from tests.relation_reading import Marked, read_marked

SHIPPED = RelationModel()


@dataclass
class Told:
    """Stands for the model where a test says what is seen in the last sentence."""

    said: list[Judgement]
    last: Window | None = None
    reader = SHIPPED.reader

    def judge(self, window: Window) -> list[Judgement]:
        self.last = window
        return [j for j in self.said if {j.subject, j.object} <= set(window.entities)]


def relations(text: Marked, *said: Judgement) -> list[Relation]:
    model = cast("RelationModel", Told(list(said)))
    judges = Judges(model, load_antecedents(), load_opinions())
    return list(find_judged_relations(text.document, text.sentences, text.mentions, text.discourse(), judges))


def test_a_claim_across_two_sentences_quotes_both() -> None:
    text = read_marked(
        "{T|NHSTrust|Eskmoor NHS Trust} is small. It buys food from {C|Company|Larch Foods}. So it goes."
    )
    [relation] = relations(text, Judgement("T", "commissionsFrom", "C", "asserted", 0.9, across=True))
    [evidence] = relation.evidence
    assert evidence.quote == "Eskmoor NHS Trust is small. It buys food from Larch Foods."
    assert relation.found_by == "model (sentence before)"
    [own] = relations(text, Judgement("T", "commissionsFrom", "C", "asserted", 0.9))
    assert own.evidence[0].quote == "It buys food from Larch Foods."


def test_a_sentence_that_is_far_away_is_not_quoted() -> None:
    gap = "\n" * (NEAR + 1)
    text = read_marked(
        f"{{T|NHSTrust|Eskmoor NHS Trust}} is small.{gap}It buys food from {{C|Company|Larch Foods}}."
    )
    [relation] = relations(text, Judgement("T", "commissionsFrom", "C", "asserted", 0.9, across=True))
    assert relation.evidence[0].quote == "It buys food from Larch Foods."


def test_a_claim_on_an_implied_body_comes_bare_and_with_the_body_that_is_meant() -> None:
    text = read_marked(
        "{G|Government|Ministers} met. In spring {P|PrimaryCareTrust+|primary care trusts} will go."
    )
    bare, meant = relations(text, Judgement("@", "reorganises", "P", "proposed", 0.9))
    assert (bare.subject, bare.found_by, bare.confidence) == ("@", "model (unresolved)", 0.9)
    assert (meant.subject, meant.object, meant.found_by) == ("G", "P", "model (government)")
    assert 0 < meant.confidence < 0.9


def test_a_post_has_the_words_of_its_title() -> None:
    text = read_marked("{P|Person|Ann Lee}, chair of {C|Charity|Mind}, left.")
    [post] = relations(text, Judgement("P", "postHolderAt", "C", "asserted", 0.9))
    assert post.role == "chair"
    text = read_marked("{P|Person|Ann Lee} knows {C|Charity|Mind}.")
    assert relations(text, Judgement("P", "postHolderAt", "C", "asserted", 0.9)) == []


@pytest.mark.parametrize("subject", ["A", "B"])
def test_the_ends_of_a_symmetric_relation_are_in_order(subject: str) -> None:
    text = read_marked("{A|Charity|Mind} and {B|Charity|Scope} work together.")
    other = "B" if subject == "A" else "A"
    [relation] = relations(text, Judgement(subject, "worksWith", other, "asserted", 0.9))
    assert (relation.subject, relation.object) == ("A", "B")
