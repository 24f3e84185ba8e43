"""An archive that holds itself, to the last byte: unpack it as often as you like, and there it is again.

The idea is that of R. Cox, "Zip Files All The Way Down" (research.swtch.com/zip): a program of two orders,
"give the next n bytes as they are" and "give the last n bytes once more", that gives itself, with anything
before and after it. Both can be written in DEFLATE (RFC 1951), here in 5 bytes each. What is said of a file
in a zip archive, its CRC-32 too, stands before and after it, so is a part of what is packed, too.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

UNIT = 5
"""Bytes of an order."""
BEFORE = 60
"""Bytes before the packed data, so that those and one order can be repeated in one order of 5 bytes."""
_LENGTHS = ((3, 257, 0), (11, 265, 1), (19, 269, 2), (35, 273, 3), (67, 277, 4))
"""First length, code and further bits of the codes for lengths up to 114 (RFC 1951, 3.2.5)."""
_DATE, _PACKED = 0x21, 8
"""1 January 1980, and DEFLATE."""


def make_quine(name: str) -> bytes:
    """Make a zip archive whose only file, of this name, is the archive itself.

    Args:
        name: in ASCII, of 30 letters or of 26 at most: what is left of that room must be none, or 4 bytes.
    """
    room = BEFORE - 30 - len(name)
    assert room == 0 or room >= 4, "an extra field has 4 bytes at least"
    extra = struct.pack("<HH", 0xCAFE, room - 4) + bytes(room - 4) if room else b""
    after = 46 + len(name) + 22
    whole = len(_write(name, extra, 0, 0, 0))
    packed = whole - BEFORE - after
    return solve_checksum(lambda checksum: _write(name, extra, checksum, packed, whole))


def _write(name: str, extra: bytes, checksum: int, packed: int, whole: int) -> bytes:
    """Write the archive, with what it says of itself."""
    said = struct.pack("<HHHHIIIH", 0, _PACKED, 0, _DATE, checksum, packed, whole, len(name))
    head = b"PK\3\4" + struct.pack("<H", 20) + said + struct.pack("<H", len(extra)) + name.encode() + extra
    listed = b"PK\1\2" + struct.pack("<HH", 20, 20) + said + bytes(16) + name.encode()
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(listed), BEFORE + packed, 0)
    assert len(head) == BEFORE
    return head + _make_program(head, listed + end) + listed + end


def _make_program(before: bytes, after: bytes) -> bytes:
    """Write the orders that give what is before them, themselves, and what is after them.

    ``L`` is "as they are", ``R`` is "once more". Lengths are in orders; ``a`` is that of what is before and
    an order, ``b`` that of an order and what is after::

        La before La   Ra   L1 Ra   L1 L1   L4 Ra L1 L1 L4   R4   L4 R4 L4 R4 L4   R4
        L4 R4 L0 L0 Lb   R4   L0   L0   Lb Rb after   Rb
    """
    start, one, four, none = _literal(len(before) + UNIT), _literal(UNIT), _literal(4 * UNIT), _literal(0)
    again, again_four = _repeat(len(before) + UNIT), _repeat(4 * UNIT)
    last = _repeat(len(after) + 4, last=True)
    end = _literal(len(last + after))
    assert {len(order) for order in (start, one, four, none, again, again_four, end)} == {UNIT}
    assert len(last) == 4
    orders = (
        *(start, before, start, again, one, again, one, one, four, again, one, one, four, again_four),
        *(
            four,
            again_four,
            four,
            again_four,
            four,
            again_four,
            four,
            again_four,
            none,
            none,
            end,
            again_four,
        ),
        *(none, none, end, last, after, last),
    )
    return b"".join(orders)


def _literal(length: int) -> bytes:
    """Write the order to give the next bytes as they are: the head of a stored block."""
    return struct.pack("<BHH", 0, length, length ^ 0xFFFF)


def _repeat(length: int, *, last: bool = False) -> bytes:
    """Write the order to give the last bytes once more: a block of fixed codes, and an empty one for room."""
    bits = f"{int(last)}10"  # the kind of a block is written with its lowest bit first
    for part in (length // 2, length - length // 2) if length < 35 else (length,):
        bits += _code_length(part) + _code_distance(length)
    bits += "0" * 7
    if length >= 35 and not last:
        bits += "010" + "0" * 7
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[place : place + 8][::-1], 2) for place in range(0, len(bits), 8))


def _code_length(length: int) -> str:
    """Write a length of 3 to 114 as bits, in the order in which they stand in the stream."""
    first, code, further = next(entry for entry in reversed(_LENGTHS) if entry[0] <= length < 115)
    size = 1 << further
    number = code - 256 + (length - first) // size
    return f"{number:07b}" + _least_first((length - first) % size, further)


def _code_distance(distance: int) -> str:
    """Write a distance of 5 or more as bits, in the order in which they stand in the stream."""
    further = (distance - 1).bit_length() - 2
    first = 1 << (further + 1)
    half, rest = divmod(distance - 1 - first, 1 << further)
    return f"{2 * further + 2 + half:05b}" + _least_first(rest, further)


def _least_first(number: int, bits: int) -> str:
    return f"{number:0{bits}b}"[::-1] if bits else ""


def solve_checksum(write: Callable[[int], bytes]) -> bytes:
    """Find the CRC-32 that is right of what it stands in, and return that.

    A CRC is linear but for a constant: each bit of the number that is put in turns the same bits of that
    which comes out, whatever the others are. So 32 equations with 32 unknowns tell it.

    Args:
        write: writes all of it with a number.
    """
    constant = zlib.crc32(write(0))
    rows = []
    for bit in range(32):  # number ^ constant = the sum of what its bits turn
        turned = zlib.crc32(write(1 << bit)) ^ constant ^ (1 << bit)
        rows.append((turned, 1 << bit))
    wanted, chosen = constant, 0
    for bit in range(32):
        pivot = next((row for row in rows if row[0] >> bit & 1), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows = [(row[0] ^ pivot[0], row[1] ^ pivot[1]) if row[0] >> bit & 1 else row for row in rows]
        if wanted >> bit & 1:
            wanted, chosen = wanted ^ pivot[0], chosen ^ pivot[1]
    assert not wanted, "there is none"
    return write(chosen)
