"""Explanations of documents of our own with all that one can say, and of one that is hostile throughout."""

from __future__ import annotations

from dataclasses import replace

from graph.explain import explain_extraction
from graph.explanation import Explanation
from graph.records import Document, Entity, Extraction, Link, Mention, Omission, quote_evidence
from graph.segment import segment_document
from tests.sample_documents import make_letter, make_minutes, make_relation

NAMES = {"ct:TAL": "Torbay Care Trust", "nhs:RX5": "Northern Ambulance", "nhs:RX6": "Southern Ambulance"}
HOSTILE = "<img src=x onerror=alert(1)>\x1b[31m\x07\u202e\u2066\x9b2J"


def segment(extraction: Extraction) -> Extraction:
    """Return an extraction with the sentences of its document."""
    return replace(extraction, sentences=tuple(segment_document(extraction.document)))


def explain_minutes() -> Explanation:
    """Explain a document with relations of all statuses, some of whose arguments a sentence does not name."""
    minutes = make_minutes()
    person = Mention(0, 9, "Ann Marsh", "other", "Person", "ann-marsh", found_by="given name")
    return explain_extraction(segment(replace(minutes, mentions=(person, *minutes.mentions))), NAMES)


def explain_misses() -> Explanation:
    """Explain a document without relations, the likeliest miss of which is in its second sentence."""
    minutes = segment(replace(make_minutes(), relations=()))
    person = Mention(0, 9, "Ann Marsh", "other", "Person", "ann-marsh", found_by="given name")
    mentions = (person, *minutes.mentions)
    omissions = (Omission(1, 0.5, mentions[1:3]), Omission(0, 0.2, mentions[:2]))
    return explain_extraction(replace(minutes, mentions=mentions, omissions=omissions), NAMES)


def explain_letter() -> Explanation:
    """Explain a document with an ambiguous name, which a mention marks."""
    letter = make_letter()
    start = letter.document.text.index("ambulance trust")
    mention = Mention(start, start + 15, "ambulance trust", "named", "NHSTrust", "ambulance-trust")
    return explain_extraction(segment(replace(letter, mentions=(mention,))), NAMES)


def explain_hostile() -> Explanation:
    """Explain a document that tries to become markup, script and escape codes in every field."""
    text = f"{HOSTILE} runs {HOSTILE}.\n"
    document = Document(
        HOSTILE, text, "0" * 64, title=HOSTILE, date=HOSTILE, author=HOSTILE, publisher=HOSTILE,
        url="javascript:alert(1)",
    )  # fmt: skip
    link = Link(None, 0.5, HOSTILE, (HOSTILE,))
    at = len(HOSTILE)
    mentions = (
        Mention(0, at, HOSTILE, "named", "Organisation", "a", found_by=HOSTILE),
        Mention(at + 6, 2 * at + 6, HOSTILE, "named", "Organisation", "b", found_by=HOSTILE),
    )
    entities = (
        Entity("a", "named", "Organisation", HOSTILE, link=link),
        Entity("b", "named", "Organisation", HOSTILE, link=replace(link, register=HOSTILE)),
    )
    relation = make_relation(text, "a directs b", "asserted", " runs ", role=HOSTILE)
    relation = replace(relation, evidence=(quote_evidence(text, 0, len(text)),), found_by=HOSTILE)
    return explain_extraction(segment(Extraction(document, (), mentions, entities, (relation,))), {})
