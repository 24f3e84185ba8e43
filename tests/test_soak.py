"""The soak: it sees what grows, forgives what only swings, and runs against real processes."""

from __future__ import annotations

import math
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from soak_judge import BOUND, FLAT, GROWS, UNSURE, fit_slope, judge_count, judge_size
from soak_watch import Watch

from tests.effort import effort

pytestmark = pytest.mark.promise

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = 720
HOURS = [number / SAMPLES for number in range(SAMPLES)]
LEVELS = st.floats(1e6, 1e9)
SEEDS = st.integers(0, 10**6)
TRIES = settings(max_examples=effort(15, 1000))


def make_noise(seed: int, spread: float) -> list[float]:
    """Make noise as a server's: its own for each sample, waves as of a pool, saw teeth as of garbage."""
    draw = random.Random(seed)
    period, tooth = draw.randint(5, 40), draw.randint(10, 60)
    return [
        spread * (draw.gauss(0, 0.3) + 0.3 * math.sin(2 * math.pi * n / period) + 0.4 * (n % tooth) / tooth)
        for n in range(SAMPLES)
    ]


def warm_up(number: int) -> float:
    """Return how much of its size is there after some samples: half at once, all after a quarter of them."""
    return min(1.0, 0.5 + 0.5 * number / (SAMPLES / 4))


@given(level=LEVELS, seed=SEEDS, spread=st.floats(0, 0.1))
@TRIES
def test_a_size_that_only_swings_does_not_grow(level: float, seed: int, spread: float) -> None:
    noise = make_noise(seed, spread * level)
    values = [level * warm_up(n) + noise[n] for n in range(SAMPLES)]
    assert judge_size(HOURS, values).word != GROWS


@given(level=LEVELS, seed=SEEDS, spread=st.floats(0, 0.02), times=st.floats(2.5, 20))
@TRIES
def test_a_leak_is_seen_through_the_noise(level: float, seed: int, spread: float, times: float) -> None:
    noise = make_noise(seed, spread * level)
    values = [level * (warm_up(n) + times * BOUND * HOURS[n]) + noise[n] for n in range(SAMPLES)]
    verdict = judge_size(HOURS, values)
    assert verdict.word == GROWS
    assert verdict.low <= verdict.slope <= verdict.high


@given(level=LEVELS, seed=SEEDS, every=st.integers(5, 60), size=st.floats(0.01, 0.1))
@TRIES
def test_a_staircase_is_a_leak_and_one_step_is_none(level: float, seed: int, every: int, size: float) -> None:
    noise = make_noise(seed, 0.002 * level)
    stairs = [level * (1 + size * (n // every)) + noise[n] for n in range(SAMPLES)]
    assert judge_size(HOURS, stairs).word == GROWS
    once = [level * (1 + size * (n > SAMPLES * 0.8)) + noise[n] for n in range(SAMPLES)]
    assert judge_size(HOURS, once).word != GROWS


def test_a_quiet_size_is_flat_and_a_wild_one_is_not_judged() -> None:
    assert judge_size(HOURS, [5e7] * SAMPLES).word == FLAT
    assert judge_size(HOURS, [5e7 + n for n in make_noise(1, 1e5)]).word == FLAT
    assert judge_size(HOURS, [5e7 + n for n in make_noise(1, 4e7)]).word == UNSURE


@given(seed=SEEDS, level=st.integers(1, 500), most=st.integers(0, 40))
@TRIES
def test_a_count_that_swings_with_the_load_does_not_grow(seed: int, level: int, most: int) -> None:
    draw = random.Random(seed)
    values = [level + draw.randint(0, most) for _ in range(SAMPLES)]
    assert judge_count(HOURS, values).word == FLAT


@given(seed=SEEDS, level=st.integers(1, 500), most=st.integers(0, 2), lost=st.integers(1, 50))
@TRIES
def test_handles_that_are_lost_are_seen_be_there_one(seed: int, level: int, most: int, lost: int) -> None:
    draw = random.Random(seed)
    late = SAMPLES // 2
    values = [level + draw.randint(0, most) for _ in range(SAMPLES)]
    assert judge_count(HOURS, [v + (n > late * 1.5) for n, v in enumerate(values)]).word == GROWS
    leak = [v + max(0, n - late) * (2 * lost + most) // late for n, v in enumerate(values)]
    assert judge_count(HOURS, leak).word == GROWS


def test_few_samples_are_not_judged() -> None:
    assert judge_size([0.0, 0.1], [1.0, 2.0]).word == UNSURE
    assert judge_count([0.0, 0.1], [1.0, 2.0]).word == UNSURE
    assert judge_count([], []).word == UNSURE
    assert fit_slope([], [])[0] == 0.0


LEAKY = """
import sys, time
held, kept = [], []
while True:
    if sys.argv[1] == "leaky":
        held.append(open(sys.argv[0] if sys.argv[0] != "-c" else "/dev/null"))
        kept.append(b"x" * (1 << 17))
    time.sleep(0.02)
"""


@pytest.mark.parametrize(("kind", "word"), [("leaky", GROWS), ("tight", FLAT)])
def test_a_process_that_leaks_is_told_from_one_that_does_not(kind: str, word: str) -> None:
    process = subprocess.Popen([sys.executable, "-c", LEAKY, kind])
    try:
        watch = Watch(0.02)
        watch.add_process("it", process.pid)
        time.sleep(0.5)
        watch.start()
        while len(watch.series["it: handles"][0]) < 150:
            time.sleep(0.05)
        watch.stop()
    finally:
        process.kill()
        process.wait()
    verdicts = watch.judge()
    assert verdicts["it: handles"].word == word
    assert (verdicts["it: memory"].word == GROWS) == (word == GROWS)
    assert verdicts["it: threads"].word == verdicts["it: children"].word == FLAT


def run_soak(*arguments: str, seconds: float) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts/soak.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)


def test_all_works_together_for_some_seconds(tmp_path: Path) -> None:
    samples = tmp_path / "samples.csv"
    quick = ("--minutes", "0.1", "--every", "0.5", "--rest", "0", "--pause", "0.2", "--clients", "2")
    done = run_soak(*quick, "--samples", str(samples), seconds=600)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"builds: \d+ build, \d+ add", done.stdout)
    assert re.search(r"library: \d+ openings, \d+ questions, \d+ extractions, 1 publications", done.stdout)
    assert re.search(r"clients: .*\d+ page", done.stdout)
    text = samples.read_text(encoding="utf-8")
    for series in ("server: memory", "server's workers: handles", "library: threads", "OUT: files"):
        assert series in text


@pytest.mark.thorough
def test_nothing_grows_in_an_hour() -> None:
    done = run_soak("--minutes", "60", seconds=3 * 3600)
    assert done.returncode == 0, done.stdout + done.stderr
