"""Word files that are cut, nested, huge when unpacked, lie about what they hold, or reach for other files."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping
from random import Random

from nasty_files import EITHER, GOOD, READ, TOLD, Nasty, cut_at_places

MAIN = "word/document.xml"
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/></Relationships>'
)
_MEGABYTE = 1_000_000


def make_docx(draw: Random) -> Iterator[Nasty]:
    """Yield them, the same each time."""
    good = write_docx(wrap(paragraph(GOOD)))
    yield from cut_at_places("Word: cut", "cut", ".docx", good)
    for number in range(20):
        data = bytearray(good)
        for _ in range(1 + number):
            data[draw.randrange(len(data))] = draw.randrange(256)
        yield Nasty(
            "Word: noise", f"noise-{number:02}.docx", bytes(data), f"{number + 1} bytes changed", EITHER
        )
    for family, cases in (("zip", _make_zips(good)), ("XML", _make_xml()), ("entities", _make_entities())):
        for stem, data, reason, expected, words in cases:
            yield Nasty(f"Word: {family}", f"{stem}.docx", data, reason, expected, words)


def wrap(body: str, head: str = "") -> bytes:
    """Write the main part around a body."""
    return f'{head}<w:document xmlns:w="{_SPACE}"><w:body>{body}</w:body></w:document>'.encode()


def paragraph(text: str) -> str:
    """Write a paragraph; the text is put in as it is."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def write_docx(main: bytes, *, more: Mapping[str, bytes] | None = None, target: str = MAIN) -> bytes:
    """Write a Word file around a main part.

    Args:
        main: its bytes.
        more: other parts.
        target: where the package says that the main part is.
    """
    parts = {"_rels/.rels": _RELATIONS.format(target).encode(), MAIN: main, **(more or {})}
    return write_zip(parts.items())


