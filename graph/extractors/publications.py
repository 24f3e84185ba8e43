"""Find publications by title, and the spans that no organisation should be found in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.extractors.legislation import legislation_spans
from graph.extractors.overlaps import Spans
from graph.extractors.posts_portfolios import portfolio_spans
from graph.extractors.programmes import programme_spans
from graph.extractors.titles import ENDS, KINDS, UNSURE, read_titles, titled_sentence
from graph.extractors.titles_apposed import surnamed_titles, title_of_body
from graph.extractors.titles_emphasis import find_emphasised
from graph.extractors.wordlists import load_words
from graph.iris import slug_name
from graph.patterns import make_regex
from graph.records import Document, Mention, Sentence, Span

_PUBLISHED = load_words("publications")["published"]
_LISTED_KIND = make_regex(rf"\b(?:{KINDS}|{ENDS})\b", re.IGNORECASE)
_POSSESSIVE = make_regex(r"'s?(?=\s+[A-Z])")
_VERB = make_regex(
    r"\b(?:is|are|was|were|has|have|had|will|would|should|can|may|must|do|does|said|says|to)\b"
)


def find_title_spans(document: Document, sentences: Sequence[Sentence]) -> list[Span]:
    """Find where titles of publications, Acts and programmes and the portfolios of ministers stand.

    A body's name inside one ("NHS Act 2006", "Minister for Community Care") is no mention of the body.

    Args:
        document: the source.
        sentences: its sentences.

    Returns:
        Spans of the document, sorted; character offsets, end exclusive.
    """
    spans: set[Span] = set()
    for sentence in sentences:
        if sentence.kind == "furniture":
            continue
        view, at = sentence.view, sentence.start
        found = [(t.start, t.end) for t in read_titles(sentence) if t.rule != UNSURE]
        found += legislation_spans(view)
        found += portfolio_spans(view)
        found += [span for span, _ in programme_spans(view)]
        spans.update((at + start, at + end) for start, end in found)
    spans.update(find_emphasised(document))
    return sorted(spans)


def find_publications(
    document: Document, sentences: Sequence[Sentence], organisations: Sequence[Mention]
) -> list[Mention]:
    """Find the publications that a document names by title.

    Args:
        document: the source.
        sentences: its sentences.
        organisations: mentions of organisations, whose ids are not used again.

    Returns:
        Mentions of type ``Publication`` in text order; the same title has the same ``entity``.
    """
    used = {m.entity for m in organisations}
    starts = {m.start: m for m in organisations}
    mentions: list[Mention] = []
    bodies, known = Spans((m.start, m.end) for m in organisations), Spans()
    emphasised = [(a, b, "title: emphasis") for a, b in find_emphasised(document)]
    loose = _loose_titles(document, sentences, organisations)
    for a, b, rule in [*emphasised, *_all_titles(sentences, starts), *loose]:
        if (rule.endswith(UNSURE) and bodies.meet(a, b)) or known.meet(a, b):
            continue
        known.add(a, b)
        name = " ".join(document.text[a:b].split()).rstrip(" ,.;:")
        entity = slug_name(name)
        entity = f"{entity}-publication" if entity in used else entity
        mentions.append(
            Mention(a, b, document.text[a:b], "other", "Publication", entity, found_by=rule, name=name)
        )
    return sorted(mentions, key=lambda m: m.start)


def _all_titles(sentences: Sequence[Sentence], bodies: dict[int, Mention]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and rule of each title; offsets into the document."""
    signed = titled_sentence(sentences)
    if signed:
        yield signed[0].start, signed[0].end, "title above a byline"
    for sentence in sentences:
        if sentence.kind == "furniture":
            continue
        at = sentence.start
        listed = _listed(sentence, bodies.get(at + _bullet(sentence.view)))
        if listed:
            yield at + listed[0], at + listed[1], "title: listed"
        known = [span for span, _ in programme_spans(sentence.view)] if "P" in sentence.view else []
        for title in read_titles(sentence):
            covers = any(a < title.end and title.start < b for a, b in known)
            start = _after_body(sentence, title.start, bodies)
            cut = start > at + title.start and len(sentence.view[start - at : title.end].split()) < 3
            if (
                not (title.rule == "own" and covers)
                and start < at + title.end
                and not (title.rule == UNSURE and cut)
            ):
                yield start, at + title.end, f"title: {title.rule}"


def _loose_titles(
    document: Document, sentences: Sequence[Sentence], organisations: Sequence[Mention]
) -> Iterator[tuple[int, int, str]]:
    """Yield titles after a body's "'s" and titles by their author's surname, neither of which is sure."""
    ends = {m.end for m in organisations if m.kind == "named"}
    for sentence in sentences:
        if sentence.kind in ("furniture", "reference"):
            continue
        view, at = sentence.view, sentence.start
        spans = list(surnamed_titles(view, document.text)) if "Re" in view or " re" in view else []
        bodies = (m.start() for m in _POSSESSIVE.finditer(view) if at + m.start() in ends)
        spans += [span for end in bodies if (span := title_of_body(view, end))]
        for start, end in spans:
            yield at + start, at + end, f"title: {UNSURE}"


def _after_body(sentence: Sentence, start: int, bodies: dict[int, Mention]) -> int:
    """Leave the body out of "The Harbour Council's Care Strategy"; return an offset into the document."""
    article = 4 if sentence.view.startswith("The ", start) else 0
    body = bodies.get(sentence.start + start + article)
    if body is None:
        return sentence.start + start
    rest = re.compile(r"(?:'s)?\s*").match(sentence.view, body.end - sentence.start)
    return sentence.start + rest.end() if rest else body.end


def _bullet(view: str) -> int:
    bullet = re.match(r"\W*", view)
    return bullet.end() if bullet else 0


def _listed(sentence: Sentence, body: Mention | None) -> Span | None:
    """Read "Body guide to joint working" and "Body, Title In Capitals" as an item of a list of links."""
    if (
        body is None
        or body.kind != "named"
        or sentence.kind not in ("heading", "item", "cell")
        or len(sentence.view.split()) > 18
    ):
        return None
    rest = sentence.view[body.end - sentence.start :]
    start = body.end - sentence.start + len(rest) - len(rest.lstrip(" ,:-\u2013"))
    title = sentence.view[start:].rstrip(" .")
    words = title.split()
    if (
        len(words) < 2
        or _VERB.search(re.sub(r"\bto\b", "", title))
        or "," in title
        or words[0].lower() in _PUBLISHED
        or words[0][:1].isdigit()
        or (not rest[:1].strip() and rest[:1] != " ")
    ):
        return None
    capitals = sum(w[0].isupper() for w in words if len(w) > 3) * 2 > len([w for w in words if len(w) > 3])
    if (rest.startswith(",") and capitals and len(words) > 2) or (
        rest.startswith(" ") and _LISTED_KIND.search(title)
    ):
        return start, start + len(title)
    return None
