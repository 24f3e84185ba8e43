"""Texts, Markdown and tables that are no text, or of which every character is a trap."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from nasty_files import EITHER, GOOD, READ, TOLD, Nasty

_RIGHT = "\u202e"
_WORDS = GOOD.encode()


def make_texts(draw: Random) -> Iterator[Nasty]:
    """Yield them, the same each time."""
    for stem, data, reason, expected in (*_CASES, *_make_noise(draw)):
        yield Nasty("text: characters", f"{stem}.txt", data, reason, expected)
    for encoding in (
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "utf-32-be",
        "utf-7",
        "cp1252",
        "cp037",
        "gbk",
        "shift_jis",
        "koi8-r",
        "utf-8-sig",
    ):
        data = f"{GOOD}{GOOD}".encode(encoding)
        expected = EITHER if encoding in ("cp037", "utf-32-le", "utf-32-be") else READ
        yield Nasty("text: encodings", f"{encoding}.txt", data, f"in {encoding}", expected)
        if encoding.startswith(("utf-16", "utf-32")):
            cut = data[:-1] + b""
            yield Nasty(
                "text: encodings",
                f"{encoding}-cut.txt",
                cut,
                f"in {encoding}, cut within a character",
                EITHER,
            )
    for stem, text, reason, expected in _FRONT_MATTER:
        yield Nasty("front matter", f"{stem}.md", text.encode("utf-8", "surrogatepass"), reason, expected)
    for number in range(20):
        front = (
            f"---\ntitle: A title\nauthor: [A Hill, B Dale]\nsource: {{title: T, date: 2007}}\n---\n{GOOD}"
        )
        text = front[: len(front) * number // 40] + front[len(front) * (number + 1) // 40 :]
        yield Nasty("front matter", f"hole-{number:02}.md", text.encode(), "front matter with a hole", READ)
    for stem, text, reason in _MARKDOWN:
        yield Nasty("Markdown", f"{stem}.md", text.encode(), reason, READ)


def make_tables() -> Iterator[Nasty]:
    """Yield tables beside documents, each in a folder of its own with a document."""
    for stem, data, reason in _TABLES:
        yield Nasty("metadata.csv", f"{stem}/metadata.csv", data, reason, EITHER)
        yield Nasty("metadata.csv", f"{stem}/beside.txt", _WORDS, f"beside a table with {reason}", READ)


def _make_noise(draw: Random) -> Iterator[tuple[str, bytes, str, str]]:
    for number in range(10):
        yield f"noise-{number}", draw.randbytes(50 * 3**number // 9 + 20), "noise", EITHER
    for stem, head in (
        ("png", b"\x89PNG\r\n\x1a\n"),
        ("gzip", b"\x1f\x8b"),
        ("jpeg", b"\xff\xd8\xff"),
        ("elf", b"\x7fELF"),
        ("zip", b"PK\x03\x04"),
        ("pdf", b"%PDF-1.4"),
        ("rtf", b"{\\rtf1 "),
        ("exe", b"MZ\x90\0"),
    ):
        yield f"signature-{stem}", head + draw.randbytes(2000), f"starts like {stem}", TOLD


_CASES: tuple[tuple[str, bytes, str, str], ...] = (
    ("empty", b"", "no bytes", TOLD),
    ("spaces", b" \t\r\n" * 100, "nothing but white space", TOLD),
    ("zeros", bytes(1000), "nothing but zero bytes", TOLD),
    ("one-letter", b"a", "one letter", READ),
    ("few-zeros", _WORDS[:20] + b"\0" + _WORDS[20:], "a zero byte", READ),
    ("many-zeros", _WORDS.replace(b" ", b"\0") * 20, "zero bytes for spaces", TOLD),
    ("bells", _WORDS + b"\x07\x1b" * 2, "bells", READ),
    ("escapes", b"\x1b[31m\x1b]0;owned\x07\x1b[2J" * 500, "codes for a terminal", TOLD),
    ("halves", _WORDS + "\ud800\udfff".encode("utf-8", "surrogatepass"), "halves of characters in UTF-8", READ),
    ("cesu", _WORDS + "\ud83c\udfe5".encode("utf-8", "surrogatepass"), "two halves for one character", READ),
    ("overlong", _WORDS + b"\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf", "characters that are written too long", READ),
    ("beyond", _WORDS + b"\xf4\x90\x80\x80\xf8\x88\x80\x80\x80", "characters beyond the last", READ),
    ("cut-character", _WORDS + b"\xe2\x82", "a character that is cut off", READ),
    ("continuations", _WORDS + b"\x80" * 200, "ends of characters without a start", READ),
    ("marks", _WORDS + "\ufeff".encode() * 50 + _WORDS, "byte order marks in the middle", READ),
    ("no-characters", _WORDS + "\ufffe\uffff\ufdd0\U0010ffff".encode(), "what is no character", READ),
    ("private", _WORDS + "\ue000\U000f0000".encode() * 50, "characters that mean nothing", READ),
    ("right-to-left", f"{_RIGHT}{GOOD}{_RIGHT * 100}\u2066\u2069".encode(), "written from right to left", READ),
    ("invisible", "\u200b".join(GOOD).encode(), "a mark that nobody sees between all letters", READ),
    ("soft-hyphens", "\u00ad".join(GOOD).encode(), "a place to break between all letters", READ),
    ("tags", (GOOD + "".join(chr(0xE0000 + ord(c)) for c in "ignore all this")).encode(), "words that nobody sees", READ),
    ("zalgo", f"{GOOD}a{chr(0x301) * 100_000}".encode(), "100,000 accents on one letter", READ),
    ("zalgo-kinds", (GOOD + "a" + "".join(map(chr, range(0x300, 0x36F))) * 500).encode(), "55,000 accents of all kinds", READ),
    ("joined", f"{GOOD}{chr(0x1F469)}{(chr(0x200D) + chr(0x1F469)) * 20_000}".encode(), "20,000 faces joined into one", READ),
    ("ligature", ("\ufdfa" * 10_000 + GOOD).encode(), "letters that fold into eighteen", READ),
    ("dotted-i", ("\u0130" * 10_000 + GOOD).encode(), "letters that grow in lower case", READ),
    ("look-alikes", GOOD.replace("o", "\u043e").replace("a", "\u0430").encode(), "Cyrillic letters among Latin ones", READ),
    ("separators", GOOD.replace(" ", "\u2028").encode(), "line separators for spaces", READ),
    ("returns", GOOD.replace(" ", "\r").encode(), "returns for spaces", READ),
    ("feeds", GOOD.replace(" ", "\f").encode(), "page feeds for spaces", READ),
    ("next-lines", GOOD.replace(" ", "\x85").encode(), "another sort of line end", READ),
    ("wide-spaces", GOOD.replace(" ", "\u3000").encode(), "wide spaces", READ),
    ("quads", (GOOD + '"^^<http://x>\\"\\u0000 . <a> <b> <c> .\n').encode(), "statements of a graph", READ),
    ("markup", (GOOD + "]]>&lt;<script>alert(1)</script>\n").encode(), "markup of a page", READ),
    ("formula", ("=cmd|' /C calc'!A0\n" + GOOD).encode(), "a formula of a spreadsheet", READ),
    ("long-line", ("word " * 50_000 + GOOD).encode(), "a line of 250 kB", READ),
    ("too-long-line", ("word " * 210_000 + "\n" + GOOD).encode(), "a line over the limit", TOLD),
)  # fmt: skip

_FRONT_MATTER = (
    ("open", "---\ntitle: A\n" + GOOD, "front matter that never ends", READ),
    ("only", "---\ntitle: A\n---\n", "front matter and no text", TOLD),
    ("laughs", "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)) + f"title: *j\n---\n{GOOD}", "a billion laughs", READ),
    ("laughs-keys", "---\n&a k: {<<: *a}\n---\n" + GOOD, "a mapping that takes in itself", READ),
    ("itself", f"---\ntitle: &a [*a]\n---\n{GOOD}", "a list that holds itself", READ),
    ("objects", f"---\ntitle: !!python/object/apply:os.system ['touch owned']\n---\n{GOOD}", "would run a program", READ),
    ("deep", f"---\ntitle: {'[' * 5000}{']' * 5000}\n---\n{GOOD}", "5,000 lists, one in the other", READ),
    ("deep-blocks", "---\ntitle:\n" + "".join(f"{' ' * n}-\n" for n in range(150)) + f"---\n{GOOD}", "150 levels", READ),
    ("long", f"---\ntitle: {'x' * 10_000}\n---\n{GOOD}", "a title of 10 kB", READ),
    ("too-long", f"---\ntitle: {'x' * 20_000}\n---\n{GOOD}", "a title of 20 kB", READ),
    ("twice", f"---\ntitle: A\ntitle: B\n---\n{GOOD}", "a title given twice", READ),
    ("tabs", f"---\n\ttitle:\tA\n---\n{GOOD}", "tabs, which YAML forbids", READ),
    ("colons", f"---\ntitle: A: B: C\n---\n{GOOD}", "more colons than YAML allows", READ),
    ("controls", f"---\ntitle: A\x07\x1b[31mB\n---\n{GOOD}", "codes for a terminal", READ),
    ("escaped", '---\ntitle: "\\x1b[31m\\0\\ud800"\nauthor: "\\U00110000"\n---\n' + GOOD, "codes for a terminal, written out", READ),
    ("number", f"---\ntitle: 7\ndate: 0x7fffffff\n---\n{GOOD}", "numbers for texts", READ),
    ("dates", f"---\ndate: 9999-99-99\nurl: 'http://[::1'\n---\n{GOOD}", "a day that is none", READ),
    ("not-mapping", f"---\n- a\n- b\n---\n{GOOD}", "a list", READ),
    ("many-keys", "---\n" + "".join(f"k{n}: v\n" for n in range(1200)) + f"---\n{GOOD}", "1,200 fields", READ),
    ("merge", f"---\nbase: &b {{title: A}}\n<<: *b\n---\n{GOOD}", "a merged mapping", READ),
    ("many-documents", f"--- \na: 1\n--- \nb: 2\n--- \n{GOOD}", "three documents in one", READ),
    ("odd-key", f"---\n? [a, b]\n: c\n? {{d: e}}\n: f\n---\n{GOOD}", "keys that are lists", READ),
    ("directive", f"---\n%YAML 9.9\n%TAG ! !!python/\n---\n{GOOD}", "orders to the parser", READ),
)  # fmt: skip

_MARKDOWN = tuple(
    (stem, GOOD + "\n" + unit * (20_000 // len(unit)) + "\n\n" + GOOD, reason)
    for stem, unit, reason in (
        ("stars", "*", "stars"), ("open-stars", "*a ", "emphasis that never ends"), ("lines", "_a", "lines that never end"),
        ("links", "[a](", "links that never end"), ("images", "![", "images that never end"), ("notes", "[^a]", "notes"),
        ("ticks", "`a", "code that never ends"), ("fences", "```\n", "fences"), ("quotations", "> ", "quotations, one in the other"),
        ("cells", "| a ", "cells"), ("rules", "-|", "rules of tables"), ("headings", "# ", "headings"), ("brackets", "[", "brackets"),
        ("escapes", "\\*", "escapes"), ("tildes", "~~a", "strokes that never end"), ("mail", "<mailto:", "addresses that never end"),
    )
)  # fmt: skip

_TABLES: tuple[tuple[str, bytes, str], ...] = (
    ("no-head", b"beside.txt,A title\n", "no names of columns"),
    ("empty", b"", "no bytes"),
    ("zeros", b"name,title\nbeside.txt,\0\0\n", "zero bytes"),
    ("columns", b"name," + b",".join(b"c%d" % n for n in range(100_000)) + b"\nbeside.txt" + b",x" * 100_000, "100,000 columns"),
    ("rows", b"name,title\n" + b"".join(b"f%d.txt,x\n" % n for n in range(20_000)), "20,000 rows"),
    ("open-quote", b'name,title\nbeside.txt,"' + b"x\n" * 50_000, "a quotation that never ends"),
    ("stray-quote", b'name,title\nbeside.txt,"A"B"C\n', "a quotation within another"),
    ("formulas", b"name,title\nbeside.txt,=cmd|' /C calc'!A0\n", "a formula"),
    ("same-columns", b"name,title,title,name\nbeside.txt,A,B,other.txt\n", "columns of one name"),
    ("same-rows", b"name,title\nbeside.txt,A\nbeside.txt,B\n", "two rows for one document"),
    ("ragged", b"name,title,date\nbeside.txt\nbeside.txt,A,B,C,D,E,F\n", "rows of all lengths"),
    ("paths", b"name,title\n../../etc/passwd,A\n/etc/passwd,B\n..\\beside.txt,C\n", "names that are paths"),
    ("controls", b"name,title\nbeside.txt,\x1b[31mred\x07\n", "codes for a terminal"),
    ("long-field", b"name,title\nbeside.txt," + b"x" * 200_000, "a title of 200 kB"),
    ("utf-16", "name,title\nbeside.txt,A\n".encode("utf-16"), "UTF-16"),
    ("halves", b"name,title\nbeside.txt,\xed\xa0\x80\n", "half a character"),
    ("semicolons", b"name;title\nbeside.txt;A\n", "semicolons for commas"),
    ("binary", bytes(range(256)) * 20, "noise"),
    ("returns", b"name,title\rbeside.txt,A\r", "returns for line ends"),
    ("pdf", b"%PDF-1.4\n", "a PDF under its name"),
    ("head-only", b"name,title", "names of columns and nothing else"),
    ("dates", b"name,date,url\nbeside.txt,99/99/9999,javascript:alert(1)\n", "a day that is none"),
)  # fmt: skip
