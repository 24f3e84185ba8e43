"""Web pages that are cut, nested without end, never closed, or lie about their characters."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from nasty_files import EITHER, GOOD, READ, TOLD, Nasty, cut_at_places

_P = f"<p>{GOOD}</p>"
_PAGE = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>T</title></head><body><main>{}</main></body></html>"


def make_pages(draw: Random) -> Iterator[Nasty]:
    """Yield them, the same each time."""
    good = _PAGE.format(_P).encode()
    yield from cut_at_places("HTML: cut", "cut", ".html", good)
    for number in range(10):
        data = bytearray(good)
        for _ in range(1 + 2 * number):
            data[draw.randrange(len(data))] = draw.randrange(256)
        yield Nasty(
            "HTML: noise", f"noise-{number}.html", bytes(data), f"{2 * number + 1} bytes changed", EITHER
        )
    for stem, page, reason, expected in _CASES:
        yield Nasty("HTML: markup", f"{stem}.html", page.encode(), reason, expected)
    for stem, data, reason, expected in _make_encoded():
        yield Nasty("HTML: characters", f"{stem}.html", data, reason, expected)


def make_large_pages() -> Iterator[Nasty]:
    """Yield those that take seconds, for the thorough run."""
    million = 1_000_000
    for stem, page, reason, expected in (
        ("million-divs", "<div>" * million + _P, "a million elements, one in the other", EITHER),
        ("million-bolds", "<b>" * million + _P, "a million emphases that never end", EITHER),
        ("million-ends", "</b>" * million + _P, "a million ends of nothing", EITHER),
        ("million-lists", "<ul><li>" * million + _P, "a million lists, one in the other", EITHER),
        ("million-tables", "<table><tr><td>" * (million // 3) + _P, "a third of a million tables", EITHER),
        ("long-value", f'<p title="{"x" * 10 * million}">{GOOD}</p>', "an attribute of 10 MB", EITHER),
        ("long-name", f"<{'x' * 10 * million}>{_P}", "an element with a name of 10 MB", EITHER),
        (
            "long-open-value",
            f'<p title="{"x>" * 5 * million}',
            "an attribute of 10 MB that never ends",
            EITHER,
        ),
        ("many-attributes", f"<p {'a=b ' * million}>{GOOD}</p>", "a million attributes", EITHER),
    ):
        yield Nasty("HTML: large", f"{stem}.html", page.encode(), reason, expected)


_CASES = (
    ("empty", "", "no bytes", TOLD),
    ("no-text", "<html></html>", "a page of nothing", TOLD),
    ("only-script", "<script>var a = 'words';</script>", "a page that a script would fill in", TOLD),
    ("only-hidden", f"<div hidden>{_P}</div>", "nothing that is shown", TOLD),
    ("deep-divs", "<div>" * 10_000 + _P + "</div>" * 10_000, "10,000 elements, one in the other", READ),
    ("deep-bolds", "<b>" * 10_000 + _P, "10,000 emphases that never end", READ),
    ("deep-spans", "<span><i>" * 20_000 + _P, "40,000 elements that never end", READ),
    ("deep-lists", "<ul><li>" * 10_000 + _P, "10,000 lists, one in the other", READ),
    ("deep-tables", "<table><tr><td>" * 10_000 + _P, "10,000 tables, one in the other", READ),
    ("deep-hidden", "<div hidden>" * 10_000 + _P, "10,000 hidden elements", TOLD),
    ("deep-headers", "<header>" * 10_000 + _P, "10,000 headers, one in the other", READ),
    ("many-ends", "</div></p></b>" * 20_000 + _P, "60,000 ends of nothing", READ),
    ("crossed", "<b><p><i></b></p></i>" * 10_000 + _P, "elements that cross", READ),
    ("long-value", f'<p title="{"x" * 100_000}">{GOOD}</p>', "an attribute of 100 kB", READ),
    ("many-attributes", f"<p {'a=b ' * 30_000}>{GOOD}</p>", "30,000 attributes", READ),
    ("open-value", f'{_P}<p title="{"x>" * 50_000}', "an attribute that never ends", READ),
    ("open-values", _P + "<a href='" * 20_000, "20,000 attributes that never end", READ),
    ("open-comment", f"{_P}<!--{_P * 100}", "a comment that never ends", EITHER),
    ("open-comments", _P + "<!--" * 50_000, "50,000 comments that never end", READ),
    ("open-tags", _P + "<a " * 50_000, "50,000 tags that never end", READ),
    ("open-ends", _P + "</a " * 50_000, "50,000 end tags that never end", READ),
    ("open-script", f"{_P}<script>{_P * 100}", "a script that never ends", READ),
    ("open-style", f"{_P}<style>{'a{' * 50_000}", "a style sheet that never ends", READ),
    ("open-title", f"<title>{'x' * 100_000}", "a title that never ends", EITHER),
    ("open-text", f"{_P}<textarea>{'<p>' * 30_000}", "a field that never ends", READ),
    ("open-data", f"{_P}<![CDATA[{'x' * 100_000}", "CDATA that never ends", READ),
    ("open-datas", _P + "<![CDATA[" * 30_000, "30,000 CDATA that never end", READ),
    ("open-declaration", f"<!DOCTYPE {'x' * 50_000}{_P}", "a declaration that never ends", EITHER),
    ("subset", f"<!DOCTYPE html [<!ENTITY a 'b'>]>{_P}", "a document type with entities", READ),
    ("laughs", f"<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '{'&a;' * 99}'>]>{_P}<p>&b;", "a billion laughs", READ),
    ("less-than", _P + "<" * 100_000, "100,000 signs for less than", READ),
    ("entities", _P + "&" * 100_000, "100,000 ampersands", READ),
    ("references", f"{_P}<p>{'&#x41;' * 30_000}", "30,000 letters by their numbers", READ),
    ("big-reference", f"{_P}<p>&#{'9' * 4000};", "a character of a number with 4,000 digits", READ),
    ("bigger-reference", f"{_P}<p>&#{'9' * 100_000};", "a character of a number with 100,000 digits", READ),
    ("half-reference", f"{_P}<p>&#xD800;&#x0;&#xFFFE;&#x110000;", "halves of characters by their numbers", READ),
    ("instructions", "<?php " * 30_000 + _P, "30,000 programs that never end", EITHER),
    ("frames", f"{_P}<iframe src='file:///etc/passwd'></iframe><object data='http://127.0.0.1:9/'>", "takes in others", READ),
    ("base", f"<base href='http://127.0.0.1:9/'><link rel=canonical href='javascript:alert(1)'>{_P}", "says where it is, falsely", READ),
    ("refresh", f"<meta http-equiv=refresh content='0;url=file:///etc/passwd'>{_P}", "goes somewhere else", READ),
    ("scripts", f"{_P}<img src=x onerror='alert(1)'><svg onload=alert(1)><a href='javascript:alert(1)'>x</a>", "runs programs", READ),
    ("stated", "<meta name=author content='" + "x" * 100_000 + f"'>{_P}", "an author of 100 kB", READ),
    ("stated-often", "<meta name=author content='A B'>" * 5_000 + _P, "5,000 authors", READ),
    ("sup", f"<p>{'<sup>1</sup>' * 20_000}</p>{_P}", "20,000 notes", READ),
    ("breaks", "<br>" * 50_000 + _P, "50,000 line breaks", READ),
    ("quotes", f"<p>{'<q>' * 30_000}{GOOD}", "30,000 quotations, one in the other", READ),
)  # fmt: skip


def _make_encoded() -> Iterator[tuple[str, bytes, str, str]]:
    """Yield pages that say that they have one character set and have another."""
    for said in (
        "utf-8",
        "utf-16",
        "utf-32",
        "utf-7",
        "iso-8859-1",
        "windows-1252",
        "punycode",
        "zip",
        "no-such-set",
        "x" * 60,
    ):
        for used in ("utf-8", "utf-16", "utf-16-le", "latin-1"):
            page = f"<meta charset='{said}'><p>L\u00f6wm\u00f6\u00f6r. {GOOD}</p>"
            yield f"says-{said[:12]}-is-{used}", page.encode(used), f"says {said[:12]}, is {used}", READ
    yield "utf-7", _PAGE.format(_P).replace("<p>", "+ADw-p+AD4-").encode(), "elements hidden in UTF-7", READ
    yield (
        "two-sets",
        b"<meta charset=gbk><p>" + "\u6f22".encode("gbk") + "\u6f22".encode() + GOOD.encode(),
        "two character sets",
        READ,
    )
    yield "utf-32", _PAGE.format(_P).encode("utf-32"), "UTF-32", READ
    yield "utf-32-unmarked", _PAGE.format(_P).encode("utf-32-le"), "UTF-32 without its mark", EITHER
    yield "zeros", _PAGE.format(_P).encode().replace(b" ", b"\0"), "zero bytes for spaces", EITHER
