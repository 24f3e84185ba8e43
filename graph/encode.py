r"""Content as it stands in a page: JSON that no tag can break out of, packed where it is large.

A page that is sent by e-mail must not grow without end: above ``MOST`` bytes, sentences are cut short.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from typing import Any

PLAIN = 100_000
"""Bytes of JSON up to which a page holds it as it is, which a person can read and a tool can search."""

MOST = 9_000_000
"""Bytes that packed content may take: a page of ten million, less its scripts and room for more of them."""

SHORTEST = 40
"""Characters that a sentence keeps whatever the size; with 500,000 statements a page grows past ``MOST``."""

ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def encode_content(content: Mapping[str, Any]) -> tuple[str, str]:
    """Return content as it stands in the page, and its encoding: "" for JSON, "gzip" for gzip in Base64.

    It is packed where it has more than ``PLAIN`` bytes. Where that still has more than ``MOST``, sentences
    lose what stands around them, and are cut to as many characters as there is room for, which
    ``shortened`` of the content tells. The same content gives the same text.

    Args:
        content: what ``list_content`` gives.
    """
    text = escape_json(content)
    if len(text.encode("utf-8")) <= PLAIN:
        return text, ""
    packed = _pack(text)
    return packed if len(packed) <= MOST else _pack_shortened(content, len(packed)), "gzip"


def escape_json(content: object) -> str:
    r"""Return JSON that can stand in HTML: no character of it can open or close a tag.

    >>> escape_json("</script><!--&")
    '"\\u003c/script\\u003e\\u003c!--\\u0026"'
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    for character, escape in ESCAPES.items():
        text = text.replace(character, escape)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _pack(text: str) -> str:
    return base64.b64encode(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)).decode("ascii")


def _pack_shortened(content: Mapping[str, Any], whole: int) -> str:
    """Pack content with its sentences cut; ``whole`` is what it takes with them uncut."""
    lengths = [sum(map(len, words)) for edge in content["edges"] for _, *words in edge["sentences"]]
    rest = len(_pack(escape_json(_shorten(content, 0))))
    room = (MOST - rest) * sum(lengths) / max(whole - rest, 1)  # in characters of sentences
    quotes = [len(quote) for edge in content["edges"] for _, quote, *_ in edge["sentences"]]
    limit = next(
        (n for n in range(max(quotes, default=0), SHORTEST, -5) if _count(quotes, n) <= room), SHORTEST
    )
    packed = _pack(escape_json(_shorten(content, limit)))
    while len(packed) > MOST and limit > SHORTEST:
        limit = max(SHORTEST, limit * 9 // 10)
        packed = _pack(escape_json(_shorten(content, limit)))
    return packed


def _count(quotes: list[int], limit: int) -> int:
    return sum(min(length, limit) for length in quotes)


def _shorten(content: Mapping[str, Any], limit: int) -> dict[str, Any]:
    """Return content whose sentences have at most about that many characters, and nothing around them."""
    edges = [
        {
            **edge,
            "sentences": [[number, _cut(quote, limit), "", ""] for number, quote, *_ in edge["sentences"]],
        }
        for edge in content["edges"]
    ]
    return {**content, "edges": edges, "shortened": limit}


def _cut(quote: str, limit: int) -> str:
    """Return the first words of a quote that is too long."""
    return quote if len(quote) <= limit else quote[:limit].rsplit(maxsplit=1)[0] + "…" if limit else ""
