"""A drawn network as a file: the format that its ending says, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.draw import draw_network, render_page
from graph.drawing_file import FORMATS, choose_format, write_drawing
from graph.errors import CaregraphError, StoreError
from graph.network import project_network
from tests.network_store import make_store

BEGINNINGS = {
    "html": b"<!doctype html>",
    "graphml": b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml',
    "gexf": b'<?xml version="1.0" encoding="UTF-8"?>\n<gexf',
    "png": b"\x89PNG\r\n",
    "svg": b"<svg xmlns=",
}


@pytest.mark.parametrize("form", FORMATS)
def test_ending_says_the_format(form: str, tmp_path: Path) -> None:
    drawn = draw_network(project_network(make_store()))
    write_drawing(drawn, tmp_path / f"new/one.{form.upper()}")
    assert (tmp_path / f"new/one.{form.upper()}").read_bytes().startswith(BEGINNINGS[form])
    write_drawing(drawn, tmp_path / "two.any", form)
    assert (tmp_path / "two.any").read_bytes() == (tmp_path / f"new/one.{form.upper()}").read_bytes()


def test_page_is_the_page(tmp_path: Path) -> None:
    drawn = draw_network(project_network(make_store()))
    write_drawing(drawn, tmp_path / "page.htm", title="Ours")
    assert (tmp_path / "page.htm").read_text(encoding="utf-8") == render_page(drawn, title="Ours")


@pytest.mark.parametrize("name", ["network.pdf", "network", ".svg"])
def test_other_endings_are_one_clear_error(name: str) -> None:
    with pytest.raises(
        CaregraphError, match=r"use one of \.html, \.graphml, \.gexf, \.png, \.svg, or --format"
    ):
        choose_format(Path(name))


def test_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "picture.png").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        write_drawing(draw_network(project_network(make_store())), tmp_path / "picture.png")
    assert list(tmp_path.iterdir()) == [tmp_path / "picture.png"]
