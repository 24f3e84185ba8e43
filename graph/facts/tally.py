"""Count statements, subjects and objects by property while lines in order go by, in bounded memory.

Subjects stand together, so they are counted as they pass. Different objects are told apart by 64 bits of a
hash (two of ten million are taken for one in 3 of a million graphs), kept in a file, and counted a share
of all hashes at a time.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

_HELD = 1 << 16  # hashes before they are written
_AT_ONCE = 1 << 22  # hashes that are told apart at a time: 40 MB
_ROW = np.dtype([("hash", "<u8"), ("property", "<u2")])
_OFTEN = 4096  # objects of a property that are known to have been counted

Rows = npt.NDArray[np.void]


@dataclass(slots=True)
class PropertyTally:
    """How often a property occurs: statements, subjects and, once all is counted, objects."""

    number: int
    triples: int = 0
    subjects: int = 0
    objects: int = 0
    seen: set[bytes] = field(default_factory=set)


class Tally:
    """Counts of statements.

    Args:
        folder: for a file that is gone when this is no longer used.

    Attributes:
        quads: statements in named graphs.
        subjects: different subjects.
        properties: by the property, as it is written in lines.
        classes: different nodes by class, as it is written in lines.
    """

    def __init__(self, folder: Path | None) -> None:
        self.quads = self.subjects = 0
        self.properties: dict[bytes, PropertyTally] = {}
        self.classes: dict[bytes, int] = {}
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by close
        self._hashes: list[bytes] = []

    def add_property(self, iri: bytes) -> PropertyTally:
        """Begin to count a property."""
        tally = self.properties[iri] = PropertyTally(len(self.properties))
        return tally

    def add_object(self, of: PropertyTally, term: bytes) -> None:
        """Count an object that this property was not just seen with."""
        if len(of.seen) < _OFTEN:
            of.seen.add(term)
        self._hashes.append(blake2b(term, digest_size=8).digest() + of.number.to_bytes(2, "little"))
        if len(self._hashes) >= _HELD:
            self._write()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def count_objects(self) -> int:
        """Count the objects of each property, and return how many different ones all have together."""
        self._write()
        counts, together = np.zeros(len(self.properties), dtype=np.int64), 0
        for rows in self._share_out():
            order = np.lexsort((rows["property"], rows["hash"]))
            hashes, properties = rows["hash"][order], rows["property"][order]
            first = np.ones(len(rows), dtype=bool)
            first[1:] = (hashes[1:] != hashes[:-1]) | (properties[1:] != properties[:-1])
            counts += np.bincount(properties[first], minlength=len(counts))
            together += len(np.unique(hashes))
        for tally in self.properties.values():
            tally.objects = int(counts[tally.number])
        return together

    def _write(self) -> None:
        self._file.write(b"".join(self._hashes))
        self._hashes.clear()

    def _share_out(self) -> Iterator[Rows]:
        """Yield the hashes in shares, all that are equal in the same."""
        shares = self._file.tell() // (_ROW.itemsize * _AT_ONCE) + 1
        for share in range(shares):
            self._file.seek(0)
            chosen = [rows[rows["hash"] % shares == share] for rows in self._read()]
            yield np.concatenate(chosen) if chosen else np.empty(0, _ROW)
        self._file.seek(0, 2)

    def _read(self) -> Iterator[Rows]:
        while block := self._file.read(_ROW.itemsize * _HELD):
            yield np.frombuffer(block, _ROW)