def write_zip(parts: object, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Write an archive of names and bytes, in order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts:  # type: ignore[attr-defined]
            archive.writestr(zipfile.ZipInfo(name), content, method, 9)
    return buffer.getvalue()


def _make_zips(good: bytes) -> Iterator[tuple[str, bytes, str, str, str]]:
    main = wrap(paragraph(GOOD))
    yield "empty", b"", "no bytes", TOLD, "is empty"
    yield "text", GOOD.encode(), "a text under the name of a Word file", TOLD, "is no .docx"
    yield (
        "old",
        b"\xd0\xcf\x11\xe0" + bytes(600),
        "an old Word file, or one with a password",
        TOLD,
        "password",
    )
    yield "just-zip", write_zip([("a.txt", b"x")]), "an archive that is no document", TOLD, "no Word document"
    yield "no-entries", write_zip([]), "an archive of nothing", TOLD, ""
    inner = write_zip([("a.docx", good)])
    for _ in range(200):
        inner = write_zip([("inner.zip", inner)], zipfile.ZIP_STORED)
    yield "nested", inner, "an archive in an archive, 200 deep", TOLD, "no Word document"
    yield (
        "nested-part",
        write_docx(main, more={"word/embeddings/inner.docx": inner}),
        "archives within, 200 deep",
        READ,
        "",
    )
    bomb = write_docx(wrap(paragraph(" " * 300 * _MEGABYTE)))
    yield "bomb", bomb, "its text unpacks to 300 MB", TOLD, "unpacks to"
    big = wrap(paragraph("word " * (60 * _MEGABYTE // 5)))
    yield "large", write_docx(big), "its text unpacks to 60 MB", TOLD, ""
    notes = {
        "word/footnotes.xml": wrap(" " * 200 * _MEGABYTE),
        "word/endnotes.xml": wrap(" " * 200 * _MEGABYTE),
    }
    yield "bomb-notes", write_docx(main, more=notes), "its notes unpack to 400 MB", TOLD, "unpacks to"
    yield (
        "bomb-core",
        write_docx(main, more={"docProps/core.xml": bytes(200 * _MEGABYTE)}),
        "its properties unpack to 200 MB",
        TOLD,
        "unpacks to",
    )
    yield (
        "bomb-relations",
        write_zip([("_rels/.rels", b" " * 200 * _MEGABYTE), (MAIN, main)]),
        "its relations unpack to 200 MB",
        TOLD,
        "unpacks to",
    )
    yield (
        "bomb-unused",
        write_docx(main, more={"word/media/a.png": bytes(200 * _MEGABYTE)}),
        "a picture unpacks to 200 MB",
        READ,
        "",
    )
    for stem, name in (
        ("parent", "../../evil.txt"),
        ("absolute", "/tmp/evil.txt"),
        ("drive", "C:\\evil.txt"),
        ("zero", "a\0b"),
        ("long", "a" * 60_000),
    ):
        yield (
            f"name-{stem}",
            write_docx(main, more={name: b"evil"}),
            f"holds a part called {name[:20]!r}",
            READ,
            "",
        )
    yield (
        "target-parent",
        write_docx(main, target="../../etc/passwd"),
        "its text is said to be outside",
        READ,
        "",
    )
    yield (
        "target-absolute",
        write_docx(main, target="file:///etc/passwd"),
        "its text is said to be a file here",
        READ,
        "",
    )
    yield (
        "target-web",
        write_docx(main, target="http://127.0.0.1:9/x"),
        "its text is said to be on the web",
        READ,
        "",
    )
    with_two = io.BytesIO()
    with zipfile.ZipFile(with_two, "w") as archive:
        archive.writestr(zipfile.ZipInfo(MAIN), main)
        archive.fp.write(b"")  # type: ignore[union-attr]
        archive.filelist[0].filename = MAIN + "x"
        archive.NameToInfo.clear()
        archive.writestr(zipfile.ZipInfo(MAIN), wrap(paragraph("Another text.")))
        archive.filelist[0].filename = MAIN
    yield "two-mains", with_two.getvalue(), "two parts of one name", EITHER, ""
    many = [(MAIN, main), *((f"word/media/{number}", b"") for number in range(20_000))]
    yield "many-parts", write_zip(many, zipfile.ZIP_STORED), "20,000 parts", READ, ""
    yield from _make_lies(main)


def _make_lies(main: bytes) -> Iterator[tuple[str, bytes, str, str, str]]:
    """Yield archives whose lists say of the text what is not so."""
    good = write_docx(main)
    listed = good.rfind(b"PK\x01\x02")  # of the main part, the last
    for stem, offset, form, value, reason in (
        ("small-size", 24, "<I", 3, "its text is said to be of 3 bytes"),
        ("huge-size", 24, "<I", 0xFFFFFFF0, "its text is said to be of 4 GB"),
        ("huge-packed", 20, "<I", 0x7FFFFFFF, "its text is said to take 2 GB, packed"),
        ("zip64", 24, "<I", 0xFFFFFFFF, "the size is said to be elsewhere, where it is not"),
        ("crc", 16, "<I", 0, "a wrong checksum"),
        ("far", 42, "<I", 0x7FFFFFFF, "its text is said to be beyond the end"),
        ("itself", 42, "<I", 0, "its text is said to be where another part is"),
        ("method", 10, "<H", 99, "packed in a way that nobody knows"),
        ("method-lzma", 10, "<H", 14, "said to be packed in another way"),
        ("locked", 8, "<H", 1, "said to be encrypted"),
        ("extra", 30, "<H", 60_000, "more said of it than there is"),
    ):  # fmt: skip
        data = bytearray(good)
        struct.pack_into(form, data, listed + offset, value)
        yield f"lie-{stem}", bytes(data), reason, EITHER, ""
    end = bytearray(good)
    struct.pack_into("<H", end, len(good) - 12, 60_000)
    yield "lie-count", bytes(end), "says that it has 60,000 parts", EITHER, ""
    yield "comment", good[:-2] + struct.pack("<H", 65_535) + b"x" * 65_535, "a comment of 64 kB", READ, ""
    yield "junk-before", b"PK" + bytes(100_000) + good, "100 kB before the archive", EITHER, ""
    entry = zipfile.ZipInfo(MAIN)
    whole = write_zip([(entry.filename, main)], zipfile.ZIP_STORED)
    data = bytearray(whole)
    start = whole.rfind(b"PK\x01\x02")
    inside = len(whole) - 30 - len(MAIN)  # so that the part holds the list that tells of it
    for offset in (18, 22, start + 20, start + 24):
        struct.pack_into("<I", data, offset, inside)
    yield "holds-itself", bytes(data), "a part that holds the list of all parts, itself among them", TOLD, ""


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
