"""The promise "the same input gives the same bytes": built under all sorts of conditions, byte for byte."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import pytest

from tests.determinism_runs import (
    EXPORTS,
    FACTORS,
    Condition,
    compile_locales,
    cover_pairs,
    find_python,
    make_environment_of,
    run,
)
from tests.effort import THOROUGH

pytestmark = pytest.mark.promise

FAR = Condition(
    seed="random",
    workers=4,
    order=1,
    locale="tr_TR.UTF-8",
    zone="Pacific/Kiritimati",
    umask=0o077,
    absolute=True,
)
POOR = Condition(seed="1", workers=2, order=2, locale="C", zone="America/St_Johns", strict=True, umask=0o002)


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile the locales; without them, C is what programs get."""
    folder = tmp_path_factory.mktemp("locales")
    compile_locales(folder)
    return folder


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Build under conditions as plain as can be."""
    return run(tmp_path_factory.mktemp("plain"), Condition(), wide=True)


def list_differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Name the files of the other that differ, or that the first has not."""
    return [name for name, content in other.items() if one.get(name) != content]


def test_all_outputs_are_compared(plain: dict[str, bytes]) -> None:
    assert len([name for name in plain if name.startswith("printed-")]) >= 10 + len(EXPORTS)
    for name in ("graph.nq", "graph.ttl", "graph.trig", "extraction.jsonl", "network.html", "report.html"):
        assert len(plain[name]) > 1000
    documents = plain["manifest.json"].decode()
    for ending in (".md", ".txt", ".docx", ".pdf", ".html"):
        assert f'{ending}"' in documents


@pytest.mark.parametrize("condition", [FAR, POOR], ids=["far", "poor"])
def test_conditions_do_not_matter(
    plain: dict[str, bytes], locales: Path, tmp_path: Path, condition: Condition
) -> None:
    found = run(tmp_path, replace(condition, locales=locales), wide=condition is FAR)
    assert list_differences(plain, found) == []


def test_going_on_after_being_stopped_gives_the_same(plain: dict[str, bytes], tmp_path: Path) -> None:
    found = run(tmp_path, Condition(seed="2", workers=2), wide=False, stopped=True)
    assert list_differences(plain, found) == []


@pytest.mark.parametrize("version", ["3.12", "3.13"])
def test_another_python_gives_the_same(
    plain: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, version: str
) -> None:
    python = find_python(version)
    if python is None:
        pytest.skip(f"needs Python {version}, which is not on the path and not in PYENV_ROOT")
    try:
        made = make_environment_of(python, tmp_path_factory.mktemp("environment"))
    except subprocess.CalledProcessError as error:
        pytest.skip(f"no packages for Python {version}: {error.stderr.strip()[-300:]}")
    found = run(tmp_path, replace(FAR, python=made), wide=THOROUGH)
    assert list_differences(plain, found) == []


@pytest.mark.thorough
@pytest.mark.parametrize("condition", cover_pairs() if THOROUGH else [], ids=str)
def test_no_pair_of_conditions_matters(
    plain: dict[str, bytes], locales: Path, tmp_path: Path, condition: Condition
) -> None:
    found = run(tmp_path, replace(condition, locales=locales), wide=True)
    assert list_differences(plain, found) == []


def test_the_conditions_meet_in_every_pair() -> None:
    chosen = cover_pairs()
    for (one, these), (other, those) in combinations(FACTORS.items(), 2):
        assert {(getattr(c, one), getattr(c, other)) for c in chosen} == set(product(these, those))
