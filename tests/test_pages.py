"""What pages share: escaping, the policy, whole files."""

from __future__ import annotations

import base64
import errno
import hashlib
import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from graph.errors import StoreError
from graph.pages import label_type, render_template, replace_page, show_controls, write_policy
from graph.room import FULL


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_policy_without_script_lets_none_run() -> None:
    policy = write_policy(style="p { color: red }")
    assert policy.startswith("default-src 'none'; style-src " + digest("p { color: red }"))
    assert "script-src" not in policy


def test_policy_names_script_and_style_by_their_text() -> None:
    policy = write_policy(style="s", script="t")
    assert f"script-src {digest('t')};" in policy
    assert f"style-src {digest('s')};" in policy
    assert "unsafe" not in policy


def test_values_are_escaped_and_style_and_script_are_not() -> None:
    page = render_template(
        "network.html.j2",
        style="a > b {}",
        script="1 < 2",
        title="<b>&\"'",
        content="</script>",
        encoding="",
        left_out="",
    )
    assert "<style>a > b {}</style>" in page
    assert "<script>1 < 2</script>" in page
    assert "<title>&lt;b&gt;&amp;&#34;&#39;</title>" in page
    assert page.count("</script>") == 2


def test_template_that_shows_what_is_not_given_fails() -> None:
    with pytest.raises(UndefinedError, match="content"):
        render_template("network.html.j2", style="", title="", encoding="", left_out="")


def test_control_characters_are_shown_and_not_passed_on() -> None:
    assert show_controls("a\x00\x1b\x9bb\n\t") == "a\ufffd\ufffd\ufffdb\n\t"


def test_type_without_words_is_shown_as_it_is() -> None:
    assert (label_type("Person"), label_type("Choir")) == ("Person", "Choir")


def test_page_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "page.html").mkdir()
    with pytest.raises(StoreError, match=r"page\.html: cannot be written"):
        replace_page(tmp_path / "page.html", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_page_that_finds_no_room_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, content: bytes) -> None:
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(StoreError, match=rf"page\.html: {FULL}$"):
        replace_page(tmp_path / "page.html", "text")
    assert list(tmp_path.iterdir()) == []


def test_page_is_utf8_whatever_is_in_it(tmp_path: Path) -> None:
    replace_page(tmp_path / "new" / "page.html", "Mär\udc80z\r\n")
    assert (tmp_path / "new" / "page.html").read_bytes() == "Mär\\udc80z\r\n".encode()
    assert not re.search("part", " ".join(path.name for path in (tmp_path / "new").iterdir()))
