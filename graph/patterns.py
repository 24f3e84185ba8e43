"""Patterns that are compiled when they are first used: there are six hundred, and a short text needs half."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split")


def make_regex(pattern: AnyStr, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[AnyStr]:
    """Return what can be used as a compiled pattern; what is wrong with it is said when it is first used.

    Args:
        pattern: as for ``re.compile``.
        flags: likewise.

    >>> make_regex("a+").findall("aa b a")
    ['aa', 'a']
    """
    return cast("re.Pattern[AnyStr]", _Later(pattern, flags))


class _Later:
    """Stands for a pattern; from the first use on its methods are those of the pattern itself."""

    def __init__(self, pattern: str | bytes, flags: re.RegexFlag) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled: re.Pattern[Any] = re.compile(*self._given)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
