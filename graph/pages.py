"""What our pages share: templates, words, and a policy that allows nothing but the page itself."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graph.errors import StoreError
from graph.room import tell_full

PAGE = Path(__file__).resolve().parent / "page"
"""The templates, styles and scripts of the pages, and ``legend.json``, which has the words."""


def render_template(name: str, *, style: str, script: str = "", **values: object) -> str:
    """Render a template of ``PAGE``; every value is escaped unless it is ``Markup``.

    Args:
        name: file name of the template, which shows ``policy``, ``style`` and ``script``.
        style: the text of the page's one style sheet.
        script: the text of the page's one script; without it the page may run none.
        values: what else the template shows.
    """
    policy = write_policy(style=style, script=script)
    trusted = {"style": Markup(style), "script": Markup(script)}  # noqa: S704 - files of ours
    return _open_templates().get_template(name).render(**values, **trusted, policy=policy)


@cache
def _open_templates() -> Environment:
    """Return what keeps the templates, each compiled once."""
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(PAGE),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def write_policy(*, style: str, script: str = "") -> str:
    """Return a content-security policy that allows this style, this script and nothing else."""
    run = f"script-src {_hash(script)}; " if script else ""
    return (
        f"default-src 'none'; {run}style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def replace_page(path: Path, page: str) -> None:
    """Write a page whole or not at all; characters that UTF-8 cannot hold are shown as escapes.

    Raises:
        StoreError: the file cannot be written.
    """
    replace_file(path, page.encode("utf-8", "backslashreplace"))


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; what is no ordinary file (``/dev/null``) is written to as it is.

    Raises:
        StoreError: the file cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with tell_full(path):
            if path.exists() and not path.is_file():
                path.write_bytes(content)
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                part.write_bytes(content)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}); choose another file") from error


@cache
def read_legend() -> dict[str, Any]:
    """Return the words for types (by family), relations and statuses; not to be changed."""
    legend: dict[str, Any] = json.loads((PAGE / "legend.json").read_text(encoding="utf-8"))
    return legend


def label_type(name: str) -> str:
    """Return a type in words.

    >>> label_type("ArmsLengthBody")
    'Arm’s-length body'
    """
    found = [family["types"][name] for family in read_legend()["families"] if name in family["types"]]
    return str(found[0]) if found else name


def show_controls(page: str) -> str:
    """Replace control characters, which HTML forbids, by the sign for what cannot be shown."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "\ufffd", page)


def write_line(text: object) -> str:
    r"""Return text as one line that may stand in XML: what XML forbids is shown as U+FFFD.

    >>> write_line("Torbay\n Care\x00Trust ")
    'Torbay Care\ufffdTrust'
    """
    shown = re.sub(r"[^\t\n\r -~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", str(text))
    return " ".join(shown.split())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
