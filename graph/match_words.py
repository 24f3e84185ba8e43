"""Read what a query calls things: our predicates however they are written, and texts given as constants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import urljoin

from graph.screen import Token, cut_tokens
from graph.terms import QUERY_PREFIXES

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def split_tokens(text: str) -> list[Token]:
    """Cut a query up, with full stops parted from the names and numbers before them."""
    return list(_split_stops(cut_tokens(text, strict=False)))


def _split_stops(tokens: Iterator[Token]) -> Iterator[Token]:
    for token in tokens:
        bare = token.text.rstrip(".") if token.kind in ("name", "number") else token.text
        bare += "." * bare.endswith("\\")
        yield token._replace(text=bare)
        for place in range(len(bare), len(token.text)):
            yield Token("mark", ".", token.start + place)


def make_namer(names: Mapping[str, str], tokens: Sequence[Token], base: str | None) -> Callable[[Token], str]:
    """Make a function that gives the name of a token that is an IRI of ``names``, however it is written."""
    prefixes = dict(QUERY_PREFIXES)
    for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if word.text.upper() == "PREFIX" and word.kind == "word" and iri.kind == "iri":
            prefixes[name.text.removesuffix(":")] = urljoin(base or "", iri.text[1:-1])
        elif word.text.upper() == "BASE" and name.kind == "iri":
            base = name.text[1:-1]

    def name_of(token: Token) -> str:
        if token.kind == "iri":
            return names.get(urljoin(base or "", token.text[1:-1]), "")
        if token.kind != "name":
            return ""
        prefix, _, local = token.text.partition(":")
        return names.get(prefixes.get(prefix, "") + local, "")

    return name_of


def read_constants(tokens: Sequence[Token]) -> dict[str, str | None]:
    """Read the texts that variables have by ``VALUES ?text { "words" }``, None for UNDEF."""
    found: dict[str, list[str | None]] = {}
    for place, token in enumerate(tokens):
        if token.kind == "word" and token.text.upper() == "VALUES":
            inside = [t for t in tokens[place + 1 : place + 9] if t.text not in ("(", ")")][:4]
            if [t.text for t in inside[1::2]] == ["{", "}"]:
                value = inside[2]
                text = read_string(value) if value.kind == "string" else None
                if text is not None or value.text.upper() == "UNDEF":
                    found.setdefault(inside[0].text[1:], []).append(text)
    return {name: texts[0] for name, texts in found.items() if len(texts) == 1}


def read_string(token: Token) -> str:
    """Read the text of a string."""
    quotes = 3 if token.text[:3] in ('"""', "'''") and len(token.text) > 5 else 1
    return _ESCAPE.sub(
        lambda match: (
            chr(int(match[1] or match[2], 16)) if match[1] or match[2] else _ESCAPED.get(match[3], match[3])
        ),
        token.text[quotes:-quotes],
    )
