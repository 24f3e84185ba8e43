"""Find where a query asks for matches, as in ``?quote cg:sentenceMatches "words"``.

Patterns and clauses of SPARQL 1.1, section 19.8, productions 7 to 75, over the tokens of ``graph.screen``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.match_terms import Term, TermReader, Verb
from graph.screen import Token

_JOINS = frozenset({"OPTIONAL", "UNION", "MINUS", "LATERAL"})
_PARTS = _JOINS | {"{", "BIND", "VALUES", "GRAPH", "SERVICE", "SELECT"}


@dataclass(slots=True)
class Statement:
    """A subject with its predicates, of which at least one was looked for.

    Attributes:
        subject: None within brackets.
        verbs: all predicates, in order.
        start: character offset.
        end: after the last token, a full stop among them.
        where: ``pattern``, ``graph`` (a pattern under GRAPH) or ``template``.
        after: character offset before the first token after the statements of its block.
    """

    subject: Term | None
    verbs: list[Verb]
    start: int
    end: int
    where: str
    after: int = 0


class PlaceReader:
    """Reads a query from its first token to its last."""

    def __init__(self, tokens: Sequence[Token], name_of: Callable[[Token], str]) -> None:
        self._terms = TermReader(tokens, name_of, self._add_nested)
        self._found: list[Statement] = []
        self._where = "pattern"
        self._block: list[Statement] = []

    def read(self) -> list[Statement]:
        """Read the query.

        Raises:
            LostError: something stands in it that this reader does not know.
        """
        self._read_around("")
        return self._found

    def _read_around(self, closing: str) -> None:
        """Read what is no pattern (clauses, expressions) up to what closes it; it may hold patterns."""
        while self._terms.token.text != closing:
            match self._terms.take().text.upper():
                case "(":
                    self._read_around(")")
                case "{":
                    self._read_pattern(self._where)
                case "VALUES":
                    self._skip_values()
                case "CONSTRUCT":
                    self._read_template()
        if closing:
            self._terms.take()

    def _read_template(self) -> None:
        """Read the template of CONSTRUCT; that of the short form is its pattern."""
        while self._terms.token.text != "{":
            self._terms.take()
        self._terms.take()
        self._read_pattern("template")

    def _skip_values(self) -> None:
        while self._terms.take().text != "{":
            pass
        while self._terms.take().text != "}":
            pass

    def _read_pattern(self, where: str) -> None:
        """Read a pattern after its opening brace, and the brace that closes it."""
        outer, self._where, self._block = (self._where, self._block), where, []
        while self._terms.token.text != "}":
            self._read_part()
        self._end_block()
        self._terms.take("}")
        self._where, self._block = outer

    def _read_part(self) -> None:
        word = self._terms.token.text.upper() if self._terms.token.kind in ("word", "mark") else ""
        if word == ".":
            self._terms.take()
        elif word == "FILTER":
            self._terms.take()
            self._read_constraint()
        elif word in _PARTS:
            self._end_block()
            self._read_other(self._terms.take().text.upper())
        else:
            self._read_statement()

    def _read_other(self, word: str) -> None:
        if word == "{":
            self._read_pattern(self._where)
        elif word == "BIND":
            self._terms.take("(")
            self._read_around(")")
        elif word == "VALUES":
            self._skip_values()
        elif word == "SELECT":  # all the rest of this pattern belongs to the query within
            self._read_around("}")
            self._terms.step_back()
        elif word in ("GRAPH", "SERVICE"):
            if self._terms.token.text.upper() == "SILENT":
                self._terms.take()
            self._terms.read_term()
            self._terms.take("{")
            self._read_pattern("graph")

    def _read_constraint(self) -> None:
        while self._terms.token.text not in ("(", "{"):
            self._terms.take()
        if self._terms.take().text == "(":
            self._read_around(")")
        else:
            self._read_pattern(self._where)

    def _end_block(self) -> None:
        for statement in self._block:
            statement.after = self._terms.token.start
        self._block = []

    def _read_statement(self) -> None:
        start = self._terms.token.start
        subject = self._terms.read_term()
        verbs = self._terms.read_verbs()
        if self._terms.token.text == ".":
            self._terms.take()
        self._add(Statement(subject, verbs, start, self._terms.end, self._where))

    def _add_nested(self, verbs: list[Verb], start: int) -> None:
        self._add(Statement(None, verbs, start, self._terms.end, self._where))

    def _add(self, statement: Statement) -> None:
        if any(verb.name for verb in statement.verbs):
            self._found.append(statement)
            self._block.append(statement)
