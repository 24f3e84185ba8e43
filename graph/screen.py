r"""Screen the text of a query before the engine sees it: no updates, no calls to other servers.

The engine can switch off neither SERVICE nor the rest of federation, and it reads text without cutting
it into words first: it takes ``SERVICEex:a`` for a call, ``ex:b.SERVICE`` for a name and a call, and
``<'x>`` after an operand for "less than" and the start of a string. So a query is cut into tokens here
(SPARQL 1.1, section 19.8), and where the letters of SERVICE occur and the text could be read in two ways,
it is refused with the way to write it clearly. Variables, strings, comments and names may hold the word.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from graph.errors import QueryError

_TOKEN = re.compile(
    r"""
      (?P<comment>  \#[^\r\n]*)
    | (?P<iri>      <[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>   \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                  | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<variable> [?$]\w+)
    | (?P<language> @[A-Za-z]+(?:-+[A-Za-z0-9]+)*)
    | (?P<name>     (?:[^\W\d][\w.\-\u00b7]*)?:(?:[\w:.\-%\u00b7]|\\.)*)
    | (?P<word>     [^\W\d]\w*)
    | (?P<number>   \d+(?:\.\d*)?(?:[eE][+-]?\d+)? | \.\d+(?:[eE][+-]?\d+)?)
    | (?P<space>    \s+)
    | (?P<mark>     [{}()\[\],;.=!<>|&*+/^~?-])
    """,
    re.VERBOSE | re.DOTALL,
)
_SERVICE = re.compile("service", re.IGNORECASE)
_PLAIN_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://|<[\w:./%~-]*>")
_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())
_BEFORE_GRAPH_NAMES = frozenset({"GRAPH", "FROM", "NAMED", "DESCRIBE"})


class Token(NamedTuple):
    """A word of a query: what it is, its text, and its character offset."""

    kind: str
    text: str
    start: int


def screen_query(text: str) -> None:
    """Refuse what a query may not do.

    Args:
        text: a SPARQL query.

    Raises:
        QueryError: it is an update, calls another server, reads a file, or hides whether it does.
    """
    calls = _SERVICE.search(text) is not None
    tokens = _cut_tokens(text, strict=calls)
    _refuse_updates(tokens)
    _refuse_files(text, tokens)
    if calls:
        _refuse_calls(text, tokens)


def locate(text: str, offset: int) -> str:
    r"""Say where a character offset is, as a person counts: from 1.

    >>> locate("ASK\n{}", 4)
    'line 2, column 1'
    """
    line = text.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - text.rfind(chr(10), 0, offset)}"


def _cut_tokens(text: str, *, strict: bool) -> list[Token]:
    """Cut a query up; at a character that begins nothing, stop (the engine will say why), or refuse."""
    tokens, position = [], 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.end() == position:
            if strict:
                raise QueryError(f"query, {locate(text, position)}: {text[position]!r} cannot stand here")
            break
        kind = match.lastgroup or ""
        if kind not in ("space", "comment"):
            tokens.append(Token(kind, match[0], position))
        position = match.end()
    return tokens


def _refuse_updates(tokens: list[Token]) -> None:
    words = (token.text.upper() for token in tokens if token.kind == "word")
    verb = next((word for word in words if word not in _PROLOGUE), "")
    if verb in _UPDATES:
        raise QueryError(
            f"{verb} would change the graph, and queries only read it; "
            "change the documents and build again, or ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
        )


def _refuse_calls(text: str, tokens: list[Token]) -> None:
    for index, token in enumerate(tokens):
        if token.kind == "iri" and not _PLAIN_IRI.match(token.text):
            raise QueryError(
                f"query, {locate(text, token.start)}: {token.text!r} may be an address or a comparison; "
                "put a space after < or write the address in full"
            )
        if token.kind in ("word", "name") and _SERVICE.search(token.text) and _is_call(tokens, index):
            raise QueryError(
                f"query, {locate(text, token.start)}: SERVICE would send the query to another server, "
                "which caregraph never does; load that data into the graph, or leave the clause out"
            )


def _is_call(tokens: list[Token], index: int) -> bool:
    """Whether the engine could read a token that holds the letters as (the end of a name and) a call."""
    if tokens[index].kind == "word":
        return True
    before = tokens[index - 1].text.upper() if index else ""
    rest = [token for token in tokens[index + 1 : index + 4] if token.text.upper() != "SILENT"]
    if rest and rest[0].text == "{":
        return before not in _BEFORE_GRAPH_NAMES
    target = len(rest) > 1 and rest[0].kind in ("variable", "iri", "name")
    return target and rest[1].text == "{"


def _refuse_files(text: str, tokens: list[Token]) -> None:
    for index, token in enumerate(tokens):
        if token.kind != "word" or token.text.upper() != "FROM":
            continue
        source = next((after for after in tokens[index + 1 : index + 3] if after.kind != "word"), None)
        if source and source.text.lower().startswith("<file:"):
            raise QueryError(
                f"query, {locate(text, source.start)}: FROM names a graph of the store, never a file; "
                "load the file by building it"
            )
