"""Colours of the network page: contrast to WCAG 2.2 AA, and for those who see fewer of them."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from coloraide import Color

from graph.pages import PAGE

LEGEND = json.loads((PAGE / "legend.json").read_text(encoding="utf-8"))
STYLE = (PAGE / "network.css").read_text(encoding="utf-8")
SCHEMES = ["light", "dark", "light, more contrast", "dark, more contrast"]
LEAST_OPACITY = 0.62
"""Of a line in a picture with up to 800 of them, when nothing is selected."""

LOOKALIKES = [
    ("dot", "hexagon"),
    ("dot", "pentagon"),
    ("dot", "person"),
    ("dot", "pin"),
    ("hexagon", "pentagon"),
    ("hexagon", "pin"),
    ("pentagon", "pin"),
    ("pentagon", "star"),
    ("pentagon", "person"),
    ("square", "page"),
    ("square", "diamond"),
    ("diamond", "hexagon"),
    ("triangle", "triangleDown"),
    ("triangle", "person"),
    ("triangleDown", "pin"),
]
"""Shapes that one may take for one another where they are small."""


def read_colours(scheme: str) -> dict[str, str]:
    """Return the custom properties of the style sheet as they stand in one scheme."""
    blocks = re.findall(r"(?:@media ([^{]*)\{\s*)?:root \{(.*?)\}", STYLE, re.DOTALL)
    colours: dict[str, str] = {}
    for media, text in blocks:
        dark, more = "prefers-color-scheme: dark" in media, "prefers-contrast: more" in media
        if "forced" not in media and (not dark or "dark" in scheme) and (not more or "more" in scheme):
            colours |= dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", text))
    return colours


def contrast(one: str, other: str) -> float:
    return float(Color(one).contrast(other, method="wcag21"))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_is_legible(scheme: str) -> None:
    colours = read_colours(scheme)
    least = 7 if "more" in scheme else 4.5
    grounds = ["ground", "surface", "hover"]
    texts = ["ink", "soft", "accent", "proposed", "negated"]
    weak = [
        pair for pair in itertools.product(texts, grounds) if contrast(*(colours[n] for n in pair)) < least
    ]
    assert weak == [], "WCAG 2.2, 1.4.3 and 1.4.6"
    assert contrast(colours["surface"], colours["accent"]) >= 4.5, "words on a button that is pressed"
    assert contrast(colours["surface"], colours["ink"]) >= 4.5, "words beside the pointer"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_shapes_and_controls_stand_out(scheme: str) -> None:
    colours = read_colours(scheme)
    marks = [colours["control"], colours["accent"], *(family["color"] for family in LEGEND["families"])]
    grounds = [colours["ground"], colours["surface"]]
    weak = [pair for pair in itertools.product(marks, grounds) if contrast(*pair) < 3]
    assert weak == [], "marks need 3:1 (WCAG 2.2, 1.4.11)"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_stand_out_where_they_are_faintest(scheme: str) -> None:
    colours = read_colours(scheme)
    for status in ("edge", "proposed", "negated"):
        line = Color(colours["ground"]).mix(colours[status], LEAST_OPACITY, space="srgb")
        assert contrast(line.to_string(hex=True), colours["ground"]) >= 3, status


def test_faintest_line_is_the_one_of_the_picture() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in sorted(PAGE.glob("*.js")))
    assert re.search(rf"0\.34 : {LEAST_OPACITY}\b", scripts)


@pytest.mark.parametrize("sight", ["all colours", "protan", "deutan", "tritan"])
def test_families_are_told_apart_by_those_who_see_fewer_colours(sight: str) -> None:
    """By shape, and lookalikes by colour too (after Machado, Oliveira and Fernandes, 2009)."""
    shapes = [family["shape"] for family in LEGEND["families"]]
    assert len(set(shapes)) == len(shapes)
    seen = {family["shape"]: Color(family["color"]) for family in LEGEND["families"]}
    if sight != "all colours":
        seen = {shape: colour.filter(sight, method="machado") for shape, colour in seen.items()}
    assert {shape for pair in LOOKALIKES for shape in pair} == set(shapes)
    near = [pair for pair in LOOKALIKES if seen[pair[0]].delta_e(seen[pair[1]], method="2000") < 7]
    assert near == []


def test_statuses_differ_by_more_than_colour() -> None:
    """A full, a dashed and a dotted line, the last with a cross; the words of a status have like frames."""
    scripts = "".join(path.read_text(encoding="utf-8") for path in sorted(PAGE.glob("*.js")))
    dashes = re.search(r"dashes: \{ asserted: (.*?), proposed: (.*?), negated: (.*?) \}", scripts)
    assert dashes
    assert len(set(dashes.groups())) == 3
    assert "drawCross(" in scripts
    for status, border in (("proposed", "dashed"), ("negated", "dotted")):
        assert re.search(rf"\.status\.{status} {{[^}}]*border-style: {border}", STYLE)


def test_own_colours_of_the_reader_replace_all_of_ours() -> None:
    forced = re.search(r"forced-colors: active\) \{\s*:root \{(.*?)\}", STYLE, re.DOTALL)
    assert forced
    ours = set(read_colours("light"))
    assert ours <= set(re.findall(r"--([a-z]+):", forced[1]))
    assert "#" not in forced[1]
