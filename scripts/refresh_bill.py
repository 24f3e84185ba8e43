"""Write what says what ships: ``sbom.cdx.json`` (CycloneDX) and ``THIRD_PARTY.md``.

It needs the ``dev`` environment. Run it after a change of the lock files, of what is vendored, of the models
or of the register. ``--check`` writes nothing and tells what is not current.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bill_of_materials import BILL, check_bill, write_bill
from third_party import NOTICES, write_notices


def find_stale() -> list[Path]:
    """Return the files that are not what they would be if they were written now."""
    current = {BILL: write_bill(), NOTICES: write_notices()}
    return [
        path
        for path, text in current.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def main(arguments: list[str]) -> int:
    """Write both files, or check that they are current; check the bill by its schema; 0 if all holds."""
    if arguments == ["--check"]:
        stale = find_stale()
        for path in stale:
            print(f"{path.name} is not current. Run: .venv/bin/python scripts/refresh_bill.py")
    else:
        stale = []
        NOTICES.write_text(write_notices(), encoding="utf-8", newline="\n")
        BILL.write_text(write_bill(), encoding="utf-8", newline="\n")
    fault = check_bill(BILL)
    if fault:
        print(f"{BILL.name} does not hold by the schema of CycloneDX 1.6: {fault}")
    return int(bool(stale or fault))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
