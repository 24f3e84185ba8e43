"""Fixtures that many tests share, and the profile of the property-based ones."""

from __future__ import annotations

import signal
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.effort import THOROUGH

pytest_plugins = [
    "tests.page_visits",
    "tests.page_filters",
    "tests.workbench_site",
    "tests.workbench_views",
    "tests.editor_visits",
    "tests.endpoint_site",
    "tests.injected_site",
]

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile(
    "caregraph",
    deadline=None,  # a shared machine is slow at times; speed is measured by scripts/benchmark.py
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("caregraph")


def pytest_configure() -> None:
    """Heed Ctrl-C, as the processes then do that tests start: a shell lets its background jobs ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of source articles and gold files beside the checkout, where there is one."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the source articles and gold files in ../shared, which are not in the repository")
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail where a file of tests cannot be imported: pytest would skip it, and with it all its tests.

    (``--doctest-ignore-import-errors`` is for modules of ours that need an extra, not for tests.)
    """
    report = yield
    if report.outcome == "skipped" and "unable to import module" in str(report.longrepr):
        report.outcome = "failed"
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the cluster first: all of them then run, and start it, in one process of pytest-xdist.

    A process begins at the front of its share, and what others take of it they take from the end.
    """
    items.sort(key=lambda item: item.get_closest_marker("spark") is None)
    for item in items:
        if item.get_closest_marker("thorough"):
            item.add_marker("promise")
            if not THOROUGH:
                item.add_marker(pytest.mark.skip(reason="runs with scripts/test.py --thorough"))
