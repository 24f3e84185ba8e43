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
    """Reads terms from where it stands.

    Args:
        tokens: of the query.
        name_of: gives the name of a predicate that is looked for, else an empty string.
        add_nested: is told of predicates within brackets, and of the character offset where those open.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        name_of: Callable[[Token], str],
        add_nested: Callable[[list[Verb], int], None],
    ) -> None:
        self._tokens = tokens
        self._name_of = name_of
        self._add_nested = add_nested
        self._at = 0

    @property
    def token(self) -> Token:
        """The token that is read next; an empty one after the last."""
        return self._tokens[self._at] if self._at < len(self._tokens) else END

    @property
    def end(self) -> int:
        """The character offset after the token that was read last."""
        last = self._tokens[self._at - 1]
        return last.start + len(last.text)

    def take(self, *expected: str) -> Token:
        """Read one token.

        Raises:
            LostError: it is none of those expected, or there is none.
        """
        token = self.token
        if token is END or (expected and token.text.upper() not in expected):
            raise LostError(token.start)
        self._at += 1
        return token

    def step_back(self) -> None:
        """Put the token that was read last back."""
        self._at -= 1

    def read_verbs(self) -> list[Verb]:
        """Read the predicates of a subject with their objects."""
        verbs: list[Verb] = []
        while True:
            while self.token.text == ";":
                self.take()
            if self.token.text in _STOPS:
                return verbs
            verbs.append(self._read_verb())
            if self.token.text != ";":
                return verbs

    def _read_verb(self) -> Verb:
        first, start = self._at, self.token.start
        self._read_path()
        path = self._tokens[first : self._at]
        wanted = next((token for token in path if self._name_of(token)), path[0])
        objects = [self._read_object()]
        while self.token.text == ",":
            self.take()
            objects.append(self._read_object())
        return Verb(self._name_of(wanted), wanted, len(path) == 1, tuple(objects), start, self.end)

    def _read_path(self) -> None:
        """Read a predicate: a variable, or a path of names."""
        while True:
            while self.token.text in ("^", "!"):
                self.take()
            if self.take().text == "(":
                self._read_path()
                self.take(")")
            while self.token.text in ("*", "+", "?") and not self._is_sign():
                self.take()
            if self.token.text not in ("/", "|"):
                return
            self.take()

    def _is_sign(self) -> bool:
        following = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else END
        return following.kind == "number" and following.start == self.token.start + 1

    def _read_object(self) -> Term:
        term = self.read_term()
        while self.token.text == "~" or self._next_two() == "{|":  # names and notes of RDF 1.2
            if self.take().text == "{":
                self.take("|")
                self._add_nested(self.read_verbs(), term.first.start)
                self.take("|")
                self.take("}")
            elif self.token.kind in ("variable", "iri", "name"):
                self.take()
        return term

    def _next_two(self) -> str:
        return "".join(token.text for token in self._tokens[self._at : self._at + 2])

    def read_term(self) -> Term:
        """Read a subject or an object."""
        first, at = self.token, self._at
        inner: tuple[Token, ...] = ()
        if first.text == "(":
            self.take()
            while self.token.text != ")":
                self.read_term()
            inner = tuple(self._tokens[at + 1 : self._at])
            self.take()
        elif first.text == "[":
            self.take()
            self._add_nested(self.read_verbs(), first.start)
            self.take("]")
        elif self._next_two() == "<<":
            self._skip_triple()
        else:
            self._read_value()
        return Term(first, self._at - at, inner)

    def _skip_triple(self) -> None:
        depth = 0
        while True:
            step = {"<<": 1, ">>": -1}.get(self._next_two(), 0)
            self.take()
            if step:
                self.take()
            depth += step
            if not depth:
                return

    def _read_value(self) -> None:
        token = self.take()
        if token.text in ("+", "-"):
            token = self.take()
        if token.kind not in ("variable", "iri", "name", "word", "number", "string"):
            raise LostError(token.start)
        if token.kind == "string" and self.token.kind == "language":
            self.take()
        elif token.kind == "string" and self._next_two() == "^^":
            self._at += 2
            self.take()
