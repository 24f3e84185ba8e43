"""PDFs that are encrypted, or packed so that they unpack out of all proportion."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from random import Random

from nasty_files import EITHER, READ, Nasty
from nasty_pdf import make_parts, name_pdf, show_text, stream, write_pdf


def make_packed_pdfs(draw: Random) -> Iterator[Nasty]:
    """Yield them, the same each time."""
    yield from (name_pdf("packed", *case) for case in _make_packed())
    yield from _make_encrypted(write_pdf(*make_parts()), draw)


def _make_packed() -> Iterator[tuple[str, bytes, str, str, str]]:
    flate = "/Filter/FlateDecode"
    for size in (1_000_000, 20_000_000, 300_000_000):
        packed = zlib.compress(b" " * size, 9)
        yield (
            f"spaces-{size}",
            write_pdf(*make_parts(contents=stream(packed, flate))),
            f"unpacks to {size} bytes",
            "either",
            "",
        )
    twice = zlib.compress(zlib.compress(bytes(100_000_000), 9), 9)
    yield (
        "twice",
        write_pdf(*make_parts(contents=stream(twice, "/Filter[/FlateDecode/FlateDecode]"))),
        "packed twice, 100 MB",
        "either",
        "",
    )
    many = "[" + "/FlateDecode" * 1000 + "]"
    yield (
        "thousand",
        write_pdf(*make_parts(contents=stream(b"x", f"/Filter{many}"))),
        "packed a thousand times, it says",
        "either",
        "",
    )
    run = b"\x81 " * 500_000 + b"\x80"
    yield (
        "runs",
        write_pdf(*make_parts(contents=stream(run, "/Filter/RunLengthDecode"))),
        "runs that unpack to 64 MB",
        "either",
        "",
    )
    columns = f"{flate}/DecodeParms<</Predictor 12/Columns 1000000000>>"
    yield (
        "columns",
        write_pdf(*make_parts(contents=stream(zlib.compress(b"x"), columns))),
        "a picture row of 10^9 bytes",
        "either",
        "",
    )
    yield (
        "unpackable",
        write_pdf(*make_parts(contents=stream(b"noise", flate))),
        "says that it is packed, and is not",
        "either",
        "",
    )
    lzw = "/Filter/LZWDecode"
    yield (
        "lzw",
        write_pdf(*make_parts(contents=stream(bytes(range(256)) * 40, lzw))),
        "damaged in the older packing",
        "either",
        "",
    )
    unknown = "/Filter/NoSuchDecode"
    yield (
        "unknown",
        write_pdf(*make_parts(contents=stream(show_text(), unknown))),
        "packed in a way that nobody knows",
        "either",
        "",
    )


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
            yield name_pdf(
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
        data = write_pdf(*make_parts(), handler, trailer="/Encrypt 6 0 R/ID[<31><31>]")
        yield name_pdf(
            "encrypted",
            f"revision-{version}-{revision}",
            data,
            f"revision {revision}, keys unknown",
            "told",
            "",
        )
    data = write_pdf(*make_parts(), "<</Filter/Other/V 1>>", trailer="/Encrypt 6 0 R")
    yield name_pdf("encrypted", "other-handler", data, "encrypted by a handler that nobody knows", "told", "")
    data = write_pdf(*make_parts(), trailer="/Encrypt 99 0 R")
    yield name_pdf("encrypted", "no-handler", data, "encrypted, but how is not there", EITHER, "")
