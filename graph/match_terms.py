"""Read terms and paths of a query: what stands where a subject, a predicate or an object does.

After SPARQL 1.1, section 19.8, productions 76 to 106, and the notes on statements of SPARQL 1.2. The query is
one that the engine can read, so nothing here says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from graph.screen import Token

END = Token("end", "", 0)
_STOPS = frozenset({".", "}", "]", "|", ""})


class LostError(Exception):
    """The reader does not know what stands at ``offset``."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class Term(NamedTuple):
    """A subject or object: its first token, the number of its tokens, and the tokens of a list."""

    first: Token
    length: int
    inner: tuple[Token, ...] = ()


class Verb(NamedTuple):
    """A predicate and its objects.

    Attributes:
        name: the predicate that was looked for, or an empty string.
        token: where that stands.
        alone: whether it is all of the predicate, and no part of a path.
        objects: terms.
        start: character offset of the predicate.
        end: character offset after the last object.
    """

    name: str
    token: Token
    alone: bool
    objects: tuple[Term, ...]
    start: int
    end: int


class TermReader:
    """Reads terms from where it stands; ``_add_nested`` is told of predicates within brackets.

    Args:
        tokens: of the query.
        name_of: gives the name of a predicate that is looked for, else an empty string.
    """

    def __init__(self, tokens: Sequence[Token], name_of: Callable[[Token], str]) -> None:
        self._tokens = tokens
        self._name_of = name_of
        self._at = 0

    def _add_nested(self, verbs: list[Verb], start: int) -> None:
        raise NotImplementedError

    @property
    def _token(self) -> Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else END

    def _take(self, *expected: str) -> Token:
        token = self._token
        if token is END or (expected and token.text.upper() not in expected):
            raise LostError(token.start)
        self._at += 1
        return token

    def _read_verbs(self) -> list[Verb]:
        verbs: list[Verb] = []
        while True:
            while self._token.text == ";":
                self._take()
            if self._token.text in _STOPS:
                return verbs
            verbs.append(self._read_verb())
            if self._token.text != ";":
                return verbs

    def _read_verb(self) -> Verb:
        first, start = self._at, self._token.start
        self._read_path()
        path = self._tokens[first : self._at]
        wanted = next((token for token in path if self._name_of(token)), path[0])
        objects = [self._read_object()]
        while self._token.text == ",":
            self._take()
            objects.append(self._read_object())
        return Verb(self._name_of(wanted), wanted, len(path) == 1, tuple(objects), start, self._end())

    def _read_path(self) -> None:
        """Read a predicate: a variable, or a path of names."""
        while True:
            while self._token.text in ("^", "!"):
                self._take()
            if self._take().text == "(":
                self._read_path()
                self._take(")")
            while self._token.text in ("*", "+", "?") and not self._is_sign():
                self._take()
            if self._token.text not in ("/", "|"):
                return
            self._take()

    def _is_sign(self) -> bool:
        following = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else END
        return following.kind == "number" and following.start == self._token.start + 1

    def _read_object(self) -> Term:
        term = self._read_term()
        while self._token.text == "~" or self._next_two() == "{|":  # names and notes of RDF 1.2
            if self._take().text == "{":
                self._take("|")
                self._add_nested(self._read_verbs(), term.first.start)
                self._take("|")
                self._take("}")
            elif self._token.kind in ("variable", "iri", "name"):
                self._take()
        return term

    def _next_two(self) -> str:
        return "".join(token.text for token in self._tokens[self._at : self._at + 2])

    def _read_term(self) -> Term:
        first, at = self._token, self._at
        inner: tuple[Token, ...] = ()
        if first.text == "(":
            self._take()
            while self._token.text != ")":
                self._read_term()
            inner = tuple(self._tokens[at + 1 : self._at])
            self._take()
        elif first.text == "[":
            self._take()
            self._add_nested(self._read_verbs(), first.start)
            self._take("]")
        elif self._next_two() == "<<":
            self._skip_triple()
        else:
            self._read_value()
        return Term(first, self._at - at, inner)

    def _skip_triple(self) -> None:
        depth = 0
        while True:
            step = {"<<": 1, ">>": -1}.get(self._next_two(), 0)
            self._take()
            if step:
                self._take()
            depth += step
            if not depth:
                return

    def _read_value(self) -> None:
        token = self._take()
        if token.text in ("+", "-"):
            token = self._take()
        if token.kind not in ("variable", "iri", "name", "word", "number", "string"):
            raise LostError(token.start)
        if token.kind == "string" and self._token.kind == "language":
            self._take()
        elif token.kind == "string" and self._next_two() == "^^":
            self._at += 2
            self._take()

    def _end(self) -> int:
        last = self._tokens[self._at - 1]
        return last.start + len(last.text)
