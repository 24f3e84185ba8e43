"""Word files as archives that are nested, huge when unpacked, or lie about what they hold."""

# ruff: noqa: E501, S108 - a case a line

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping

from nasty_files import EITHER, GOOD, READ, TOLD
from nasty_quine import make_quine

MAIN = "word/document.xml"
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/></Relationships>'
)
_MEGABYTE = 1_000_000


def make_archives(good: bytes) -> Iterator[tuple[str, bytes, str, str, str]]:
    """Yield name, bytes, what is nasty, what is expected and the words of the line."""
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
    yield from _make_quines(main)
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
        archive.filelist[0].filename = MAIN + "x"
        archive.NameToInfo.clear()
        archive.writestr(zipfile.ZipInfo(MAIN), wrap(paragraph("Another text.")))
        archive.filelist[0].filename = MAIN
    yield "two-mains", with_two.getvalue(), "two parts of one name", EITHER, ""
    many = [(MAIN, main), *((f"word/media/{number}", b"") for number in range(20_000))]
    yield "many-parts", write_zip(many, zipfile.ZIP_STORED), "20,000 parts", READ, ""
    yield from _make_lies(main)


def _make_quines(main: bytes) -> Iterator[tuple[str, bytes, str, str, str]]:
    """Yield archives that hold themselves, for whoever unpacks until there is nothing left to unpack."""
    stem = "archive-that-holds-itself"
    quine = make_quine(f"{stem}.docx")
    yield stem, quine, "an archive of one file, which is the archive", TOLD, "no Word document"
    yield "main-is-itself", make_quine(MAIN), "its text is the archive itself", TOLD, "damaged"
    part = {f"word/embeddings/{stem}.docx": quine}
    yield "quine-part", write_docx(main, more=part), "holds an archive that holds itself", READ, ""


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


def write_zip(parts: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Write an archive of names and bytes, in order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, method, 9)
    return buffer.getvalue()
