"""PDFs that are cut, encrypted, endless, huge when unpacked, or lie about themselves."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from random import Random

from nasty_files import EITHER, GOOD, READ, Nasty, cut_at_places

_PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R%s>>"
_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def make_pdfs(draw: Random) -> Iterator[Nasty]:
    """Yield them, the same each time."""
    good = write_pdf(*_parts())
    yield from cut_at_places("PDF: cut", "cut", ".pdf", good)
    yield from _make_broken(good, draw)
    yield from (_name("loops", *case) for case in _LOOPS)
    yield from (_name("packed", *case) for case in _make_packed())
    yield from (_name("actions", *case) for case in _ACTIONS)
    yield from _make_encrypted(good, draw)
    for number in range(20):
        data = bytearray(good)
        for _ in range(1 + number):
            data[draw.randrange(len(data))] = draw.randrange(256)
        reason = f"{1 + number} bytes changed"
        yield Nasty("PDF: noise", f"noise-{number:02}.pdf", bytes(data), reason, EITHER)


def write_pdf(*parts: str | bytes, trailer: str = "", start: int | None = None) -> bytes:
    """Write numbered objects as a PDF with its table of references.

    Args:
        parts: the objects, from 1 on; the first is the catalogue.
        trailer: more of the trailer's dictionary.
        start: where the table is said to be, if not where it is.
    """
    body, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        part = part if isinstance(part, bytes) else part.encode("latin-1")
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = f"trailer\n<</Root 1 0 R/Size {len(parts) + 1}{trailer}>>\n"
    at = len(body) if start is None else start
    return body + table + end.encode() + b"startxref\n%d\n%%%%EOF" % at


def stream(data: bytes, filters: str = "", length: int | None = None) -> bytes:
    """Write a stream with its dictionary; its length may be lied about."""
    size = len(data) if length is None else length
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (filters.encode(), size, data)


def _shown(text: str = GOOD.strip()) -> bytes:
    return b"BT /F 12 Tf 20 700 Td (%s) Tj ET" % text.encode("latin-1")


def _parts(**changed: str | bytes) -> list[str | bytes]:
    """Return the five objects of a sound PDF, some of them changed."""
    parts: dict[str, str | bytes] = {
        "catalogue": "<</Type/Catalog/Pages 2 0 R>>",
        "pages": "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "page": _PAGE % "",
        "contents": stream(_shown()),
        "font": _FONT,
    }
    return list((parts | changed).values())


def _name(family: str, stem: str, data: bytes, reason: str, expected: str = EITHER, words: str = "") -> Nasty:
    return Nasty(f"PDF: {family}", f"{stem}.pdf", data, reason, expected, words)


def _make_broken(good: bytes, draw: Random) -> Iterator[Nasty]:
    noise = draw.randbytes(3000)
    cases: tuple[tuple[str, bytes, str, str, str], ...] = (
        ("empty", b"", "no bytes", "told", "is empty"),
        ("noise", noise, "noise", "told", "is no PDF"),
        ("noise-marked", b"%PDF-1.7\n" + noise + b"\n%%EOF", "noise with the marks of a PDF", "told", ""),
        ("zeros", b"%PDF-1.7\n" + bytes(5000) + b"%%EOF", "nothing but zero bytes between the marks", "told", ""),
        ("text", GOOD.encode(), "a text under the name of a PDF", "told", "is no PDF"),
        ("far-table", write_pdf(*_parts(), start=10**9), "the table is said to be far beyond the end", EITHER, ""),
        ("negative-table", write_pdf(*_parts(), start=-5), "the table is said to be before the start", EITHER, ""),
        ("letters-table", good.replace(b"startxref\n", b"startxref\nabc "), "the place of the table is no number", EITHER, ""),
        ("no-table", good.replace(b"xref\n0 6", b"xrxf\n0 6", 1), "no table", EITHER, ""),
        ("huge-table", good.replace(b"xref\n0 6", b"xref\n0 999999999", 1), "a table of a thousand million rows", EITHER, ""),
        ("wrong-places", good.replace(b" 00000 n", b" 00001 n"), "objects of another generation", EITHER, ""),
        ("same-place", write_pdf(*_parts())[:-40] + good[-40:], "places that are not quite right", EITHER, ""),
        ("no-root", good.replace(b"/Root 1 0 R", b"/Rood 1 0 R"), "no catalogue", EITHER, ""),
        ("missing-root", good.replace(b"/Root 1 0 R", b"/Root 9 0 R"), "a catalogue that is not there", EITHER, ""),
        ("huge-size", good.replace(b"/Size 6", b"/Size 99999999999"), "says that it has 10^11 objects", EITHER, ""),
        ("no-length", write_pdf(*_parts(contents=stream(_shown(), length=0))), "a stream that says it is empty", EITHER, ""),
        ("long-length", write_pdf(*_parts(contents=stream(_shown(), length=10**12))), "a stream of a terabyte, it says", EITHER, ""),
        ("two-ends", good + b"\n" + good, "two PDFs in one", EITHER, ""),
        ("junk-before", b"junk\n" * 100 + good, "half a kilobyte before its start", EITHER, ""),
        ("deep-lists", write_pdf(*_parts(page=_PAGE % f"/Deep {'[' * 10_000}{']' * 10_000}")), "10,000 nested lists", EITHER, ""),
        ("deep-dictionaries", write_pdf(*_parts(page=_PAGE % f"/Deep {'<</D ' * 10_000}0{'>>' * 10_000}")), "10,000 nested dictionaries", EITHER, ""),
        ("open-lists", write_pdf(*_parts(page=_PAGE % f"/Deep {'[' * 50_000}")), "50,000 lists that never end", EITHER, ""),
        ("deep-contents", write_pdf(*_parts(contents=stream(b"[" * 100_000))), "100,000 lists in the text", EITHER, ""),
        ("deep-states", write_pdf(*_parts(contents=stream(b"q " * 100_000 + _shown()))), "100,000 saved states", EITHER, ""),
        ("no-operands", write_pdf(*_parts(contents=stream(b"BT Tf Td Tj TJ ' \" Tm ET " * 500))), "operators without what they need", EITHER, ""),
        ("long-number", write_pdf(*_parts(contents=stream(b"BT /F 9 Tf " + b"9" * 100_000 + b" 0 Td (x) Tj ET"))), "a number of 100,000 digits", EITHER, ""),
        ("long-name", write_pdf(*_parts(page=_PAGE % f"/{'A' * 1_000_000} 1")), "a name of a million letters", EITHER, ""),
        ("count-minus", write_pdf(*_parts(pages="<</Type/Pages/Kids[3 0 R]/Count -7>>")), "minus seven pages", EITHER, ""),
        ("count-huge", write_pdf(*_parts(pages="<</Type/Pages/Kids[3 0 R]/Count 999999999>>")), "says that it has 10^9 pages", EITHER, ""),
        ("kids-huge", write_pdf(*_parts(pages=f"<</Type/Pages/Kids[{'3 0 R ' * 5000}]/Count 5000>>")), "one page 5,000 times", EITHER, ""),
        ("kids-none", write_pdf(*_parts(pages="<</Type/Pages/Kids[9 0 R]/Count 1>>")), "a page that is not there", EITHER, ""),
        ("kids-number", write_pdf(*_parts(pages="<</Type/Pages/Kids 7/Count 1>>")), "a number for pages", EITHER, ""),
        ("no-codes", write_pdf(*_parts(font="<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[]>>")), "a font that does not say what its signs mean", EITHER, ""),
        ("wrong-codes", write_pdf(*_parts(font="<</Type/Font/Subtype/Type1/BaseFont/X/ToUnicode 4 0 R>>")), "a font whose table is a text", EITHER, ""),
        ("looping-font", write_pdf(*_parts(font="<</Type/Font/Subtype/Type0/DescendantFonts[5 0 R]>>")), "a font that descends from itself", EITHER, ""),
        ("halves", write_pdf(*_parts(), trailer="/Info<</Title<D800D800FEFF>/CreationDate(D:99999999)>>"), "a title of halves of characters", READ, ""),
        ("long-title", write_pdf(*_parts(), trailer=f"/Info<</Title({'x' * 100_000})>>"), "a title of 100,000 letters", READ, ""),
    )  # fmt: skip
    for stem, data, reason, expected, words in cases:
        yield _name("broken", stem, data, reason, expected, words)


_OUTLINE = "<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>"
_LOOPS = (
    ("own-kid", write_pdf(*_parts(pages="<</Type/Pages/Kids[2 0 R]/Count 1>>")), "pages that hold themselves"),
    ("own-parent", write_pdf(*_parts(pages="<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>")), "pages within themselves"),
    ("own-contents", write_pdf(*_parts(contents="4 0 R")), "a text that is where it is"),
    ("own-previous", write_pdf(*_parts(), trailer="/Prev 450"), "tables that go on in one another"),
    ("own-outline", write_pdf(*_parts(catalogue=_OUTLINE), "<</First 6 0 R/Last 6 0 R/Next 6 0 R>>"), "an outline that holds itself"),
    ("own-length", write_pdf(*_parts(contents=b"<</Length 4 0 R>>stream\nx\nendstream")), "a stream as long as itself"),
    ("own-form", write_pdf(*_parts(page=_PAGE.replace("/F 5 0 R>>", "/F 5 0 R>>/XObject<</X 6 0 R>>") % "", contents=stream(b"/X Do")),
        stream(b"/X Do", "/Type/XObject/Subtype/Form/Resources<</XObject<</X 6 0 R>>>>")), "a form that draws itself"),
    ("own-objects", write_pdf(*_parts(catalogue=stream(b"1 0 <</Type/Catalog>>", "/Type/ObjStm/N 1/First 4/Extends 1 0 R"))), "a stream of objects that extends itself"),
    ("two-kids", write_pdf(*_parts(pages="<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]/Count 3>>")), "pages that hold themselves three times"),
)  # fmt: skip


def _make_packed() -> Iterator[tuple[str, bytes, str, str, str]]:
    flate = "/Filter/FlateDecode"
    for size in (1_000_000, 20_000_000, 300_000_000):
        packed = zlib.compress(b" " * size, 9)
        yield (
            f"spaces-{size}",
            write_pdf(*_parts(contents=stream(packed, flate))),
            f"unpacks to {size} bytes",
            "either",
            "",
        )
    twice = zlib.compress(zlib.compress(bytes(100_000_000), 9), 9)
    yield (
        "twice",
        write_pdf(*_parts(contents=stream(twice, "/Filter[/FlateDecode/FlateDecode]"))),
        "packed twice, 100 MB",
        "either",
        "",
    )
    many = "[" + "/FlateDecode" * 1000 + "]"
    yield (
        "thousand",
        write_pdf(*_parts(contents=stream(b"x", f"/Filter{many}"))),
        "packed a thousand times, it says",
        "either",
        "",
    )
    run = b"\x81 " * 500_000 + b"\x80"
    yield (
        "runs",
        write_pdf(*_parts(contents=stream(run, "/Filter/RunLengthDecode"))),
        "runs that unpack to 64 MB",
        "either",
        "",
    )
    columns = f"{flate}/DecodeParms<</Predictor 12/Columns 1000000000>>"
    yield (
        "columns",
        write_pdf(*_parts(contents=stream(zlib.compress(b"x"), columns))),
        "a picture row of 10^9 bytes",
        "either",
        "",
    )
    yield (
        "unpackable",
        write_pdf(*_parts(contents=stream(b"noise", flate))),
        "says that it is packed, and is not",
        "either",
        "",
    )
    lzw = "/Filter/LZWDecode"
    yield (
        "lzw",
        write_pdf(*_parts(contents=stream(bytes(range(256)) * 40, lzw))),
        "damaged in the older packing",
        "either",
        "",
    )
    unknown = "/Filter/NoSuchDecode"
    yield (
        "unknown",
        write_pdf(*_parts(contents=stream(_shown(), unknown))),
        "packed in a way that nobody knows",
        "either",
        "",
    )


_ACTIONS = tuple(
    (stem, write_pdf(*_parts(catalogue=f"<</Type/Catalog/Pages 2 0 R/OpenAction<<{action}>>>>")), reason, READ)
    for stem, action, reason in (
        ("script", "/S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\);)", "runs a script when it is opened"),
        ("launch", "/S/Launch/F(/bin/sh)/Win<</F(cmd.exe)/P(/c calc)>>", "starts a program when it is opened"),
        ("address", "/S/URI/URI(http://127.0.0.1:9/)", "opens an address"),
        ("remote", "/S/GoToR/F(\\\\\\\\127.0.0.1\\\\share\\\\x.pdf)", "opens a file on another machine"),
        ("submit", "/S/SubmitForm/F(http://127.0.0.1:9/)", "sends a form"),
        ("import", "/S/ImportData/F(/etc/passwd)", "takes in a file"),
    )
)  # fmt: skip


def _make_encrypted(good: bytes, draw: Random) -> Iterator[Nasty]:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, ByteStringObject

    for method in ("RC4-40", "RC4-128"):
        for user in ("secret", ""):
            writer = PdfWriter(clone_from=PdfReader(BytesIO(good)))
            writer._ID = ArrayObject((ByteStringObject(b"1" * 16), ByteStringObject(b"1" * 16)))
            writer.encrypt(user, "owner", algorithm=method)
            buffer = BytesIO()
            writer.write(buffer)
            who, words = ("user", "is encrypted") if user else ("owner", "")
            expected = "told" if user else READ
            yield _name(
                "encrypted",
                f"{method}-{who}",
                buffer.getvalue(),
                f"{method}, password of its {who}",
                expected,
                words,
            )
    for version, revision, size in ((4, 4, 32), (5, 5, 48), (5, 6, 48), (9, 9, 48)):
        keys = "".join(
            f"/{key}<{draw.randbytes(size if len(key) == 1 else 32).hex()}>" for key in ("O", "U", "OE", "UE")
        )
        method = "AESV2" if revision == 4 else "AESV3"
        filters = (
            f"/CF<</StdCF<</CFM/{method}/AuthEvent/DocOpen>>>>/StmF/StdCF/StrF/StdCF/P -1/Perms<{'00' * 16}>"
        )
        handler = f"<</Filter/Standard/V {version}/R {revision}/Length 256{filters}{keys}>>"
        data = write_pdf(*_parts(), handler, trailer="/Encrypt 6 0 R/ID[<31><31>]")
        yield _name(
            "encrypted",
            f"revision-{version}-{revision}",
            data,
            f"revision {revision}, keys unknown",
            "told",
            "",
        )
    data = write_pdf(*_parts(), "<</Filter/Other/V 1>>", trailer="/Encrypt 6 0 R")
    yield _name("encrypted", "other-handler", data, "encrypted by a handler that nobody knows", "told", "")
    data = write_pdf(*_parts(), trailer="/Encrypt 99 0 R")
    yield _name("encrypted", "no-handler", data, "encrypted, but how is not there", EITHER, "")
