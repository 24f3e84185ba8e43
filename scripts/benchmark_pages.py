"""Measure the network page beside what pyvis writes by itself, in one run, and print a Markdown table.

    .venv/bin/python scripts/benchmark_pages.py [SIZE...]

Both pages show the same network (``benchmark_networks.py`` makes it), from a file, in headless Chromium with
no internet. The first picture is there when the page says that it is ready and one frame was drawn; for
pyvis, whose page moves until its physics have come to rest, when it says so. Needs Chromium, or its path in
``CAREGRAPH_CHROMIUM``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmark_networks import make_store
from playwright.sync_api import Browser, sync_playwright
from pyvis.network import Network

from graph.draw import draw_network, write_page
from graph.network import project_network

SIZES = (200, 2000, 10_000, 50_000)
COLUMNS = (
    "bodies",
    "project, draw, write",
    "memory",
    "file",
    "first picture",
    "file of pyvis",
    "its first picture",
    "ratio",
)
RUNS = 5
LARGEST_OF_PYVIS = 2000
"""Bodies up to which pyvis is measured beside: above, its page shows nothing within twenty minutes."""

ONE_RUN_FROM = 1000
"""Bodies from which pyvis is measured once, since it takes minutes."""

OURS = """new MutationObserver((_, watch) => {
  if (!document.documentElement?.hasAttribute("data-ready")) return;
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.firstPicture = performance.now(); }));
}).observe(document, { attributes: true, subtree: true });"""

THEIRS = """let held;
Object.defineProperty(window, "network", { get: () => held, set: (made) => {
  held = made;
  const note = () => requestAnimationFrame(() => { window.firstPicture ??= performance.now(); });
  made.once("stabilizationIterationsDone", note);
} });"""

PIXELS = "[...document.querySelectorAll('#picture canvas')].map((one) => one.toDataURL())"
STILL_FOR = 2000
"""Milliseconds after which the picture must be the same, pixel by pixel."""


def main(arguments: list[str]) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure the network page beside pyvis.")
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SIZE", help="bodies")
    parser.add_argument("--limit", type=float, default=600, help="seconds to wait for pyvis; 0 leaves it out")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.make:
        print(json.dumps(make_pages(options.sizes[0], options.make)))
        return 0
    print(f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}", flush=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for size in options.sizes:
            print(f"| {' | '.join(measure_size(browser, size, options.limit))} |", flush=True)
        browser.close()
    return 0


def find_chromium() -> str:
    """Return the path of Chromium."""
    found = os.environ.get("CAREGRAPH_CHROMIUM") or shutil.which("chromium")
    if found is None:
        raise SystemExit("no chromium found: install it, or set CAREGRAPH_CHROMIUM to its path")
    return found


def measure_size(browser: Browser, size: int, limit: float) -> list[str]:
    """Return the cells of the row for that many bodies."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, str(size), "--make", folder]
        made = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        ours, theirs = Path(folder, "ours.html"), Path(folder, "pyvis.html")
        runs = RUNS if size < ONE_RUN_FROM else 1
        waits = [limit] * runs if limit and theirs.is_file() else []
        times: dict[Path, list[float]] = {ours: [], theirs: []}
        for number in range(RUNS):
            times[ours].append(time_page(browser, ours, OURS, 120))
            times[theirs] += [time_page(browser, theirs, THEIRS, wait) for wait in waits[number : number + 1]]
        if not stands_still(browser, ours):
            raise SystemExit(f"the picture of {size} bodies moves after it was drawn")
    steps = ", ".join(f"{made[step]:.1f}" for step in ("project", "draw", "write"))
    cells = [f"{size:,}", f"{steps} s", f"{made['memory']:.0f} MiB", f"{made['ours'] / 1e6:.2f} MB"]
    first = statistics.median(times[ours])
    return [*cells, f"{first:.2f} s", *compare(made, times[theirs], first, limit)]


def compare(made: dict[str, float], times: list[float], first: float, limit: float) -> list[str]:
    """Return the cells about pyvis."""
    if not times:
        return ["-", "-", "-"]
    theirs = statistics.median(times)
    more = "over " if theirs >= limit else ""
    return [f"{made['pyvis'] / 1e6:.2f} MB", f"{more}{theirs:.1f} s", f"{more}{theirs / first:.0f} times"]


def make_pages(size: int, folder: Path) -> dict[str, float]:
    """Write the page and, up to ``LARGEST_OF_PYVIS`` bodies, that of pyvis; return seconds, MiB and bytes."""
    store = make_store(size)
    started = time.perf_counter()
    network = project_network(store)
    projected = time.perf_counter()
    drawn = draw_network(network)
    done = time.perf_counter()
    write_page(drawn, folder / "ours.html")
    written = time.perf_counter()
    made = {"project": projected - started, "draw": done - projected, "write": written - done}
    made["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << (20 if sys.platform == "darwin" else 10)
    )
    made["ours"] = (folder / "ours.html").stat().st_size
    if size <= LARGEST_OF_PYVIS:
        copy_network(drawn).write_html(str(folder / "pyvis.html"))
        made["pyvis"] = (folder / "pyvis.html").stat().st_size
    return made


def copy_network(drawn: Network) -> Network:
    """Return the same bodies and statements as one gives them to pyvis, with its own physics."""
    copy = Network(directed=True, height="800px", width="100%", cdn_resources="in_line")
    for node in drawn.nodes:
        copy.add_node(node["id"], **{key: node[key] for key in ("label", "shape", "color", "size")})
    for edge in drawn.edges:
        claim: dict[str, Any] = edge["claim"]
        copy.add_edge(
            edge["from"], edge["to"], title=claim["sentences"][0]["quote"], label=claim["predicate"]
        )
    return copy


def time_page(browser: Browser, page_file: Path, watch: str, limit: float) -> float:
    """Return the seconds from the start of navigation to the first picture, or ``limit`` if none came."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    context.add_init_script(watch)
    page = context.new_page()
    page.set_default_timeout(1000 * limit)
    page.goto(page_file.as_uri(), wait_until="commit")
    started, first = time.monotonic(), None
    while first is None and time.monotonic() - started < limit:
        page.wait_for_timeout(100)
        first = page.evaluate("window.firstPicture ?? null")
    context.close()
    return limit if first is None else float(first) / 1000


def stands_still(browser: Browser, page_file: Path) -> bool:
    """Tell whether the picture is the same two seconds after it was first there."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    page.wait_for_timeout(200)
    before = page.evaluate(PIXELS)
    page.wait_for_timeout(STILL_FOR)
    same = bool(before) and page.evaluate(PIXELS) == before
    context.close()
    return same


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
