from __future__ import annotations

from graph.readers.text import read_content


def test_line_ends_and_spaces_stay_as_they_are() -> None:
    data = b"One\r\ntwo\rthree \t\n\xc2\xa0four"
    content = read_content(data, "a.txt")
    assert content.text.encode() == data
    assert content.hidden == ()


def test_a_saved_page_is_read_without_its_markup() -> None:
    text = "<p>Kent &amp; <b>Essex</b></p>"
    content = read_content(text.encode(), "a.txt")
    shown = "".join(c for i, c in enumerate(text) if not any(a <= i < b for a, b in content.hidden))
    assert (content.text, shown) == (text, "Kent & Essex")
