"""Write a register of a few rows, for the tests of what reads registers."""

from __future__ import annotations

import csv
from pathlib import Path

from graph.register_files import COLUMNS

BASE = dict.fromkeys(COLUMNS, "") | {"type": "Charity", "confidence": "verified"}


def write_register(folder: Path, *rows: dict[str, str], variants: str = "") -> Path:
    with (folder / "bodies.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(BASE | row for row in rows)
    if variants:
        (folder / "variants.toml").write_text(variants, encoding="utf-8")
    return folder
