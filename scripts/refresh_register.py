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
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from graph.names import fold, is_acronym  # noqa: E402
from graph.paths import REGISTER  # noqa: E402
from graph.register_files import COLUMNS, read_variant_rules  # noqa: E402
from graph.register_names import DERIVED, derive_names  # noqa: E402

Row = dict[str, str]
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

FIELDS = {
    "preferred_name": "name", "aliases": "names", "alias": "names", "former-name aliases": "names",
    "start_date": "start", "end_date": "end", "ods_code": "codes", "ons_code": "codes", "sha_2002": "within",
    "upper_tier": "within", "jurisdiction": "nation",
}  # fmt: skip
"""Names of fields in the raw lists -> ours, where they differ."""

CODES = {
    "ods_code": "ods", "ons_code": "ons", "gss_code": "gss", "former_gss_codes": "gss", "former_codes": "ons",
    "register_code": "register", "wikidata_qid": "wikidata",
}  # fmt: skip
RECOLLECTION = "unverified recollection: no source was found"
_REMARK = re.compile(r"(\w+) (day|month|change|\(.*\))")
_SEARCH_RECORD = re.compile(r" \(found through code search, record \d+\)")


class Converter:
    """Turn raw rows into rows of the register, by the editor's tables."""

    def __init__(self, edits: Path, folder: Path = REGISTER) -> None:
        tables = tomllib.loads(edits.read_text(encoding="utf-8"))
        self.types: dict[str, str] = tables["types"]
        self.bodies: dict[str, str] = tables["bodies"]
        self.added: Lists = tables.get("names", {})
        self.acronyms: Lists = tables.get("acronyms", {})
        self.ambiguous: Lists = tables.get("ambiguous", {})
        self.settled: Lists = tables.get("settled", {})
        self.dropped: Lists = tables.get("dropped", {})
        self.rules = read_variant_rules(folder)

    def convert(self, raw: Row) -> Row:
        """Convert one raw row."""
        row = dict.fromkeys(COLUMNS, "")
        row["id"], row["name"] = raw["id"], raw["preferred_name"]
        row["type"] = self.bodies.get(raw["id"]) or self.types.get(raw["type"], raw["type"])
        row["start"], row["end"] = raw["start_date"], raw["end_date"]
        for field in ("predecessors", "successors", "councils"):
            row[field] = "|".join(sorted(split(raw, field)))
        row["council_relation"] = raw.get("council_relation", "")
        above = split(raw, "parent")
        row["parent"] = "|".join(i for i in above if not i.startswith("at:"))
        area_teams = [i for i in above if i.startswith("at:")]
        row["within"] = "|".join([*split(raw, "sha_2002", "sha_2006", "upper_tier"), *area_teams])
        row["area"] = raw["place"].replace("|", " and ")
        row["region"] = raw.get("region", "")
        row["nation"] = raw.get("nation") or raw.get("jurisdiction") or "England"
        row["codes"] = "|".join(f"{s}={code}" for column, s in CODES.items() for code in split(raw, column))
        self._name(row, raw)
        cite(row, raw)
        return row

    def _name(self, row: Row, raw: Row) -> None:
        """Fill names, ambiguous and acronyms: nothing twice, nothing that a rule derives."""
        body, settled, dropped = raw["id"], self.settled.get(raw["id"], []), self.dropped.get(raw["id"], [])
        ambiguous = split(raw, "ambiguous_aliases", "ambiguous_names") + self.ambiguous.get(body, [])
        ambiguous = unique(name for name in ambiguous if name not in settled)
        barred = {fold(name) for name in ambiguous}
        listed = split(raw, "aliases") + self.added.get(body, [])
        listed = [name for name in listed if name not in dropped and fold(name) not in barred]
        acronyms = split(raw, "acronyms") + self.acronyms.get(body, [])
        acronyms += [name for name in listed if is_acronym(name) and fold(name) != fold(row["name"])]
        row["acronyms"] = "|".join(sorted({a for a in acronyms if fold(a) not in barred | {fold(row["name"])}}))
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

    def _derive(self, row: Row, names: list[str]) -> Iterator[tuple[str, str]]:
        return derive_names(names, row["end"], self.rules.get(row["type"], []))


def split(raw: Row, *columns: str) -> list[str]:
    """List what the columns of a row hold, ``|`` between the items; a missing column holds nothing."""
    return [item for column in columns for item in (raw.get(column) or "").split("|") if item]


def unique(names: Iterable[str]) -> list[str]:
    """Keep the first of each name, however it is written."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(fold(name), name)
    return list(kept.values())


def cite(row: Row, raw: Row) -> None:
    """Fill source, licence, confidence, unverified and notes."""
    recalled = raw["confidence"] == "from-memory"
    source = _SEARCH_RECORD.sub("", raw["source"]).replace("stored public pages", "public web pages")
    row["source"] = RECOLLECTION if recalled else source
    row["licence"] = "facts only" if recalled else raw["licence"]
    row["confidence"] = raw["confidence"]
    fields, remarks = list_unverified(raw)
    if "all" in fields or (recalled and "name" not in fields):
        fields = {"all"}
    row["unverified"] = "|".join(sorted(f for f in fields if f == "all" or row.get(f)))
    row["notes"] = "; ".join([*describe(raw), *remarks])


def list_unverified(raw: Row) -> tuple[set[str], list[str]]:
    """List our names of the fields that rest on recall, and remarks on how much of each does."""
    fields, remarks = set(), []
    for entry in split(raw, "from_memory_fields"):
        remark = _REMARK.fullmatch(entry)
        field = remark[1] if remark else entry
        field = FIELDS.get(field, field).removesuffix("_text")
        fields.update(("start", "end") if field == "dates" else (field,))
        if remark and remark[2] != "change":
            detail = remark[2].strip("()")
            remarks.append(f"{field}: only the {detail} is unverified" if " " not in detail else f"{field}: {detail}")
    if raw.get("code_confidence") == "from-memory":
        fields.add("codes")
    if raw.get("predecessor_confidence") == "from-memory":
        fields.add("predecessors")
    return fields, remarks


def describe(raw: Row) -> Iterator[str]:
    """Yield what the raw row tells a reader beyond the columns of the register."""
    yield from (raw[column] for column in ("subtype", "basis") if raw.get(column))
    for column, label in (("predecessor_text", "before"), ("successor_text", "after"), ("related_names", "see also")):
        if raw.get(column):
            yield f"{label}: {raw[column].replace('|', ', ')}"
    note = raw["notes"].replace("same row as in care_trusts.csv; merge on id", "").strip("; ")
    if note:
        yield note.replace("start_date", "start").replace("end_date", "end")


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
