"""Search from SPARQL: ``?quote cg:sentenceMatches "words"`` and ``?body cg:nameMatches "words"``.

The engine has no index of words, so such a statement is answered beforehand and becomes a ``VALUES`` with
what the search index found: joined, filtered and sorted like any other data. ``(?quote ?score)`` as subject
gives a score in 0..1 too, as Jena's text index does. Statements around it stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from graph.errors import QueryError
from graph.match_places import PlaceReader, Statement
from graph.match_terms import LostError, Term, Verb
from graph.match_words import make_namer, read_constants, read_string, split_tokens
from graph.screen import locate
from graph.search.index import SearchIndex
from graph.terms import OA, QUERY_PREFIXES, SKOS
from graph.vocabulary import CG

MOST = 10_000
"""More matches are an error: a query over a part of them would give wrong answers without a word."""

SENTENCE_MATCHES, NAME_MATCHES = "sentenceMatches", "nameMatches"
_NAMES = {CG + name: name for name in (SENTENCE_MATCHES, NAME_MATCHES, "matches")}
_ANCHORS = {SENTENCE_MATCHES: OA + "exact", NAME_MATCHES: SKOS + "prefLabel"}
_EXAMPLE = '?quote cg:sentenceMatches "words" or ?body cg:nameMatches "words"'


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a text: characters from ``start`` to ``end`` become ``text``."""

    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A query with its matches answered.

    Attributes:
        text: for the engine.
        edits: what was changed, in order.
    """

    text: str
    edits: tuple[Edit, ...] = ()

    def find_offset(self, offset: int) -> int:
        """Find the offset in the original of one in the text; what is new stands where it was put."""
        grown = 0
        for edit in self.edits:
            if offset < edit.start + grown:
                break
            if offset < edit.start + grown + len(edit.text):
                return edit.start
            grown += len(edit.text) - (edit.end - edit.start)
        return offset - grown


def rewrite_matches(text: str, index: SearchIndex, *, base: str | None = None) -> Rewritten:
    """Put what the index finds in the place of each match that a query asks for.

    Args:
        text: a SPARQL query; one that asks for none, or that the engine cannot read, comes back as it is.
        index: where to look the words up.
        base: the IRI that relative ones are resolved against.

    Raises:
        QueryError: a match stands where it cannot be answered, or gives more than ``MOST``.
    """
    tokens = split_tokens(text)
    name_of = make_namer(_NAMES, tokens, base)
    if not any(map(name_of, tokens)):
        return Rewritten(text)
    try:
        statements = PlaceReader(tokens, name_of).read()
    except LostError as error:
        if not _can_be_read(text, base):
            return Rewritten(text)
        why = f"no match can be answered beside this; write {_EXAMPLE}"
        raise _refuse(text, error.offset, why) from error
    except RecursionError as error:
        raise QueryError(
            "query: brackets lie within brackets too deeply for a search by words; take some out"
        ) from error
    constants = read_constants(tokens)
    edits = [edit for found in statements for edit in _edit(text, found, constants, index)]
    return _apply(text, edits)


def _apply(text: str, edits: list[Edit]) -> Rewritten:
    ordered = tuple(sorted(edits, key=lambda edit: (edit.start, edit.end)))
    pieces, place = [], 0
    for edit in ordered:
        pieces += [text[place : edit.start], edit.text]
        place = edit.end
    return Rewritten("".join([*pieces, text[place:]]), ordered)


def _can_be_read(text: str, base: str | None) -> bool:
    try:
        Store().query(text, prefixes=QUERY_PREFIXES, base_iri=base)
    except SyntaxError:
        return False
    return True


def _edit(
    text: str, statement: Statement, constants: dict[str, str | None], index: SearchIndex
) -> Iterator[Edit]:
    """Yield the changes for a statement: matches go, and what they found comes at the end of its block."""
    asked = [verb for verb in statement.verbs if verb.name]
    for verb in asked:
        _check(text, statement, verb)
    kept = [verb for verb in statement.verbs if not verb.name]
    if kept:
        yield from _remove_verbs(statement)
    else:
        yield Edit(statement.start, statement.end)
    for verb in asked:
        for term in verb.objects:
            words = _read_words(text, term, constants)
            values = _answer(text, statement, verb, words, index)
            yield Edit(statement.after, statement.after, values)


def _remove_verbs(statement: Statement) -> Iterator[Edit]:
    """Yield what takes the matches out of a list with others, and one semicolon with each of them."""
    for before, verb, after in zip(
        [None, *statement.verbs], statement.verbs, [*statement.verbs[1:], None], strict=False
    ):
        if verb.name and after and (before is None or before.name):
            yield Edit(verb.start, after.start)
        elif verb.name:
            yield Edit(verb.start, verb.end)


def _check(text: str, statement: Statement, verb: Verb) -> None:
    """Refuse what cannot be answered, with the way to write it."""
    place, name = verb.token.start, verb.name
    if name == "matches":
        raise _refuse(text, place, f"cg:matches is no predicate; write {_EXAMPLE}")
    if statement.where == "template":
        why = f"cg:{name} cannot stand in a template; write CONSTRUCT {{ ... }} WHERE {{ ... }}"
        raise _refuse(text, place, why)
    if not verb.alone:
        why = f"cg:{name} cannot be part of a path; give it a statement of its own: {_EXAMPLE}"
        raise _refuse(text, place, why)
    variables = _list_variables(statement.subject)
    if not variables:
        why = f"the subject of cg:{name} must be a variable, or (?node ?score); write {_EXAMPLE}"
        raise _refuse(text, place, why)
    if len(variables) == 2 and (len(statement.verbs) > 1 or len(verb.objects) > 1):
        why = f"a score belongs to one text: end the statement after cg:{name} with a full stop"
        raise _refuse(text, place, why)


def _list_variables(subject: Term | None) -> list[str]:
    """List the variables of a subject: one, or a node and its score; none if it is something else."""
    if subject is None:
        return []
    tokens = subject.inner if subject.first.text == "(" else (subject.first,)
    plain = len(tokens) <= 2 and all(token.kind == "variable" for token in tokens)
    return [token.text for token in tokens] if plain else []


def _read_words(text: str, term: Term, constants: dict[str, str | None]) -> str | None:
    token = term.first
    if token.kind == "string" and term.length == 1:
        return read_string(token)
    if token.kind == "variable" and token.text[1:] in constants:
        return constants[token.text[1:]]
    raise _refuse(
        text,
        token.start,
        'what to search for must be a plain string, or a variable with one text: VALUES ?text { "words" }',
    )


def _answer(text: str, statement: Statement, verb: Verb, words: str | None, index: SearchIndex) -> str:
    """Write what a match found, as a part of a pattern that may stand after any statement."""
    variables = _list_variables(statement.subject)
    anchor = f" {variables[0]} <{_ANCHORS[verb.name]}> [] "
    if words is None:
        return f" {{{anchor}}} "
    find = index.match_sentences if verb.name == SENTENCE_MATCHES else index.match_names
    found = find(words, MOST + 1)
    if len(found) > MOST:
        what = "sentences" if verb.name == SENTENCE_MATCHES else "names"
        why = f"more than {MOST:,} {what} match {words!r}; add a word, or put several in quotes"
        raise _refuse(text, verb.token.start, why)
    if len(variables) == 2:
        rows = " ".join(f"({NamedNode(iri)} {score:.4f})" for iri, score in found)
    else:
        rows = " ".join(f"({NamedNode(iri)})" for iri, _ in found)
    values = f"VALUES ({' '.join(variables)}) {{ {rows} }}"
    return f" {{{anchor}{values} }} " if statement.where == "graph" else f" {values} "


def _refuse(text: str, offset: int, why: str) -> QueryError:
    line, column = locate(text, offset)
    return QueryError(f"query, line {line}, column {column}: {why}", line=line, column=column)
