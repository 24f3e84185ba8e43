"""Make seeds/register from a folder of raw lists of bodies.

    scripts/refresh_register.py RAW           write seeds/register/*.csv
    scripts/refresh_register.py RAW --check   compare only: exit 1 when they differ

RAW holds local_authorities.csv, pcts.csv, care_trusts.csv, strategic_health_authorities.csv,
nhs_other.csv and national_bodies.csv. What an editor adds to them is in register_edits.toml, beside
this script: how their types map to the ontology, and names. Names that rules derive
(seeds/register/variants.toml) are left out.
"""

from __future__ import annotations

import csv
import io
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from register_rows import Row, cite, convert_row, split  # noqa: E402

from graph.names import fold, is_acronym  # noqa: E402
from graph.paths import REGISTER  # noqa: E402
from graph.register_files import COLUMNS, read_variants  # noqa: E402
from graph.register_names import DERIVED, derive_names  # noqa: E402

Lists = dict[str, list[str]]

FILES = {
    "care_trusts": "care_trusts",
    "local_authorities": "councils",
    "national_bodies": "national_bodies",
    "nhs_other": "nhs_bodies",
    "pcts": "primary_care_trusts",
    "strategic_health_authorities": "strategic_health_authorities",
}
"""Raw list -> file of the register; a body in two lists stays in the first."""

ADDED = ("names", "acronyms", "ambiguous")
"""Tables of names in register_edits.toml; what they add counts as unverified."""


class Converter:
    """Turn raw rows into rows of the register, by the editor's tables."""

    def __init__(self, edits: Path, folder: Path = REGISTER) -> None:
        tables = tomllib.loads(edits.read_text(encoding="utf-8"))
        self.types: dict[str, str] = tables["types"]
        self.bodies: dict[str, str] = tables["bodies"]
        self.added: dict[str, Lists] = {column: tables[column] for column in ADDED}
        self.settled: Lists = tables["settled"]
        self.dropped: Lists = tables["dropped"]
        self.fields: dict[str, Row] = tables["fields"]
        self.variants = read_variants(folder)

    def convert(self, raw: Row) -> Row:
        """Convert one raw row."""
        body = raw["id"]
        raw = {**raw, **self.fields.get(body, {})}
        recalled = [*self.fields.get(body, {}), *(c for c in ADDED if body in self.added[c])]
        raw["from_memory_fields"] = "|".join([*split(raw, "from_memory_fields"), *recalled])
        row = convert_row(raw, self.bodies.get(body) or self.types.get(raw["type"], raw["type"]))
        self._name(row, raw)
        cite(row, raw)
        return row

    def _name(self, row: Row, raw: Row) -> None:
        """Fill names, ambiguous and acronyms: nothing twice, nothing that a rule derives."""
        body, settled, dropped = raw["id"], self.settled.get(raw["id"], []), self.dropped.get(raw["id"], [])
        ambiguous = split(raw, "ambiguous_aliases", "ambiguous_names") + self.added["ambiguous"].get(body, [])
        ambiguous = unique(name for name in ambiguous if name not in settled)
        barred = {fold(name) for name in ambiguous}
        listed = split(raw, "aliases") + self.added["names"].get(body, [])
        listed = [name for name in listed if name not in dropped and fold(name) not in barred]
        acronyms = split(raw, "acronyms") + self.added["acronyms"].get(body, [])
        acronyms += [name for name in listed if is_acronym(name) and fold(name) != fold(row["name"])]
        row["acronyms"] = "|".join(
            sorted({a for a in acronyms if fold(a) not in barred | {fold(row["name"])}})
        )
        safe = [name for name in listed if name not in acronyms]
        kept = self._drop_derived(row, unique(sorted(safe, key=lambda name: (-len(name), name))))
        row["names"] = "|".join(sorted(kept))
        derived = {fold(name) for name, use in self._derive(row, [row["name"], *kept]) if use != DERIVED}
        row["ambiguous"] = "|".join(sorted(name for name in ambiguous if fold(name) not in derived))

    def _drop_derived(self, row: Row, names: list[str]) -> list[str]:
        """Leave out the names that the rules make of the official name or of another name kept."""
        kept = [row["name"]]
        for name in names:
            known = {fold(derived) for derived, use in self._derive(row, kept) if use == DERIVED}
            if fold(name) not in known | {fold(k) for k in kept}:
                kept.append(name)
        return kept[1:]

    def _derive(self, row: Row, names: list[str]) -> list[tuple[str, str]]:
        return derive_names(names, row["type"], row["end"], self.variants)


def unique(names: Iterable[str]) -> list[str]:
    """Keep the first of each name, however it is written."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(fold(name), name)
    return list(kept.values())


def convert_lists(raw_folder: Path, converter: Converter) -> dict[str, str]:
    """Convert the raw lists into the text of each file of the register, by name."""
    groups: dict[str, list[Row]] = {}
    seen: set[str] = set()
    for source, group in sorted(FILES.items()):
        with (raw_folder / f"{source}.csv").open(encoding="utf-8-sig", newline="") as file:
            for raw in csv.DictReader(file):
                if raw["id"] not in seen:
                    seen.add(raw["id"])
                    groups.setdefault(group, []).append(converter.convert(raw))
    drop_shared_codes([row for rows in groups.values() for row in rows])
    return {f"{group}.csv": write_rows(rows) for group, rows in sorted(groups.items())}


def drop_shared_codes(rows: list[Row]) -> None:
    """Drop the Wikidata ids that stand on several bodies: they identify none of them."""
    holders: dict[str, int] = {}
    for row in rows:
        for code in row["codes"].split("|"):
            holders[code] = holders.get(code, 0) + 1
    for row in rows:
        codes = [c for c in row["codes"].split("|") if holders[c] == 1 or not c.startswith("wikidata=")]
        row["codes"] = "|".join(codes)


def write_rows(rows: list[Row]) -> str:
    """Write rows as CSV, by id."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: row["id"]))
    return text.getvalue()


def main(arguments: list[str]) -> int:
    """Run the command; returns its exit code: 0 done, 1 files differ, 2 wrong usage."""
    folders = [argument for argument in arguments if argument != "--check"]
    if len(folders) != 1 or not Path(folders[0]).is_dir():
        sys.stderr.write("usage: refresh_register.py FOLDER-OF-RAW-LISTS [--check]\n")
        return 2
    converter = Converter(Path(__file__).with_name("register_edits.toml"))
    files = convert_lists(Path(folders[0]), converter)
    differing = [name for name, text in files.items() if read_text(REGISTER / name) != text]
    if "--check" not in arguments:
        for name in differing:
            (REGISTER / name).write_text(files[name], encoding="utf-8", newline="")
    for name in differing:
        sys.stdout.write(f"{name}: {'differs' if '--check' in arguments else 'written'}\n")
    return 1 if differing and "--check" in arguments else 0


def read_text(path: Path) -> str:
    """Read a file with its line ends as they are; a missing one is empty."""
    return path.read_bytes().decode() if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
