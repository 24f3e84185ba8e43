"""Make wordings of the names of the register, as prose writes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from graph.extractors.reading import fold_key
from graph.extractors.wordings import Registered, Wording
from graph.patterns import make_regex
from graph.register import Register

TWO_CAPITALS = make_regex(r"[A-Z].*[A-Z]")
_READ_BY_RULE = ("Government", "GovernmentDepartment", "Parliament")
"""Types whose names without their nation ("the Department") have rules of their own."""


def read_register(register: Register, heads: Collection[str], places: set[str]) -> Iterator[Wording]:
    """Yield the names of the register; the places among its ambiguous ones become context only.

    Args:
        register: of bodies.
        heads: last words of the heads of names.
        places: takes in the keys of those places.
    """
    for text, ids, use, exact in register.names():
        body = register.get(ids[0])
        if body is None or (" " in text and _is_compound(text.lower() if exact else text)):
            continue
        if use == "ambiguous":
            if _is_read_by_rule(text, body.type):
                continue
            if not body.id.startswith("body:") and not _institutional(text, heads):
                if not TWO_CAPITALS.search(text.split(" ")[0]):
                    places.add(fold_key(text))
                continue
        registered = Registered(text, body.type, use, exact)
        for written in _spellings(text) if " and " in text else (text,):
            yield Wording(written, registered, True, exact)


def _is_read_by_rule(text: str, kind: str) -> bool:
    """Say whether a name without its nation ("the Department") has rules of its own; committees have none."""
    return kind in _READ_BY_RULE and not text.lower().endswith("committee")


def _is_compound(lowered: str) -> bool:
    """Say whether a name tells the parent, the country or a term of office too: prose parts those."""
    return (
        " at " in lowered
        or ", university" in lowered
        or ", king" in lowered
        or lowered.endswith((" in england", " university of york", "labour government"))
    )


def _institutional(text: str, heads: Collection[str]) -> bool:
    return " " in text and text.lower().rsplit(" ", 1)[-1] in heads


def _spellings(text: str) -> Iterator[str]:
    yield text
    if " and " in text:
        yield text.replace(" and ", " & ")
    if text[1:6] == " and ":
        yield text.replace(" and ", "&", 1)
