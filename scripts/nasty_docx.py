"""Word files that are cut, nested, huge when unpacked, lie about what they hold, or reach for other files."""

# ruff: noqa: E501 - a case a line

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from nasty_archives import make_archives, paragraph, wrap, write_docx
from nasty_files import EITHER, GOOD, READ, TOLD, Nasty, cut_at_places


def make_docx(draw: Random) -> Iterator[Nasty]:
    """Yield them, the same each time."""
    good = write_docx(wrap(paragraph(GOOD)))
    yield from cut_at_places("Word: cut", "cut", ".docx", good)
    for number in range(20):
        changed = bytearray(good)
        for _ in range(1 + number):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        yield Nasty(
            "Word: noise", f"noise-{number:02}.docx", bytes(changed), f"{number + 1} bytes changed", EITHER
        )
    for family, cases in (("zip", make_archives(good)), ("XML", _make_xml()), ("entities", _make_entities())):
        for stem, data, reason, expected, words in cases:
            yield Nasty(f"Word: {family}", f"{stem}.docx", data, reason, expected, words)


def _make_xml() -> Iterator[tuple[str, bytes, str, str, str]]:
    many = " ".join(f'a{number}="{number}"' for number in range(20_000))
    deep = "<w:p>" * 10_000 + "<w:r><w:t>x</w:t></w:r>" + "</w:p>" * 10_000
    yield "deep", write_docx(wrap(deep)), "10,000 paragraphs, one in the other", EITHER, ""
    yield "deeper", write_docx(wrap("<w:x>" * 1_000_000)), "a million elements that never end", TOLD, ""
    yield (
        "wide",
        write_docx(wrap("<w:p/>" * 200_000 + paragraph(GOOD))),
        "200,000 empty paragraphs",
        EITHER,
        "",
    )
    yield "attributes", write_docx(wrap(f"<w:p {many}/>" + paragraph(GOOD))), "20,000 attributes", READ, ""
    yield "twice", write_docx(wrap('<w:p a="1" a="2"/>')), "an attribute given twice", TOLD, "damaged"
    yield (
        "long-value",
        write_docx(wrap(f'<w:p a="{"x" * 900_000}"/>' + paragraph(GOOD))),
        "an attribute of 900 kB",
        EITHER,
        "",
    )
    yield (
        "long-name",
        write_docx(wrap(f"<w:{'x' * 900_000}/>" + paragraph(GOOD))),
        "an element with a name of 900 kB",
        EITHER,
        "",
    )
    yield (
        "spaces",
        write_docx(wrap(f'<w:p xmlns:a="u"><a:{"b" * 10}/></w:p>' * 3000 + paragraph(GOOD))),
        "3,000 declared namespaces",
        EITHER,
        "",
    )
    yield "zero", write_docx(wrap(paragraph("a\0b"))), "a zero byte", TOLD, "damaged"
    yield "control", write_docx(wrap(paragraph("a&#1;b"))), "a control character by number", TOLD, "damaged"
    yield "half", write_docx(wrap(paragraph("a&#xD800;b"))), "half a character by number", TOLD, "damaged"
    yield (
        "no-character",
        write_docx(wrap(paragraph("a&#xFFFFFFFF;b"))),
        "a character beyond the last",
        TOLD,
        "damaged",
    )
    yield "unclosed", write_docx(wrap(paragraph(GOOD))[:-20]), "XML that never ends", TOLD, "damaged"
    yield (
        "comment",
        write_docx(wrap(f"<!--{'-' * 100_000}" + paragraph(GOOD))),
        "a comment that never ends",
        TOLD,
        "damaged",
    )
    yield (
        "instructions",
        write_docx(wrap("<?x y?>" * 20_000 + paragraph(GOOD))),
        "20,000 instructions",
        EITHER,
        "",
    )
    text = wrap(paragraph(GOOD)).decode()
    for stem, said, used, expected in (
        ("utf-16", "utf-16", "utf-16", READ), ("utf-16-unmarked", "utf-16", "utf-16-le", EITHER), ("utf-8-lie", "utf-8", "utf-16", EITHER),
        ("utf-32", "utf-32", "utf-32", TOLD), ("utf-7", "utf-7", "utf-7", TOLD), ("latin", "iso-8859-1", "latin-1", READ), ("unknown", "no-such-set", "utf-8", TOLD),
        ("cp037", "cp037", "cp037", TOLD), ("gbk", "gbk", "gbk", EITHER), ("zip", "zip", "utf-8", TOLD), ("ascii-lie", "us-ascii", "utf-8", EITHER),
    ):  # fmt: skip
        body = text.replace("Lowmoor", "L\u00f6wmoor") if stem == "ascii-lie" else text
        yield (
            f"says-{stem}",
            write_docx(f'<?xml version="1.0" encoding="{said}"?>{body}'.encode(used)),
            f"says {said}, is {used}",
            expected,
            "",
        )


def _make_entities() -> Iterator[tuple[str, bytes, str, str, str]]:
    levels = "".join('<!ENTITY l{} "{}">'.format(n, f"&l{n - 1};" * 10) for n in range(1, 10))
    kinds = {
        "laughs": (f'<!ENTITY l0 "ha">{levels}', "&l9;", "a billion laughs"),
        "quadratic": (f'<!ENTITY a "{"a" * 100_000}">', "&a;" * 10_000, "one long entity, 10,000 times"),
        "loop": ('<!ENTITY a "&b;"><!ENTITY b "&a;">', "&a;", "entities that hold one another"),
        "file": ('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;", "takes in a file of the machine"),
        "web": ('<!ENTITY a SYSTEM "http://127.0.0.1:9/x">', "&a;", "takes in a page of the web"),
        "parameter": (
            '<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;',
            "x",
            "takes in declarations of the web",
        ),
        "plain": ("", "x", "declares a document type and nothing more"),
    }
    for stem, (declared, used, reason) in kinds.items():
        data = write_docx(wrap(paragraph(used), f"<!DOCTYPE x [{declared}]>"))
        yield stem, data, reason, TOLD, "declares XML entities"
    data = write_docx(wrap(paragraph("x"), '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'))
    yield "outer", data, "a document type that is on the web", TOLD, "declares XML entities"
    core = {"docProps/core.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}
    yield (
        "core",
        write_docx(wrap(paragraph(GOOD)), more=core),
        "takes in a file, in its properties",
        TOLD,
        "declares XML entities",
    )
