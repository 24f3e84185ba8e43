from __future__ import annotations

import re
import subprocess
import sys

import pytest

from graph.patterns import make_regex


@pytest.mark.parametrize(
    ("pattern", "flags", "text"),
    [
        (r"(?P<a>a+)(b)?", re.NOFLAG, "xaab aB"),
        (r"\bnhs\b", re.IGNORECASE, "the NHS, nhs"),
        (r"^b", re.MULTILINE | re.IGNORECASE, "a\nB"),
    ],
)
def test_it_does_what_the_compiled_pattern_does(pattern: str, flags: re.RegexFlag, text: str) -> None:
    late, now = make_regex(pattern, flags), re.compile(pattern, flags)
    assert late.findall(text) == now.findall(text)
    assert [found.span() for found in late.finditer(text)] == [found.span() for found in now.finditer(text)]
    assert late.sub("-", text) == now.sub("-", text)
    assert late.split(text) == now.split(text)
    assert (late.pattern, late.flags, late.groupindex) == (now.pattern, now.flags, now.groupindex)
    for method in ("search", "match", "fullmatch"):
        found, expected = getattr(late, method)(text, 1), getattr(now, method)(text, 1)
        assert (found and found.span()) == (expected and expected.span())


def test_bytes_have_patterns_too() -> None:
    assert make_regex(rb"a+").findall(b"caab") == [b"aa"]


def test_what_is_wrong_with_a_pattern_is_said_when_it_is_used() -> None:
    wrong = make_regex("(")
    with pytest.raises(re.error, match="unterminated"):
        wrong.search("")


def test_loading_the_extractors_compiles_next_to_nothing() -> None:
    program = """
import re, sre_compile
compiled, real = [], re._compiler.compile
re._compiler.compile = lambda pattern, flags=0: compiled.append(pattern) or real(pattern, flags)
import graph.extract
print(sum(len(str(pattern)) for pattern in compiled))
"""
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True
    )
    assert int(run.stdout) < 10_000, "characters of patterns; all together have some 150,000"
