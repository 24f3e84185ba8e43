"""Tell whether two machines would read a document in the same way: by their Python and their caregraph."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

from graph.paths import MODELS, ONTOLOGY, REGISTER

_CODE = Path(__file__).resolve().parents[1]


def tell_python() -> str:
    """Return the version of Python as far as a cluster has to agree on it."""
    return "{}.{}".format(*sys.version_info)


@cache
def digest_code() -> str:
    """Return the SHA-256 of caregraph's modules, register, ontology and model, names included."""
    digest = hashlib.sha256()
    for folder, pattern in ((_CODE, "*.py"), (ONTOLOGY, "*"), (REGISTER, "*"), (MODELS, "*")):
        for path in sorted(path for path in folder.rglob(pattern) if path.is_file()):
            content = hashlib.sha256(path.read_bytes()).digest()
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + content)
    return digest.hexdigest()
