"""Boxes: pushed apart until none covers another, and packed without overlap into a wide picture."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.pack import GAP, pack_boxes, push_apart

SIZE = st.floats(20, 900)


def test_points_on_one_spot_are_parted() -> None:
    points = push_apart(np.zeros((12, 2)), np.tile([60.0, 40.0], (12, 1)))
    for (ax, ay), (bx, by) in combinations(points, 2):
        assert abs(ax - bx) > 59 or abs(ay - by) > 39


def test_points_with_room_stay_where_they_are() -> None:
    points = np.array([[0.0, 0.0], [100.0, 0.0], [0.0, 100.0]])
    assert (push_apart(points, np.full((3, 2), 90.0)) == points).all()


@given(st.lists(st.tuples(SIZE, SIZE), min_size=1, max_size=25))
def test_packed_boxes_do_not_overlap(sizes: list[tuple[float, float]]) -> None:
    corners = pack_boxes(sizes)
    for (one, (w, h)), (other, (v, k)) in combinations(zip(corners, sizes, strict=True), 2):
        apart_x = one[0] + w + GAP <= other[0] + 0.01 or other[0] + v + GAP <= one[0] + 0.01
        apart_y = one[1] + h + GAP <= other[1] + 0.01 or other[1] + k + GAP <= one[1] + 0.01
        assert apart_x or apart_y


def test_many_boxes_make_a_wide_picture() -> None:
    corners = np.array(pack_boxes([(100.0, 100.0)] * 60))
    width, height = np.ptp(corners, axis=0) + 100
    assert 1 < width / height < 2.2
