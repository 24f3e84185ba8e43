"""Builds that change: the files of any history are those of one build, and nothing is extracted twice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import extract
from tests.build_histories import World, make_quick

HISTORIES = 52


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch:
        make_quick(patch, tmp_path_factory.mktemp("register"))
        yield World(tmp_path_factory.mktemp("world"), patch)
    extract.load_resources.cache_clear()


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_files_of_any_history_are_those_of_one_build(seed: int, world: World) -> None:
    draw = random.Random(seed)
    world.begin()
    world.change_files(draw)
    world.change_files(draw)
    for _ in range(draw.randint(1, 2)):
        world.change_files(draw)
        if draw.random() < 0.4:
            world.act(draw, crash=True)
        if world.act(draw, crash=False):
            world.check()
