"""Spoil a sound file in ways that people and disks do, drawn by a seeded generator."""

from __future__ import annotations

import re
from random import Random

VALUES = (
    "7", "-1", "1e400", "nan", "true", '""', "[]", "{}", "[[]]", "[7]", '"unknown"', '"[("', '"a" * 9', "1979-05-27",
    '["", 7]', '{a = {b = 1}}', '"\\u0000"', '"\\U0010ffff"', f'"{"x" * 5000}"', f'"{"(a|b) " * 300}"', '"{a|{b|c}"', '"}{"',
)  # fmt: skip
_VALUE = re.compile(r"^([\w.\"-]+\s*=\s*)([^\[{\n].*)$", re.MULTILINE)
_LISTS = re.compile(r'"([^"\n]*)"')


def spoil_bytes(data: bytes, draw: Random) -> bytes:
    """Cut, change, repeat or replace bytes."""
    kind = draw.randrange(7)
    place = draw.randrange(len(data) + 1)
    if kind == 0:
        return data[:place]
    if kind == 1:
        return data[:place] + draw.randbytes(draw.choice([1, 8, 200])) + data[place:]
    if kind == 2:
        return data[:place] + data[place + draw.choice([1, 10, 1000]) :]
    if kind == 3:
        return data[:place] + bytes(draw.choice([1, 100])) + data[place + 1 :]
    if kind == 4:
        return draw.choice([b"", b"\0" * 500, b"\xff\xfe", draw.randbytes(500), b"{}", b"[]", b"null", b"7"])
    if kind == 5:
        return data + data[place : place + 500]
    changed = bytearray(data)
    for _ in range(draw.choice([1, 5, 50])):
        if changed:
            changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def spoil_toml(text: str, draw: Random) -> str:
    """Give a key another value, take out or repeat a line, or put in an unknown table, leaving TOML mostly sound."""
    kind = draw.randrange(6)
    if kind == 0:
        values = list(_VALUE.finditer(text))
        found = draw.choice(values)
        return text[: found.start(2)] + draw.choice(VALUES) + text[found.end(2) :]
    if kind == 1:
        words = list(_LISTS.finditer(text))
        found = draw.choice(words)
        return text[: found.start()] + draw.choice(VALUES) + text[found.end() :]
    lines = text.split("\n")
    place = draw.randrange(len(lines))
    if kind == 2:
        del lines[place : place + draw.choice([1, 1, 1, 20])]
    elif kind == 3:
        lines.insert(place, lines[draw.randrange(len(lines))])
    elif kind == 4:
        lines.insert(
            place, draw.choice(["[unknown]", "[[unknown]]", "unknown = 7", "[[frame]]", "[[head]]", '"" = 1'])
        )
    else:
        lines[place] = "".join(draw.sample(lines[place], len(lines[place])))
    return "\n".join(lines)
