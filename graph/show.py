"""Describe one body: what the register knows of it, and what documents say of it, sentence by sentence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup
from pyoxigraph import NamedNode, Store

from graph.as_of import Era, Standing, read_timeline, resolve_body
from graph.body_html import mark_facts, mark_standing, mark_statements, mark_timeline, write_standing
from graph.days import Date, is_dated_by, judge_existence, read_period
from graph.html_tables import isolate, wrap
from graph.lookup import find_body, label_node
from graph.query import run_query
from graph.render import make_safe
from graph.statements import Statement as Statement
from graph.statements import read_statements
from graph.text_tables import WIDTH
from graph.vocabulary import STATUSES

_UNFOLDED = 1_000_000  # columns
_CLUSTERED = "^cg:clusterMember/cg:clusterMember"
_OWN_SCHEME = "register"  # of keys that are no official codes


@dataclass(frozen=True, slots=True, repr=False)
class BodyDescription:
    """All that a graph knows of one body; what the register does not say is empty.

    Attributes:
        iri: of the body.
        name: preferred name.
        collective: whether it is a class of bodies, such as primary care trusts.
        types: in words, narrowest only; of a collective, what its members are.
        other_names: safe names, by alphabet.
        shared_names: names that other bodies have too.
        probably_same: names of bodies that are probably this one, by their names alone.
        codes: (scheme, code), as ("ODS", "TAL").
        valid_from: first day, month or year.
        valid_until: last day, month or year.
        predecessors: names of the bodies before it.
        successors: names of the bodies after it.
        areas: names of the places that it serves.
        source: where the register has its facts from.
        confidence: ``verified``, ``single-source`` or ``from-memory``.
        unverified: fields of the register that rest on recall.
        statements: ordered by relation, status, other, document and place in it.
        timeline: the register's line of predecessors and successors, the body among them.
        standing: of a description as of a day, whether it existed then and who was in its place.
    """

    iri: str
    name: str
    collective: bool
    types: tuple[str, ...]
    other_names: tuple[str, ...]
    shared_names: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    valid_from: str
    valid_until: str
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    areas: tuple[str, ...]
    source: str
    confidence: str
    unverified: tuple[str, ...]
    statements: tuple[Statement, ...]
    timeline: tuple[Era, ...] = ()
    probably_same: tuple[str, ...] = ()
    standing: Standing | None = None

    def __repr__(self) -> str:
        """Write the description as the command ``caregraph show`` does."""
        return render_body(self, width=WIDTH).rstrip("\n")

    def _repr_html_(self) -> str:
        """Return the description with its sentences; a notebook asks for this."""
        head = Markup("<p><strong>{}</strong> {}</p>").format(isolate(self.name), isolate(_write_types(self)))
        return wrap(
            head,
            mark_standing(self.standing),
            mark_facts(
                _list_facts(replace(self, predecessors=(), successors=()) if self.timeline[1:] else self)
            ),
            mark_timeline(self.timeline),
            mark_statements(self.statements),
        )


def describe_body(store: Store, name: str) -> BodyDescription:
    """Describe the body of a name, short name, acronym or code.

    Raises:
        QueryError: no body is so named, or several are; the message lists names.
    """
    body = find_body(store, name)
    label = label_node(store, body)
    names = _ask(store, body, "skos:altLabel ?x")
    members = _ask(store, body, "cg:membersAre/rdfs:label ?x")
    return BodyDescription(
        iri=body.value,
        name=label,
        collective=bool(members),
        types=members or _ask_types(store, body),
        other_names=tuple(other for other in names if other != label),
        shared_names=_ask(store, body, "cg:ambiguousName ?x"),
        codes=_ask_codes(store, body),
        valid_from=_first(_ask(store, body, "cg:validFrom ?x")),
        valid_until=_first(_ask(store, body, "cg:validUntil ?x")),
        predecessors=_ask(store, body, "cg:successorOf/skos:prefLabel ?x"),
        successors=_ask(store, body, "^cg:successorOf/skos:prefLabel ?x"),
        areas=_ask(store, body, "cg:servesArea/skos:prefLabel ?x"),
        source=_first(_ask(store, body, "dcterms:source ?x")),
        confidence=_first(_ask(store, body, "cg:factConfidence ?x")),
        unverified=_ask(store, body, "cg:unverifiedField ?x"),
        statements=tuple(read_statements(store, body)),
        timeline=read_timeline(store, body),
        probably_same=_ask(store, body, f"{_CLUSTERED} ?s FILTER(?s != {body}) ?s skos:prefLabel ?x"),
    )


def describe_body_as_of(store: Store, name: str, date: Date) -> BodyDescription:
    """Describe a body as of the end of a day, month or year.

    What documents say is what those had said that are dated by then, or may be. Predecessors and successors
    are those that had begun, or may have; names and codes are all that are known.

    Raises:
        QueryError: no body is so named, several are, or ``date`` is no date.
    """
    days, body = read_period(date), describe_body(store, name)
    begun = tuple(era for era in body.timeline if judge_existence(era.valid_from, "", days).possible)
    names = {era.name for era in begun}
    return replace(
        body,
        predecessors=tuple(other for other in body.predecessors if other in names),
        successors=tuple(other for other in body.successors if other in names),
        timeline=begun,
        statements=tuple(said for said in body.statements if is_dated_by(said.date, days)),
        standing=resolve_body(store, NamedNode(body.iri), days),
    )


def render_body(description: BodyDescription, *, width: int | None = None) -> str:
    """Write a description as text that is safe to print.

    Args:
        description: of the body.
        width: columns to fold sentences to; None for lines as long as they get.
    """
    lines = [make_safe(f"{description.name} {_write_types(description)}".strip())]
    if description.standing:
        lines.append(_fold(write_standing(description.standing), width, indent="  "))
    for fact in _write_facts(description):
        lines.append(_fold(fact, width, indent="  "))
    if not description.statements:
        lines += ["", "No document says anything of it."]
    for (relation, status), said in groupby(description.statements, key=lambda s: (s.relation, s.status)):
        lines += ["", f"{make_safe(relation)}{'' if status == STATUSES[0] else f' [{status}]'}"]
        lines += _write_statements(said, width)
    return "\n".join(lines) + "\n"


def _write_types(description: BodyDescription) -> str:
    types = "class of bodies: " * description.collective + ", ".join(description.types)
    return f"({types})" if types else ""


def _write_facts(description: BodyDescription) -> Iterator[str]:
    for label, values in _list_facts(description).items():
        if values:
            yield f"{label}: {'; '.join(values)}"


def _list_facts(description: BodyDescription) -> dict[str, Sequence[str]]:
    began, ended = description.valid_from, description.valid_until
    return {
        "IRI": [description.iri],
        "codes": [f"{scheme} {code}" for scheme, code in description.codes],
        "existed": [f"{began or '?'} to {ended or 'now or not known'}"] if began or ended else [],
        "also called": description.other_names,
        "names shared with others": description.shared_names,
        "probably the same as": description.probably_same,
        "before it": description.predecessors,
        "after it": description.successors,
        "serves": description.areas,
        "register": [description.confidence, description.source] if description.confidence else [],
        "not verified": description.unverified,
    }


def _write_statements(statements: Iterable[Statement], width: int | None) -> Iterator[str]:
    for (other, role), said in groupby(statements, key=lambda s: (s.other, s.role)):
        yield make_safe(f"  {other}" + (f", {role}" if role else ""))
        for statement in said:
            where = f"{statement.document}, {statement.date}" if statement.date else statement.document
            yield _fold(f"“{statement.sentence}” ({where})", width, indent="    ")


def _fold(text: str, width: int | None, *, indent: str) -> str:
    return textwrap.fill(
        make_safe(text),
        width or _UNFOLDED,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _ask(store: Store, body: NamedNode, pattern: str) -> tuple[str, ...]:
    """Read the distinct values of ``?x`` for a body, sorted."""
    return tuple(
        str(row[0]) for row in run_query(store, f"SELECT DISTINCT ?x {{ {body} {pattern} }} ORDER BY STR(?x)")
    )


def _ask_types(store: Store, body: NamedNode) -> tuple[str, ...]:
    query = f"""
    SELECT DISTINCT ?x {{
      GRAPH ?said {{ {body} a ?class }}
      FILTER(?said != cgg:inferred)
      ?class rdfs:label ?x
    }} ORDER BY ?x"""
    return tuple(str(row.x) for row in run_query(store, query))


def _ask_codes(store: Store, body: NamedNode) -> tuple[tuple[str, str], ...]:
    query = f"""
    SELECT DISTINCT ?scheme ?code {{
      {body} skos:notation ?notation
      BIND(STRBEFORE(STRAFTER(STR(DATATYPE(?notation)), "#"), "Code") AS ?scheme)
      BIND(STR(?notation) AS ?code)
      FILTER(?scheme != "{_OWN_SCHEME}")
    }} ORDER BY ?scheme ?code"""
    return tuple((str(row.scheme).upper(), str(row.code)) for row in run_query(store, query))


def _first(values: tuple[str, ...]) -> str:
    return values[0] if values else ""
