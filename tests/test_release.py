"""The steps of a release, on a clone: they make the same bytes twice and stop at the first fault."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.promise,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


UNRELEASED, RELEASED = "## [Unreleased]\n", "## [Unreleased]\n\n## [0.0.9]\n"


def git(clone: Path, *arguments: str) -> None:
    person = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *person, *arguments], cwd=clone, check=True, capture_output=True)


def release(clone: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/release.py", "--quick", *options]
    return subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """Return a clone with the files as they are here, committed, and with a changelog to release."""
    if not (root / ".git").exists():
        pytest.skip("this checkout has no history")
    folder = tmp_path_factory.mktemp("release") / "clone"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(root), str(folder)], check=True)
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=root, check=True, capture_output=True, text=True).stdout.split("\0")
    for name in filter(None, names):
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, folder / name)
    changes = folder / "CHANGELOG.md"
    changes.write_text(changes.read_text("utf-8").replace(UNRELEASED, RELEASED, 1), encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "A release")
    return folder


def test_release_is_made_and_is_the_same_when_it_is_made_again(clone: Path, tmp_path: Path) -> None:
    made = release(clone, "--accept-audit", "a test", "--to", str(tmp_path / "dist"))
    assert made.returncode == 0, made.stdout + made.stderr
    assert "same byte for byte" in made.stdout
    assert "Nothing was uploaded" in made.stdout
    sums = (tmp_path / "dist" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    names = [line.split("  ")[1] for line in sums]
    assert names == [
        "caregraph-0.1.0-py3-none-any.whl",
        "caregraph-0.1.0.tar.gz",
        "release.json",
        "sbom.cdx.json",
    ]
    for line in sums:
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "dist" / name).read_bytes()).hexdigest() == digest
    record = json.loads((tmp_path / "dist" / "release.json").read_text(encoding="utf-8"))
    assert record["audit"] == "not complete; accepted: a test"
    assert record["rehearsal"] is True
    with zipfile.ZipFile(tmp_path / "dist" / names[0]) as wheel:
        times = {entry.date_time for entry in wheel.infolist()}
        carried = wheel.read("caregraph-0.1.0.dist-info/sboms/sbom.cdx.json")
    assert len(times) == 1, "the time of the commit"
    assert carried == (tmp_path / "dist" / "sbom.cdx.json").read_bytes()


def test_incomplete_audit_stops_a_release_without_a_reason(clone: Path) -> None:
    stopped = release(clone)
    assert stopped.returncode == 1
    assert "NOT AUDITED" in stopped.stdout
    assert "The release stops at the audit" in stopped.stderr


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("README.md", "caregraph", "changed", "not as committed"),
        (
            "graph/vocabulary.py",
            'VERSION = "0.1.0"',
            'VERSION = "0.2.0"',
            "graph/vocabulary.py does not say 0.1.0",
        ),
        ("CHANGELOG.md", "## [0.1.0]", "## [Soon]", "CHANGELOG.md has no part on 0.1.0"),
        ("CHANGELOG.md", RELEASED, f"{UNRELEASED}- More.\n", "in no version yet: - More."),
        pytest.param(
            *("THIRD_PARTY.md", "| MIT |", "| mine |", "refresh_bill.py --check"), marks=pytest.mark.thorough
        ),
        pytest.param(
            *("requirements.lock", "jinja2==", "jinja2==0.", "refresh_bill.py --check"),
            marks=pytest.mark.thorough,
        ),
    ],
)
def test_first_fault_stops_a_release(clone: Path, name: str, old: str, new: str, told: str) -> None:
    path = clone / name
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new), encoding="utf-8")
    if told != "not as committed":
        git(clone, "commit", "--quiet", "--all", "-m", "A fault")
    stopped = release(clone, "--accept-audit", "a test")
    path.write_text(before, encoding="utf-8")
    if told != "not as committed":
        git(clone, "commit", "--quiet", "--all", "-m", "Mended")
    assert stopped.returncode == 1
    assert told in stopped.stderr
    assert not (clone / "dist").exists()


def test_version_that_was_released_is_refused(clone: Path) -> None:
    git(clone, "tag", "v0.1.0")
    stopped = release(clone)
    git(clone, "tag", "--delete", "v0.1.0")
    assert "there is a tag v0.1.0 already" in stopped.stderr
