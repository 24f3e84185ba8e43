"""Keep the answers of a model on disk, so that the same question is asked once."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from graph.errors import EndpointError


class AnswerCache:
    """A folder with one file for each answer, readable for its owner alone.

    Args:
        folder: made when missing.

    Raises:
        EndpointError: the folder cannot be made or written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.broken = False
        try:
            folder.mkdir(parents=True, exist_ok=True)
            os.unlink(_write_part(folder, b""))  # noqa: PTH108 - a name, not a path
        except OSError as error:
            raise EndpointError(
                f"{folder}: {error.strerror}; choose another folder for answers with --llm-cache"
            ) from error

    def read(self, key: str) -> list[Any] | None:
        """Return the claims of a kept answer; None when there is none, or its file is spoilt."""
        try:
            entry = json.loads(self._path(key).read_bytes())
            claims = entry["claims"]
            sound = isinstance(claims, list) and entry["sha256"] == _digest(key, claims)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return claims if sound else None

    def write(self, key: str, claims: list[Any]) -> None:
        """Keep the claims of an answer, whole or not at all; ``broken`` tells whether that ever failed."""
        content = json.dumps({"claims": claims, "sha256": _digest(key, claims)})
        path = self._path(key)
        try:
            path.parent.mkdir(exist_ok=True)
            Path(_write_part(path.parent, content.encode())).replace(path)
        except OSError:
            self.broken = True

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


def name_question(*parts: str | int) -> str:
    """Return the name of a question: a digest of the endpoint, the model and all that it is shown."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _digest(key: str, claims: list[Any]) -> str:
    return hashlib.sha256(json.dumps([key, claims], sort_keys=True).encode()).hexdigest()


def _write_part(folder: Path, content: bytes) -> str:
    """Write a new file with a name that no other process uses, and return its name."""
    handle, name = tempfile.mkstemp(suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
    except OSError:
        os.unlink(name)  # noqa: PTH108 - a name, not a path
        raise
    return name
