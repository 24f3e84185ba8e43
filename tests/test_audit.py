"""The audit of what we install: it finds what is vulnerable, says who answered, never passes in silence."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import audit
import pytest
from environment import LOCKS
from locked import read_lock
from pin_advisories import PINNED, make_advisories, read_affected
from vendored_audit import audit_vendored, make_package_lock, read_answer, read_vendored

from tests.advice_server import serve_advice

pytestmark = pytest.mark.promise

VULNERABLE = (
    "jinja2==3.1.3 \\\n    --hash=sha256:" + "0" * 64 + "\nclick==8.5.1 \\\n    --hash=sha256:" + "1" * 64
)
NPM = pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """Return a lock with a version that is known to be vulnerable, and one that is not."""
    lock = tmp_path / "planted.lock"
    lock.write_text(VULNERABLE, encoding="utf-8")
    return lock


def test_pinned_advisories_tell_a_vulnerable_version(
    planted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit.main(["--offline", "--lock", str(planted), "--oldest", "100000"]) == 1
    told = capsys.readouterr().out
    assert "VULNERABLE: planted.lock: jinja2 3.1.3: GHSA-h75v-3vvj-5mfj (CVE-2024-34064)" in told
    assert "click" not in told


def test_service_tells_a_vulnerable_version(planted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serve_advice("jinja2") as (address, asked):
        assert audit.main(["--osv-url", f"{address}/v1/query", "--lock", str(planted)]) == 1
    told = capsys.readouterr().out
    assert sorted(asked) == ["click", "jinja2"]
    assert "jinja2 3.1.3: PYSEC-0000-1 (CVE-0000-1), mended in 99" in told
    assert "2 packages: pip-audit -s osv" in told


def test_audit_is_clean_when_a_service_answers_for_every_package(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = root / LOCKS["default"]
    with serve_advice() as (address, asked):
        assert audit.main(["--osv-url", f"{address}/v1/query", "--lock", str(lock)]) == 0
    assert sorted(asked) == sorted(pin.name for pin in read_lock(lock))
    assert "Nothing is known" in capsys.readouterr().out


def test_audit_without_a_service_says_so_and_does_not_pass(
    planted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    planted.write_text(VULNERABLE.replace("3.1.3", "3.1.6"), encoding="utf-8")
    assert (
        audit.main(["--osv-url", "http://127.0.0.1:9/v1/query", "--lock", str(planted), "--oldest", "0"]) == 2
    )
    told = capsys.readouterr().out
    assert "2 packages: advisories.json alone, as of 2026-" in told
    assert "This is no clean audit" in told


def test_package_that_nobody_knows_is_told(planted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    planted.write_text(VULNERABLE.replace("jinja2==3.1.3", "unheard-of==1.0"), encoding="utf-8")
    assert audit.main(["--offline", "--lock", str(planted), "--oldest", "100000"]) == 2
    assert "NOT AUDITED: planted.lock: unheard-of 1.0" in capsys.readouterr().out


@pytest.mark.parametrize(("oldest", "code"), [(13, 2), (14, 0)])
def test_age_of_pinned_advisories_decides(oldest: int, code: int) -> None:
    findings = audit.Findings(pinned={"one 1"})
    taken, today = dt.date(2026, 1, 1), dt.date(2026, 1, 15)
    assert audit.report(findings, taken, today, oldest) == code


@pytest.mark.parametrize(
    ("versions", "inside", "outside"),
    [
        ("<2", ["0.1", "1.9", "2rc1"], ["2", "2.1"]),
        (">=1.5,<2", ["1.5", "1.10"], ["1.4", "2"]),
        ("<=2.0", ["2", "1"], ["2.0.1"]),
        (">=1,<=2", ["1", "2"], ["0.9", "2.1"]),
        (">=3", ["3", "40"], ["2.9"]),
        ("==1.2", ["1.2"], ["1.2.1"]),
    ],
)
def test_versions_are_compared_as_osv_says(versions: str, inside: list[str], outside: list[str]) -> None:
    affected = read_affected(versions)
    assert [audit.is_affected(version, affected) for version in inside] == [True] * len(inside)
    assert [audit.is_affected(version, affected) for version in outside] == [False] * len(outside)


@pytest.mark.parametrize("versions", ["~=1.2", "<1 || >3", "", "1.2"])
def test_versions_of_unknown_form_are_refused(versions: str) -> None:
    with pytest.raises(ValueError, match="no known form"):
        read_affected(versions)


def test_ranges_of_one_advisory_stand_in_one_record() -> None:
    row = {"id": "A", "cve": "N/A", "advisory": "", "severity": "LOW"}
    (record,) = make_advisories(
        {"one": [row | {"v": "<1"}, row | {"v": ">=2,<3"}], "other": [row | {"v": "<1"}]}, {"one"}
    )
    assert len(record["affected"]) == 2
    assert record["aliases"] == []


def test_pinned_advisories_look_for_every_package_that_is_locked(root: Path) -> None:
    """After a change of the locks: run scripts/pin_advisories.py."""
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))
    assert set(pinned["looked_for"]) == {
        pin.name for name in LOCKS.values() for pin in read_lock(root / name)
    }
    assert len(pinned["advisories"]) > 200
    names = {affected["package"]["name"] for entry in pinned["advisories"] for affected in entry["affected"]}
    assert {"jinja2", "starlette", "pypdf", "tornado"} <= names <= set(pinned["looked_for"])


def test_nothing_pinned_is_known_to_be_vulnerable(root: Path) -> None:
    """As of the day of the pinned advisories; scripts/audit.py asks for what is new."""
    findings = audit.Findings()
    advisories = json.loads(PINNED.read_text(encoding="utf-8"))
    for name in LOCKS.values():
        audit.audit_lock(root / name, [], advisories, findings)
    assert findings.vulnerable == []
    assert findings.unasked == []


def test_every_vendored_package_is_asked_about() -> None:
    packages = read_vendored()
    assert ("dompurify", "3.4.13") in packages
    held = make_package_lock(packages)["packages"]
    assert {(entry["name"], entry["version"]) for key, entry in held.items() if key} == set(packages)


@NPM
def test_npm_tells_what_is_vulnerable_in_what_is_vendored() -> None:
    with serve_advice("dompurify") as (address, asked):
        names, vulnerable, fault = audit_vendored(address)
    assert fault == ""
    assert names == set(asked)
    assert vulnerable == ["vendored: dompurify <99: planted https://example.org/GHSA-planted"]


def test_answer_of_npm_that_is_none_is_a_fault() -> None:
    assert read_answer('{"message": "405 Method Not Allowed"}') == ([], "405 Method Not Allowed")
    assert read_answer("<html>") == ([], "npm gave no answer")
    assert audit_vendored(None)[2] == "no service was asked"
