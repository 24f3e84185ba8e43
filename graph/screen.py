r"""Screen the text of a query before the engine sees it: no updates, no calls to servers that nobody allowed.

The engine can switch off neither SERVICE nor the rest of federation, and it reads text without cutting
it into words first: it takes ``SERVICEex:a`` for a call, ``ex:b.SERVICE`` for a name and a call, and
``<'x>`` after an operand for "less than" and the start of a string. So a query is cut into tokens here
(SPARQL 1.1, section 19.8), and where the letters of SERVICE occur and the text could be read in two ways,
it is refused with the way to write it clearly. Variables, strings, comments and names may hold the word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from graph.errors import RefusedQueryError

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
_PLAIN_START = re.compile(
    r"(?:\s++|\#[^\r\n]*+|PREFIX\s++[a-z][a-z0-9]*+:\s*+<[^<>\"{}|^`\\\x00-\x20]*+>)*+([a-z]++)(?=[\s{])",
    re.IGNORECASE | re.ASCII,
)
_SERVICE = re.compile("service", re.IGNORECASE)
_PLAIN_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://|<[\w:./%~-]*>")
_ADDRESS = re.compile(r"<https?://([A-Za-z0-9.-]+(?::\d+)?)(?:[/?#][^@]*)?>", re.IGNORECASE)
_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())
_BEFORE_GRAPH_NAMES = frozenset({"GRAPH", "FROM", "NAMED", "DESCRIBE"})


class Token(NamedTuple):
    """A word of a query: what it is, its text, and its character offset."""

    kind: str
    text: str
    start: int


def screen_query(text: str, *, services: Collection[str] = ()) -> None:
    """Refuse what a query may not do.

    Args:
        text: a SPARQL query.
        services: hosts that SERVICE may call, as ``host`` or ``host:port``; their address must stand in the
            query in full.

    Raises:
        RefusedQueryError: it is an update, calls another server, reads a file, or hides whether it does.
    """
    folded = text.casefold()  # what the engine takes for a letter in either case is one here, and some more
    calls = "service" in folded
    if not calls and "<file:" not in folded:  # nearly all: only the verb can be wrong
        if read_verb(text) in _UPDATES:
            _refuse_updates(text, list(cut_tokens(text, strict=False)))
        return
    tokens = list(cut_tokens(text, strict=calls))
    _refuse_updates(text, tokens)
    _refuse_files(text, tokens)
    if calls:
        _refuse_calls(text, tokens, services)


def read_verb(text: str) -> str:
    """Read the word after the prologue, in capitals: SELECT, ASK, INSERT; empty where there is none.

    >>> read_verb("PREFIX select: <urn:x> construct where { ?s ?p ?o }")
    'CONSTRUCT'
    """
    start = _PLAIN_START.match(text)  # nearly every query; the words of any other are looked at one by one
    if start is not None and start[1].upper() not in _PROLOGUE:
        return start[1].upper()
    return _find_verb(cut_tokens(text, strict=False))[0]


def locate(text: str, offset: int) -> tuple[int, int]:
    r"""Say in which line and column a character offset is, as a person counts: from 1.

    >>> locate("ASK\n{}", 4)
    (2, 1)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def find_offset(text: str, line: int, column: int) -> int:
    r"""Find the character offset of a line and a column; the end of the text for a place beyond it.

    >>> find_offset("ASK\n{}", 2, 1)
    4
    """
    start = sum(len(before) + 1 for before in text.split("\n")[: line - 1])
    return min(start + column - 1, len(text))


def _refuse(text: str, offset: int, why: str) -> RefusedQueryError:
    line, column = locate(text, offset)
    return RefusedQueryError(f"query, line {line}, column {column}: {why}", line=line, column=column)


def cut_tokens(text: str, *, strict: bool) -> Iterator[Token]:
    """Cut a query up; at a character that begins nothing, stop (the engine will say why), or refuse.

    Raises:
        RefusedQueryError: if ``strict``, at such a character.
    """
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.end() == position:
            if strict:
                raise _refuse(text, position, f"{text[position]!r} cannot stand here; take it out")
            break
        kind = match.lastgroup or ""
        if kind not in ("space", "comment"):
            yield Token(kind, match[0], position)
        position = match.end()


def _find_verb(tokens: Iterable[Token]) -> tuple[str, int]:
    words = ((token.text.upper(), token.start) for token in tokens if token.kind == "word")
    return next((word for word in words if word[0] not in _PROLOGUE), ("", 0))


def _refuse_updates(text: str, tokens: list[Token]) -> None:
    verb, start = _find_verb(tokens)
    if verb in _UPDATES:
        raise _refuse(
            text,
            start,
            f"{verb} would change the graph, and queries only read it; "
            "change the documents and build again, or ask with SELECT, ASK, CONSTRUCT or DESCRIBE",
        )


def _refuse_calls(text: str, tokens: list[Token], services: Collection[str]) -> None:
    for index, token in enumerate(tokens):
        if token.kind == "iri" and not _PLAIN_IRI.match(token.text):
            raise _refuse(
                text,
                token.start,
                f"{token.text!r} may be an address or a comparison; "
                "put a space after < or write the address in full",
            )
        called = token.kind in ("word", "name") and _SERVICE.search(token.text) and _is_call(tokens, index)
        if called and not _is_allowed(tokens[index : index + 4], services):
            raise _refuse(text, token.start, _explain_refusal(services))


def _explain_refusal(services: Collection[str]) -> str:
    if not services:
        return (
            "SERVICE would send the query to another server, "
            "which caregraph never does; load that data into the graph, or leave the clause out"
        )
    return (
        "SERVICE may call the servers that were allowed and no other, with the address in full: "
        + ", ".join(sorted(services))
    )


def _is_allowed(call: list[Token], services: Collection[str]) -> bool:
    """Whether a call is written plainly and goes to a host that was allowed."""
    words = [token for token in call if token.text.upper() != "SILENT"]
    if call[0].text.upper() != "SERVICE" or len(words) < 3 or words[2].text != "{":
        return False
    address = _ADDRESS.fullmatch(words[1].text) if words[1].kind == "iri" else None
    return address is not None and address[1].lower() in services


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
            raise _refuse(
                text,
                source.start,
                "FROM names a graph of the store, never a file; load the file by building it",
            )
