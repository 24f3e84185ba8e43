"""What says what ships: the bill of materials and the list of licences are current, complete and hold."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import bill_of_materials
import licences
import pytest
import third_party
from bundled_javascript import check_names, find_bundled
from environment import LOCKS
from locked import Pin, read_lock, read_purposes
from refresh_bill import find_stale
from vendor_javascript import VENDORS

pytestmark = pytest.mark.promise

TABLE = licences.read_table()
PURPOSES = read_purposes()
PINS = [pin for pins in PURPOSES.values() for pin in pins.values()]


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    return dict(json.loads(bill_of_materials.BILL.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def components(bill: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {component["bom-ref"]: component for component in bill["components"]}


def test_bill_and_licences_are_current() -> None:
    """Run scripts/refresh_bill.py; written twice, they are the same."""
    assert find_stale() == []


def test_bill_holds_by_the_schema_of_cyclonedx(tmp_path: Path, bill: dict[str, Any]) -> None:
    assert bill["specVersion"] == "1.6"
    assert bill_of_materials.check_bill(bill_of_materials.BILL) is None
    bill["components"][0]["type"] = "no such type"
    (tmp_path / "broken.json").write_text(json.dumps(bill), encoding="utf-8")
    assert "no such type" in str(bill_of_materials.check_bill(tmp_path / "broken.json"))


def test_bill_has_every_package_that_users_install_with_the_hashes_of_the_lock(
    root: Path, components: dict[str, dict[str, Any]]
) -> None:
    build = {pin.name for pin in PURPOSES["dev"].values()}
    for pin in read_lock(root / LOCKS["default"]) + read_lock(root / LOCKS["spark"]):
        if pin.name not in build:
            found = components[f"pkg:pypi/{pin.name}@{pin.version}"]
            (published,) = found["externalReferences"]
            assert {entry["content"] for entry in published["hashes"]} == set(pin.hashes)
            assert found["licenses"][0]["expression"] == licences.find_licence(pin)
    assert not [name for name in build if f"pkg:pypi/{name}@" in " ".join(components)]


def test_bill_has_every_file_that_others_made(root: Path, components: dict[str, dict[str, Any]]) -> None:
    stated = {
        file["name"].rsplit("/", 1)[-1]: file["hashes"][0]["content"]
        for component in components.values()
        for file in component.get("components", [])
        if file["type"] == "file"
    }
    folders = [*VENDORS, root / "models", root / "seeds" / "register"]
    shipped = [path for folder in folders for path in folder.iterdir() if path.name != "vendor.json"]
    for path in shipped:
        if not path.name.endswith(
            "LICENSES-BUNDLED"
        ):  # ours: put together of the licences of what is bundled
            assert stated[path.name] == hashlib.sha256(path.read_bytes()).hexdigest(), path


def test_needs_of_the_bill_are_those_of_installed_packages(bill: dict[str, Any]) -> None:
    needs = {entry["ref"]: entry.get("dependsOn", []) for entry in bill["dependencies"]}
    jinja = next(ref for ref in needs if ref.startswith("pkg:pypi/jinja2@"))
    assert [need.split("@")[0] for need in needs[jinja]] == ["pkg:pypi/markupsafe"]
    assert len(needs["caregraph"]) > 30


def test_purposes_hold_every_package_once() -> None:
    names = [pin.name for pin in PINS]
    assert len(names) == len(set(names)) > 150
    assert {"numpy", "pebble", "starlette"} <= set(PURPOSES["default"])
    assert "openai" in PURPOSES["llm"]
    assert "pyspark" in PURPOSES["spark"]
    assert {"pytest", "hatchling", "pip-audit"} <= set(PURPOSES["dev"])


@pytest.mark.parametrize(
    "line", ["one==1.0\n", "one>=1.0 \\\n    --hash=sha256:00\n", "-e .\n", "one @ file:x\n"]
)
def test_lock_that_is_not_understood_is_refused(line: str, tmp_path: Path) -> None:
    (tmp_path / "x.lock").write_text(line, encoding="utf-8")
    with pytest.raises(ValueError, match=r"known form|no hash"):
        read_lock(tmp_path / "x.lock")


def test_every_licence_is_known_and_goes_with_ours() -> None:
    for pin in PINS:
        assert licences.is_compatible(licences.find_licence(pin)), pin.name
    for about in TABLE["ours"].values():
        assert licences.is_compatible(about["licence"])


def test_nothing_copyleft_is_installed_by_default_but_pebble() -> None:
    stronger = {
        name for name, pin in PURPOSES["default"].items() if licences.tell_reasons(licences.find_licence(pin))
    }
    assert stronger == {"pebble"}


@pytest.mark.parametrize(
    ("licence", "goes"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("MIT OR GPL-2.0-only", True),
        ("MIT AND GPL-2.0-only", False),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
        ("CC-BY-NC-SA-4.0", False),
        ("BSD", False),
        ("", False),
    ],
)
def test_licence_goes_with_ours_or_not(licence: str, goes: bool) -> None:
    assert licences.is_compatible(licence) is goes


def test_package_that_nobody_knows_stops_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = Pin("unheard-of", "1.0", "", ("0",), ())
    with pytest.raises(licences.UnknownLicenceError, match=r"unheard-of 1\.0: read its licence"):
        licences.find_licence(unknown)
    monkeypatch.setitem(TABLE["packages"], "unheard-of", "GPL-3.0-only")
    monkeypatch.setattr(third_party, "read_purposes", lambda: {"default": {"unheard-of": unknown}})
    with pytest.raises(ValueError, match=r"unheard-of is under GPL-3\.0-only"):
        third_party.write_notices()


def test_what_was_read_by_hand_is_needed_and_is_what_the_package_says() -> None:
    pinned = {pin.name: pin for pin in PINS}
    assert set(TABLE["packages"]) <= set(pinned)
    for name, licence in TABLE["packages"].items():
        try:
            metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        stated = licences.read_stated(name)
        assert stated is None or stated in licence, name
    for pin in PINS:
        if pin.marker or pin.name in PURPOSES["spark"]:
            assert pin.name in TABLE["packages"], f"{pin.name} is not installed everywhere: add a line"


def test_every_licence_of_the_register_is_among_those_of_the_list(root: Path) -> None:
    known = re.compile(r"OGL|Open Parliament Licence|CC BY 4\.0|facts only|MIT repository")
    for path in (root / "seeds" / "register").glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert all(known.search(line) for line in lines[1:]), path
    assert TABLE["ours"]["register"]["notices"]
    for notice in TABLE["ours"]["register"]["notices"]:
        assert notice in third_party.NOTICES.read_text(encoding="utf-8")


def test_weights_that_were_trained_on_are_those_of_the_training(root: Path) -> None:
    base = TABLE["ours"]["models"]["base"]
    assert f"{base['name']}=={base['version']}" in (root / "training" / "requirements.txt").read_text("utf-8")


def test_every_vendored_script_has_the_texts_of_its_licences() -> None:
    for vendor in VENDORS:
        for entry in json.loads((vendor / "vendor.json").read_text(encoding="utf-8")):
            if bundled := entry.get("bundled"):
                text = (vendor / bundled["as"]).read_text(encoding="utf-8")
                for package in bundled["packages"]:
                    heading = f"{package['name']} {package['version']} ({package['licence']})\n"
                    assert text.split(heading, 1)[1].count("\n") > 5, package["name"]
                    assert licences.is_compatible(package["licence"])
            assert licences.is_compatible(entry["licence"])
        assert list(vendor.glob("*LICENSE*"))


def test_what_a_script_bundles_is_read_from_its_source_map() -> None:
    sources = ["../../node_modules/@a/b/x.js", "../../node_modules/c/dist/y.js", "../src/own.ts"]
    found = find_bundled(json.dumps({"sources": sources, "sourcesContent": ["1", "2", "3"]}).encode())
    assert found == {"@a/b": {"x.js": "1"}, "c": {"dist/y.js": "2"}}
    with pytest.raises(SystemExit, match=r"lacks \['c'\] and has \['d'\] too many"):
        check_names("it", {"@a/b", "d"}, set(found))


def test_wheel_is_told_to_carry_the_bill_and_the_notices(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["sbom-files"] == ["sbom.cdx.json"]
    assert project["project"]["license-files"] == ["LICENSE", "THIRD_PARTY.md"]
