"""The filters of the network page: by what, how they join, what each choice would give, and how they are taken back."""

from __future__ import annotations

import re
from collections import Counter

from graph.draw import SCRIPTS
from graph.pages import PAGE


def test_no_two_scripts_use_the_same_name() -> None:
    """All of them share one scope, where the later of two functions of a name wins in silence."""
    texts = [(PAGE / name).read_text(encoding="utf-8") for name in SCRIPTS if not name.startswith("vendor/")]
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", "\n".join(texts), flags=re.M)
    assert [name for name, count in Counter(names).items() if count > 1] == []
