"""Put together the software bill of materials: all that ships and all that is installed with it.

It is a document of CycloneDX 1.6, and follows from the lock files, the ``vendor.json`` files,
``licences.toml`` and the models and the register alone, so the same commit gives the same bytes: it has no
time, and its serial number is a digest of its content.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType, Pedigree
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from environment import ROOT
from licences import find_licence, read_table
from locked import Pin, read_purposes
from packageurl import PackageURL
from vendor_javascript import VENDORS

BILL = ROOT / "sbom.cdx.json"
_FILES_OF_LOCK = "The files of this release that the lock lets pip install."


def write_bill() -> str:
    """Return the bill as JSON of CycloneDX 1.6."""
    bom = make_bom()
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, _write(bom))
    return _write(bom)


def make_bom() -> Bom:
    """Return the bill: ours, what is installed with it, what is vendored, what was learnt and collected."""
    bom = Bom(serial_number=uuid.UUID(int=0))
    bom.metadata.timestamp = None  # type: ignore[assignment] # the same commit gives the same bytes
    ours = make_root()
    bom.metadata.component = ours
    purposes = read_purposes()
    packages = {
        pin.name: make_package(pin, purpose)
        for purpose, pins in purposes.items()
        if purpose != "dev"
        for pin in pins.values()
    }
    shipped = [*make_vendored(), *make_own()]
    bom.components.update([*packages.values(), *shipped])
    _add_needs(bom, ours, purposes, packages)
    bom.register_dependency(ours, shipped)
    return bom


def make_root() -> Component:
    """Return caregraph itself, as ``pyproject.toml`` describes it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        description=project["description"],
        licenses=[LicenseExpression(project["license"])],
        purl=PackageURL("pypi", name=project["name"], version=project["version"]),
    )


def make_package(pin: Pin, purpose: str) -> Component:
    """Return one package of the lock, with the hashes of the files that may be installed."""
    hashes = [HashType(alg=HashAlgorithm.SHA_256, content=content) for content in pin.hashes]
    told = {"caregraph:installedWith": "default" if purpose == "default" else f"extra {purpose}"}
    if pin.marker:
        told["caregraph:marker"] = pin.marker
    return Component(
        name=pin.name,
        version=pin.version,
        bom_ref=pin.purl,
        scope=ComponentScope.REQUIRED if purpose == "default" else ComponentScope.OPTIONAL,
        licenses=[LicenseExpression(find_licence(pin))],
        purl=PackageURL("pypi", name=pin.name, version=pin.version),
        external_references=[
            ExternalReference(
                type=ExternalReferenceType.DISTRIBUTION,
                url=XsUri(pin.purl),
                comment=_FILES_OF_LOCK,
                hashes=hashes,
            )
        ],
        properties=[Property(name=name, value=value) for name, value in told.items()],
    )


def make_vendored() -> Iterator[Component]:
    """Yield the JavaScript and the fonts that ship, each with its files and what it bundles."""
    for vendor in VENDORS:
        for entry in json.loads((vendor / "vendor.json").read_text(encoding="utf-8")):
            component = make_npm(entry, entry["name"])
            digests = {kept["as"]: kept["sha256"] for kept in entry["files"].values()}
            component.components.update(make_files(entry["name"], digests))
            bundled = entry.get("bundled", {}).get("packages", [])
            component.components.update(make_npm(package, entry["name"]) for package in bundled)
            yield component


def make_npm(entry: dict[str, Any], within: str) -> Component:
    """Return one package of the npm registry; one package may be bundled in two others."""
    group, _, name = entry["name"].rpartition("/")
    purl = PackageURL("npm", namespace=group or None, name=name, version=entry["version"])
    return Component(
        name=name,
        group=group or None,
        version=entry["version"],
        bom_ref=f"{within}/{purl.to_string()}",
        scope=ComponentScope.REQUIRED,
        licenses=[LicenseExpression(entry["licence"])],
        purl=purl,
    )


def make_own() -> Iterator[Component]:
    """Yield the models and the register, with the digests of their files and where they are from."""
    for name, about in read_table()["ours"].items():
        folder = ROOT / about["files"]
        digests = {
            path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.iterdir())
        }
        kind = ComponentType.MACHINE_LEARNING_MODEL if "base" in about else ComponentType.DATA
        yield Component(
            name=name,
            type=kind,
            bom_ref=f"caregraph/{name}",
            description=about["what"],
            licenses=[LicenseExpression(about["licence"])],
            copyright="\n".join(about.get("notices", [])) or None,
            pedigree=Pedigree(ancestors=[make_base(about["base"])]) if "base" in about else None,
            components=make_files(name, digests),
        )


def make_base(base: dict[str, str]) -> Component:
    """Return the weights from which the shipped ones were trained."""
    return Component(
        name=base["name"],
        version=base["version"],
        type=ComponentType.MACHINE_LEARNING_MODEL,
        bom_ref=f"models/pkg:pypi/{base['name']}@{base['version']}",
        description=base["what"],
        licenses=[LicenseExpression(base["licence"])],
        purl=PackageURL("pypi", name=base["name"], version=base["version"]),
    )


def make_files(within: str, digests: dict[str, str]) -> Iterable[Component]:
    """Yield files with their digests."""
    for name, digest in digests.items():
        yield Component(
            name=name,
            type=ComponentType.FILE,
            bom_ref=f"{within}/{name}",
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
        )


def _add_needs(
    bom: Bom, ours: Component, purposes: dict[str, dict[str, Pin]], packages: dict[str, Component]
) -> None:
    """Note which package needs which, as far as the locks tell."""
    needs: dict[str, set[str]] = {}
    for pins in purposes.values():
        for pin in pins.values():
            for wanting in pin.wanted_by:
                needs.setdefault(wanting.split(":")[0], set()).add(pin.name)
    for name, component in {ours.name: ours, **packages}.items():
        wanted = sorted(needs.get(name, set()) & set(packages))
        bom.register_dependency(component, [packages[need] for need in wanted])


def _write(bom: Bom) -> str:
    return str(JsonV1Dot6(bom).output_as_string(indent=1)) + "\n"


def check_bill(path: Path) -> str | None:
    """Return what is wrong with a bill by the schema of CycloneDX 1.6, or ``None``."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(path.read_text(encoding="utf-8"))
    return None if fault is None else str(fault)
