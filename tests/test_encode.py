"""Content in a page: safe, packed where it is large, cut where it would be too large, and the same again."""

from __future__ import annotations

import base64
import gzip
import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.encode import encode_content, escape_json


@given(st.text())
def test_json_survives_html(text: str) -> None:
    escaped = escape_json({"text": text})
    assert json.loads(escaped) == {"text": text}
    assert not set("<>&\u2028\u2029") & set(escaped)


def test_lone_surrogates_do_not_stop_the_page() -> None:
    assert json.loads(escape_json("a\udc80b")) == "a\udc80b"


def test_large_content_is_packed_and_comes_back_the_same() -> None:
    content = {"text": ["</script> \u2028 \U0010fffd " + str(number) for number in range(100_000)]}
    packed, encoding = encode_content(content)
    assert encoding == "gzip"
    assert packed == encode_content(content)[0]
    assert len(packed) < 600_000
    assert json.loads(gzip.decompress(base64.b64decode(packed, validate=True))) == content


def test_small_content_can_be_read_as_it_stands() -> None:
    assert encode_content({"a": ["<b>"]}) == ('{"a":["\\u003cb\\u003e"]}', "")


def make_content(number: int) -> dict[str, Any]:
    draw = random.Random(number)
    words = ["".join(draw.choices("abcdefghijklmnopq", k=7)) for _ in range(3000)]
    quotes = [" ".join(draw.choices(words, k=40)) for _ in range(number)]
    edges = [{"from": i, "sentences": [[0, quote, "before ", " after"]]} for i, quote in enumerate(quotes)]
    return {
        "nodes": ["a" * 90] * 300,
        "edges": [*edges, {"from": 0, "sentences": [[0, "short one", "", ""]]}],
    }


def unpack(packed: str) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def test_content_that_would_be_too_large_has_its_sentences_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    content = make_content(800)
    monkeypatch.setattr("graph.encode.PLAIN", 1000)
    whole, _ = encode_content(content)
    assert unpack(whole) == content
    most = len(whole) // 2
    monkeypatch.setattr("graph.encode.MOST", most)
    packed, encoding = encode_content(content)
    assert encoding == "gzip"
    assert 0.85 * most < len(packed) <= most
    shown = unpack(packed)
    assert shown["nodes"] == content["nodes"]
    for cut, full in zip(shown["edges"], content["edges"], strict=True):
        [[_, quote, prefix, suffix]], original = cut["sentences"], full["sentences"][0][1]
        assert (prefix, suffix) == ("", "")
        assert len(quote) <= shown["shortened"] + 1
        assert quote == original or (quote.endswith("…") and original.startswith(quote[:-1] + " "))
    assert shown["edges"][-1]["sentences"][0][1] == "short one"


def test_sentences_keep_a_few_words_whatever_the_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.encode.PLAIN", 1000)
    monkeypatch.setattr("graph.encode.MOST", 1000)
    shown = unpack(encode_content(make_content(50))[0])
    assert all(len(edge["sentences"][0][1]) > 5 for edge in shown["edges"])
