"""Which claims a person means: by body, relation, status, document, date and confidence, in reading order."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, QuerySolutions, Store

from graph.days import Date, Period, find_period, is_dated_by, read_period
from graph.errors import QueryError
from graph.lookup import find_body, find_document
from graph.query import QUERY_PREFIXES
from graph.terms import DCTERMS, RDFS, read_integer
from graph.vocabulary import CG, PREDICATES, STATUSES

Words = str | Iterable[str] | None
"""One word or several; None leaves it open."""


def choose_claims(
    store: Store,
    *,
    body: str | None = None,
    other: str | None = None,
    predicate: Words = None,
    status: Words = None,
    document: str | None = None,
    since: Date | None = None,
    until: Date | None = None,
    confidence: float | None = None,
) -> tuple[str, ...]:
    """Return the IRIs of claims, by date of their document (undated last), its title, and place in it.

    Args:
        store: an opened graph.
        body: name, code or IRI of what stands on either side.
        other: name, code or IRI of what stands on the other side.
        predicate: one or several relations, as ``worksWith`` or "works with".
        status: one or several of ``asserted``, ``proposed`` and ``negated``.
        document: name, title or IRI.
        since: only documents that are dated on or after its first day, or may be.
        until: only documents that are dated on or before its last day, or may be.
        confidence: the least, in 0..1.

    Raises:
        QueryError: a name, relation, status, date or number is wrong.
    """
    patterns = [
        _match_sides(store, body, other),
        _match_values("predicate", read_predicates(store, predicate)),
        _match_values("status", read_statuses(status)),
    ]
    if document is not None:
        patterns.append(f"VALUES ?paper {{ {find_document(store, document)} }}")
    if confidence is not None:
        patterns.append(f"?claim cg:confidence ?share FILTER(?share >= {_read_share(confidence)})")
    papers = _sort_documents(store, _read_bound(since), _read_bound(until))
    found: dict[str, tuple[int, int, str]] = {}
    for claim, paper, start in _ask(store, "\n".join(patterns)):
        if paper in papers:
            found[claim] = min(found.get(claim, (len(papers), 0, "")), (papers[paper], start, claim))
    return tuple(sorted(found, key=found.__getitem__))


def read_predicates(store: Store, given: Words) -> tuple[str, ...] | None:
    """Read relations by local name, IRI or label; None where they are left open.

    Raises:
        QueryError: there is no such relation; the message suggests some.
    """
    known = {form.lower(): name for name in PREDICATES for form in (name, CG + name, f"cg:{name}")}
    for name in PREDICATES:
        labels = store.quads_for_pattern(NamedNode(CG + name), NamedNode(RDFS + "label"), None, None)
        known.update((quad.object.value.lower(), name) for quad in labels if hasattr(quad.object, "value"))
    return _read_words(given, known, "relation")


def read_statuses(given: Words) -> tuple[str, ...] | None:
    """Read statuses by word or IRI, as local names; None where they are left open.

    Raises:
        QueryError: there is no such status.
    """
    forms = {
        form: status.capitalize()
        for status in STATUSES
        for form in (status, (CG + status).lower(), f"cg:{status}")
    }
    return _read_words(given, forms, "status")


def _read_words(given: Words, known: Mapping[str, str], what: str) -> tuple[str, ...] | None:
    if given is None:
        return None
    words = [given] if isinstance(given, str) else list(given)
    for word in words:
        if str(word).strip().lower() not in known:
            near = difflib.get_close_matches(str(word).lower(), known, 1)
            choices = ", ".join(dict.fromkeys(known.values())).lower() if what == "status" else "worksWith"
            hint = f"did you mean {known[near[0]]}?" if near else f"give one such as {choices}"
            raise QueryError(f"{word!r} is no {what}; {hint}")
    return tuple(known[str(word).strip().lower()] for word in words)


def _read_share(confidence: float) -> float:
    try:
        share = float(confidence)
    except (TypeError, ValueError) as error:
        raise QueryError(f"confidence={confidence!r} is no number; give one from 0 to 1") from error
    if not 0 <= share <= 1:
        raise QueryError(f"confidence={confidence!r} is not in 0..1; give one from 0 to 1")
    return share


def _read_bound(date: Date | None) -> Period | None:
    return None if date is None else read_period(date)


def _match_sides(store: Store, body: str | None, other: str | None) -> str:
    """Write the pattern of who stands on the sides of a claim."""
    nodes = [find_body(store, name) for name in (body, other) if name is not None]
    if not nodes:
        return ""
    if len(nodes) == 1:
        return f"{{ ?claim cg:subject {nodes[0]} }} UNION {{ ?claim cg:object {nodes[0]} }}"
    one, two = nodes
    sides = (f"{{ ?claim cg:subject {a} ; cg:object {b} }}" for a, b in ((one, two), (two, one)))
    return " UNION ".join(sides)


def _match_values(name: str, words: tuple[str, ...] | None) -> str:
    if words is None:
        return ""
    return f"VALUES ?{name} {{ {' '.join(f'<{CG}{word}>' for word in words)} }} ?claim cg:{name} ?{name} ."


def _ask(store: Store, patterns: str) -> Iterable[tuple[str, str, int]]:
    """Yield claim, document and offset of a sentence, in no order."""
    query = f"""
    SELECT ?claim ?paper ?start {{
      {patterns}
      ?claim cg:predicate ?said ; prov:wasDerivedFrom ?paper ; cg:evidence ?quote .
      ?quote oa:start ?start .
    }}"""
    solutions = store.query(query, prefixes=QUERY_PREFIXES)
    if isinstance(solutions, QuerySolutions):
        for claim, paper, start in solutions:
            yield _text(claim), _text(paper), read_integer(_text(start))


def _sort_documents(store: Store, since: Period | None, until: Period | None) -> dict[str, int]:
    """Number the documents of a time, in order of date and title; all of them where no time is given."""
    dates, titles = (_read_texts(store, DCTERMS + name) for name in ("date", "title"))
    chosen = [paper for paper in titles if _is_within(dates.get(paper, ""), since, until)]
    chosen.sort(key=lambda paper: (paper not in dates, dates.get(paper, ""), titles[paper], paper))
    return {paper: number for number, paper in enumerate(chosen)}


def _is_within(written: str, since: Period | None, until: Period | None) -> bool:
    dated = find_period(written)
    if since is not None and (dated is None or dated.last < since.first):
        return False
    return until is None or is_dated_by(written, until)


def _read_texts(store: Store, predicate: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, NamedNode(predicate), None, None):
        node, text = _text(quad.subject), _text(quad.object)
        texts[node] = min(texts.get(node, text), text)
    return texts


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))
