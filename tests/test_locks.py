"""Locks: shared among readers, alone for a writer, gone when let go."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.locks import lock_file


@pytest.mark.skipif(os.name == "nt", reason="Windows has no shared locks of this kind")
def test_locks_are_shared_among_readers_only(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    path.touch()
    first, second = lock_file(path, shared=True), lock_file(path, shared=True)
    assert first
    assert second
    assert lock_file(path) is None
    first.close()
    second.close()
    alone = lock_file(path)
    assert alone
    assert lock_file(path) is None
    alone.close()
