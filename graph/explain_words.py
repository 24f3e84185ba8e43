"""The words in which an explanation speaks of marks, links, relations and counts, on screen and page."""

from __future__ import annotations

from graph.explanation import Claim, Explanation, Subject
from graph.pages import read_legend
from graph.records import Mention
from graph.vocabulary import STATUSES

KINDS = {
    "named": "named",
    "collective": "class of bodies",
    "unnamed": "without a name",
    "other": "",
}
"""Kinds of mentions in words, but for what is no body."""

SENTENCE_KINDS = {
    "heading": "heading",
    "item": "list item",
    "cell": "table cell",
    "reference": "reference: bodies side by side mean nothing here",
    "byline": "byline",
    "furniture": "not read: no part of the text",
}
"""Kinds of sentences in words, but for prose."""

LEGEND = (
    (
        "kind",
        "A body is named (“Kent County Council”), a class of bodies that acts as one (“county councils”), "
        "or without a name (“one trust”).",
    ),
    (
        "register",
        "Which entry of the register a name stands for, with a score from 0 to 1 and the reason. "
        "Where several fit, none is chosen, and all are shown.",
    ),
    (
        "seen by",
        "The rule, the pattern or the kind of register entry that recognised the words.",
    ),
    (
        "left out",
        "A person, publication, law or programme that was seen, but that no relation needs. "
        "The graph does not have it.",
    ),
    (
        "confidence",
        "How sure a relation is, from 0 to 1: as sure as its wording, and less where a pronoun, or the "
        "nearest body that fits, had to stand for a name.",
    ),
    (
        "found by",
        "What found a relation: a wording, by its id in ontology/frames.toml, a rule or a model. “(near)” "
        "took the nearest bodies that fit, “(agent)” a doer from elsewhere in the text.",
    ),
    (
        "not named here",
        "The sentence does not name that body; what came before it, or who is speaking, tells that it "
        "is meant.",
    ),
    (
        "possible miss",
        "A sentence that names two bodies, or a body and a person or publication, and gave no relation. "
        "The likelihood that one was missed is what the claims add up to that were seen and were too unsure "
        "to be made; most such sentences relate nothing. To teach a wording, add a line to "
        "ontology/frames.toml.",
    ),
)
"""What a reader must know, as terms and their meaning."""


def list_statuses() -> list[tuple[str, str]]:
    """List the statuses in words, each with what it means."""
    words = read_legend()["statuses"]
    return [(words[status]["name"].lower(), words[status]["note"]) for status in STATUSES]


def describe_status(claim: Claim) -> str:
    """Return the status of a relation in words."""
    return str(read_legend()["statuses"][claim.relation.status]["name"]).lower()


def describe_kind(subject: Subject) -> str:
    """Say what an entity is: its type, and its kind where it is a body."""
    return ", ".join(filter(None, (subject.type, KINDS[subject.entity.kind])))


def describe_link(subject: Subject) -> str:
    """Say which register entry an entity stands for and why, or why none; nothing if none is sought."""
    link = subject.entity.link
    if not subject.kept:
        return "left out: no relation was found for it"
    if link.register:
        return f"register: {subject.register} ({link.register}), score {link.score:.2f}, {link.reason}"
    if subject.candidates:
        return f"register: unsure, {link.reason}; considered: {', '.join(subject.candidates)}"
    return f"register: none, {link.reason}" if link.reason and subject.entity.kind == "named" else ""


def describe_mention(mention: Mention, subject: Subject) -> str:
    """Say what a mention stands for where its words are not the name of its entity."""
    words = " ".join(mention.text.split())
    same = words.casefold() == subject.entity.name.casefold()
    return subject.entity.name if same else f"“{words}” stands for {subject.entity.name}"


def describe_finding(claim: Claim) -> str:
    """Say which property a relation is, the words of a post, how sure it is, and what found it."""
    relation = claim.relation
    role = f"as “{' '.join(relation.role.split())}”, " if relation.role else ""
    return f"{relation.predicate}, {role}confidence {relation.confidence:.2f}, found by “{relation.found_by}”"


def list_numbers(numbers: tuple[int, ...]) -> str:
    """List numbers of sentences.

    >>> list_numbers((4,)), list_numbers((4, 7))
    ('sentence 4', 'sentences 4, 7')
    """
    return f"sentence{'s' * (len(numbers) != 1)} {', '.join(map(str, numbers))}"


def count_words(number: int, one: str, many: str) -> str:
    """Return a count with its noun.

    >>> count_words(1, "body", "bodies"), count_words(2, "body", "bodies")
    ('1 body', '2 bodies')
    """
    return f"{number} {one if number == 1 else many}"


def summarise_explanation(explanation: Explanation) -> list[str]:
    """Say in a few lines what was seen, what came of it, and what may be missing."""
    bodies = [s for s in explanation.subjects if s.entity.kind in ("named", "collective", "unnamed")]
    linked = sum(subject.entity.link.register is not None for subject in bodies)
    unsure = sum(not s.register and bool(s.candidates) for s in bodies)
    others = len(explanation.subjects) - len(bodies)
    statuses = [f"{n} {words}" for n, (words, _) in zip(explanation.statuses, list_statuses(), strict=True)]
    return [
        f"{count_words(len(explanation.sentences), 'sentence', 'sentences')}; "
        f"{count_words(len(bodies), 'body', 'bodies')}, {linked} in the register"
        f"{f', {unsure} unsure' if unsure else ''}; "
        f"{others} others (people, publications, laws, programmes, places)",
        f"{count_words(sum(explanation.statuses), 'relation', 'relations')}: {', '.join(statuses)}; "
        f"{count_words(explanation.misses, 'possible miss', 'possible misses')}",
    ]
