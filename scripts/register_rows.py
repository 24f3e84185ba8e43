"""Read one row of a raw list of bodies: its codes, dates, links, and how far each is to be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.register_files import COLUMNS

Row = dict[str, str]

FIELDS = {
    "preferred_name": "name", "aliases": "names", "alias": "names", "former-name aliases": "names",
    "start_date": "start", "end_date": "end", "ods_code": "codes", "ons_code": "codes", "sha_2002": "within",
    "upper_tier": "within", "predecessor_text": "notes", "successor_text": "notes", "jurisdiction": "nation",
}  # fmt: skip
"""Names of fields in the raw lists -> ours, where they differ."""

CODES = {
    "ods_code": "ods", "ons_code": "ons", "gss_code": "gss", "former_gss_codes": "gss", "former_codes": "ons",
    "register_code": "register", "wikidata_qid": "wikidata",
}  # fmt: skip
NATIONS = {"UK": "United Kingdom", "international": ""}
RECOLLECTION = "unverified recollection: no source was found"
_BRACKET = re.compile(r"(.+) \((.+)\)")
_REMARK = re.compile(r"(\w+) (day|month|change|\(.*\))")
_SEARCH_RECORD = re.compile(r" \(found through code search, record \d+\)")


def convert_row(raw: Row, type_: str) -> Row:
    """Convert all of a raw row but its names.

    Args:
        raw: by the columns of its list.
        type_: leaf class of the ontology.
    """
    row = dict.fromkeys(COLUMNS, "")
    row["id"], row["type"], row["name"] = raw["id"], type_, straighten(raw["preferred_name"])
    row["start"], row["end"] = raw["start_date"], raw["end_date"]
    for field in ("predecessors", "successors", "councils"):
        row[field] = "|".join(sorted(split(raw, field)))
    row["council_relation"] = raw.get("council_relation", "")
    above = split(raw, "parent")
    row["parent"] = "|".join(i for i in above if not i.startswith("at:"))
    area_teams = [i for i in above if i.startswith("at:")]
    row["within"] = "|".join([*split(raw, "sha_2002", "sha_2006", "upper_tier"), *area_teams])
    row["area"] = " and ".join(split(raw, "place"))
    row["region"] = raw.get("region", "")
    nation = raw.get("nation") or raw.get("jurisdiction") or "England"
    row["nation"] = NATIONS.get(nation, _BRACKET.sub(r"\1", nation))
    row["codes"] = "|".join(f"{s}={code}" for column, s in CODES.items() for code in split(raw, column))
    return row


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
    row["notes"] = "; ".join([*describe(raw), *remarks])
    row["unverified"] = "|".join(sorted(f for f in fields if f == "all" or row.get(f)))


def list_unverified(raw: Row) -> tuple[set[str], list[str]]:
    """List our names of the fields that rest on recall, and remarks on how much of each does."""
    fields: set[str] = set()
    remarks: list[str] = []
    for entry in split(raw, "from_memory_fields"):
        remark = _REMARK.fullmatch(entry)
        field = remark[1] if remark else entry
        field = FIELDS.get(field, field)
        fields.update(("start", "end") if field == "dates" else (field,))
        if remark and remark[2] != "change":
            detail = remark[2].strip("()")
            remarks.append(
                f"{field}: only the {detail} is unverified" if " " not in detail else f"{field}: {detail}"
            )
    if raw.get("code_confidence") == "from-memory":
        fields.add("codes")
    if raw.get("predecessor_confidence") == "from-memory":
        fields.add("predecessors")
    return fields, remarks


def describe(raw: Row) -> Iterator[str]:
    """Yield what the raw row tells a reader beyond the columns of the register."""
    yield from (raw[column] for column in ("subtype", "basis") if raw.get(column))
    for column, label in (
        ("predecessor_text", "before"),
        ("successor_text", "after"),
        ("related_names", "see also"),
    ):
        if raw.get(column):
            yield f"{label}: {raw[column].replace('|', ', ')}"
    nation = _BRACKET.fullmatch(raw.get("jurisdiction", ""))
    if nation:
        yield f"nation: {nation[2]}"
    note = raw["notes"].replace("same row as in care_trusts.csv; merge on id", "").strip("; ")
    if note:
        yield note.replace("start_date", "start").replace("end_date", "end")


def split(raw: Row, *columns: str) -> list[str]:
    """List what the columns of a row hold, ``|`` between the items; a missing column holds nothing."""
    return [straighten(item) for column in columns for item in (raw.get(column) or "").split("|") if item]


def straighten(text: str) -> str:
    """Make curly apostrophes straight, as the rest of the register has them."""
    return text.replace("\u2019", "'")
