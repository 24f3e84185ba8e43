"""The claims of a graph as pages show them: who says what of whom, and in which words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.pages import read_legend
from graph.terms import DCTERMS, FOAF, OA, PROV, read_integer, read_number
from graph.vocabulary import CG
from graph.workbench.briefs import read_briefs
from graph.workbench.view import Named, View, kind_of

MOST_BETWEEN = 200
"""Claims on a pair that are shown."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: IRI, title, date as stated, address (http or https) and publisher; else empty."""

    iri: str
    title: str
    date: str = ""
    address: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that says so: its IRI, words, what stands around it, and where (characters from 0)."""

    iri: str
    text: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of one document.

    Attributes:
        predicate: local name of the property.
        words: the relation in words, from the subject's side.
        backward: the relation in words, from the object's side.
        status: ``asserted``, ``proposed`` or ``negated``.
        confidence: in 0..1.
    """

    iri: str
    subject: Named
    predicate: str
    words: str
    backward: str
    object: Named
    status: str
    role: str
    confidence: float
    found_by: str
    paper: Paper
    quotes: tuple[Quote, ...]

    @property
    def status_words(self) -> str:
        """Return the status in words."""
        return describe_status(self.status)

    @property
    def likelihood(self) -> str:
        """Return the confidence in words: it is the share of such claims that was measured to be right."""
        return f"of ten such statements about {round(self.confidence * 10)} are right"

    def side(self, iri: str) -> tuple[str, Named]:
        """Return the relation in words and who is on the other side, seen from a node."""
        return (self.words, self.object) if self.subject.iri == iri else (self.backward, self.subject)


def describe_status(status: str) -> str:
    """Return a status in words: stated as fact, proposed, denied; one that other hands put there as it is."""
    return str(read_legend()["statuses"].get(status, {"name": status})["name"])


def word_relation(predicate: str, *, backward: bool = False) -> str:
    """Return a relation in words, from the subject's side or from the object's.

    >>> word_relation("audits"), word_relation("audits", backward=True)
    ('audits', 'is audited by')
    """
    words = read_legend()["relations"].get(predicate, {})
    return str(words.get("backward" if backward else "forward", predicate))


def list_paper_claims(view: View, paper: str, *, limit: int) -> list[Claim]:
    """Read the claims of a document, in the order of their sentences."""
    iris = view.refer(PROV + "wasDerivedFrom", paper)
    claims = [read_claim(view, iri) for iri in sorted(iris) if kind_of(iri) == "claim"]
    claims.sort(key=lambda claim: (claim.quotes[0].start if claim.quotes else 0, claim.iri))
    return claims[:limit]


def list_between(view: View, one: str, two: str) -> list[Claim]:
    """Read the claims of which one node is the subject and the other the object, in either direction."""
    between = [brief for brief in read_briefs(view, one)[0] if brief.other == two]
    return [read_claim(view, brief.iri) for brief in between[:MOST_BETWEEN]]


def read_claim(view: View, iri: str) -> Claim:
    """Read one claim with its sentences, in text order."""
    values = {name: view.first(iri, CG + name) for name in _PROPERTIES}
    predicate = values["predicate"].removeprefix(CG)
    quotes = [read_quote(view, quote) for quote in view.read(iri, CG + "evidence")]
    return Claim(
        iri=iri,
        subject=view.name(values["subject"]),
        predicate=predicate,
        words=word_relation(predicate),
        backward=word_relation(predicate, backward=True),
        object=view.name(values["object"]),
        status=values["status"].removeprefix(CG).lower(),
        role=values["role"],
        confidence=read_number(values["confidence"]),
        found_by=values["foundBy"],
        paper=read_paper(view, view.first(iri, PROV + "wasDerivedFrom")),
        quotes=tuple(sorted(quotes, key=lambda quote: (quote.start, quote.end))),
    )


_PROPERTIES = ("subject", "predicate", "object", "status", "role", "confidence", "foundBy")


def read_quote(view: View, iri: str) -> Quote:
    """Read one sentence."""
    text, prefix, suffix = (view.first(iri, OA + name) for name in ("exact", "prefix", "suffix"))
    start, end = (read_integer(view.first(iri, OA + name)) for name in ("start", "end"))
    return Quote(iri, text, prefix, suffix, start, end)


def read_paper(view: View, iri: str) -> Paper:
    """Read what is known of a document."""
    return Paper(
        iri=iri,
        title=view.name(iri).name,
        date=view.first(iri, DCTERMS + "date"),
        address=view.first(iri, FOAF + "page"),
        publisher=view.first(iri, DCTERMS + "publisher"),
    )


def group_claims(claims: Iterable[Claim], iri: str) -> list[tuple[str, list[tuple[str, list[Claim]]]]]:
    """Group claims on a node by status, then by relation in words, in the order given."""
    grouped: dict[str, dict[str, list[Claim]]] = {}
    for claim in claims:
        grouped.setdefault(claim.status, {}).setdefault(claim.side(iri)[0], []).append(claim)
    return [(status, list(relations.items())) for status, relations in grouped.items()]


def explain_finding(found_by: str) -> str:
    """Say in words how a claim was found.

    >>> explain_finding("post: apposition")
    'a rule for posts (apposition)'
    """
    name, _, rest = found_by.partition(" ")
    if name == "model":
        return f"a trained model that reads each sentence with the one before it {rest}".rstrip()
    if name == "llm":
        return f"a language model, {rest}; its quote was looked up in the text"
    family, colon, detail = found_by.partition(": ")
    if colon:
        plural = {"post": "posts", "publication": "publications", "area": "areas", "person": "people"}
        return f"a rule for {plural.get(family, family)} ({detail})"
    return f"the wording “{found_by}”, which ontology/frames.toml describes" if found_by else "not recorded"
