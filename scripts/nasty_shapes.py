"""Texts of one shape without end: all that could make the time of a pattern grow with the square of a text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from nasty_files import EITHER, GOOD, Nasty

LARGE = 100_000_000
"""Bytes of the largest, which are over the limits and have to be told at once."""
_SIGNS = "a A ( ) [ ] \" ' * _ ` ~ | # - = < > & \\ . , ; : ! ? 1 \u00e9 \u0301 \u200b \u202e \u6f22 \U0001f3e5 \u2028 \u00ad \u00a0".split(
    " "
)
_WHITE = {"spaces": " ", "line breaks": "\n", "tabs": "\t", "returns": "\r", "lines of spaces": " \n"}
_UNITS = (
    "1. |1 |1, |A |A. |a.b.|A.B. |Mr. |Dr J. |e.g. |St. |... |(1) |[1] |\u2022 |Ab |Ab Cd. |A&|A & |a-|a/|O'|'s |Ab, |Ab and |Ab Trust |The |the |of |and |"
    "and the |not |should |which |said |he said |\u00a31 |10% |2007 |May 2007 |3.4 per cent |http://a.b/|www.|a@b.|<p>|</p>|<!--|<script>|<a |&amp;|"
    "NHS |PCT |PCTs |PCTs and |ABC |Trust |Council |Care Trust |Board of |Board of Ab and Cd of |Department of |the trust |the council and the trust work |"
    "Torbay |Torbay Council |Torbay Council, |Torbay Council and |Torbay Council works with Torbay Care Trust. |Torbay Council works with Torbay Care Trust, |"
    "neither Torbay Council nor |between Torbay Council and Torbay Care Trust and |Torbay Care Trust (TCT) |It works with them. |it works with them and |"
    "in Torbay, |in England and Wales and |John Smith |John Smith, |Mr Smith said so. |Dr John Smith, chief executive of Torbay Council, |"
    "Dr John Smith is chief executive of Torbay Council. |director of |members of |Health Act 1999, |The Health Act 1999 applies. |the Act |the fund |section 31 of the |"
    "the report A Study of Care (2007) |\"A study of care\" by John Smith |\"Words are here,\" he said. |Words are here. |TORBAY COUNCIL WORKS. |"
    "torbay council works with torbay care trust. |the Government |ministers |local authorities and health bodies "
).split("|")  # fmt: skip
_LINES = (
    "- a|a\nB b|Words are here.\n|Torbay Council works with Torbay Care Trust.\n|They work together.\n|## A|1. Smith J. A study of care. BMJ 2007;334:1-2.|"
    "Smith J (2007) A study of care. London: BMJ.|joint-\nwork|| a | b ||---|===|[a]: b|> a"
).split("|")
_DISTINCT = {
    "words": "{0} ",
    "bodies": "{1} Care Trust works with {2} Council. ",
    "people": "{1} {2}, director of {1} Trust, said so. ",
    "acronyms": "{1} {2} Trust ({3}{4}T) works. ",
    "lists": "{1} Council, ",
    "surnames": "{1} {2} said so. {2} said more. ",
    "acts": "the {1} Act {5} applies. The {5} Act applies. ",
    "funds": "the {1} {2} Fund ({3}{4}F) pays. The fund pays {3}{4}F. ",
    "places": "{1} Council works in {2}. The city pays. ",
    "definites": "{1} Hospital works with {2} Trust. The trust and the hospital agree. ",
    "reports": "{1} Council published {2} Matters: A Report on {1} in {5}. The report is long. ",
}
"""Things that differ each time: what is looked for again must not be looked for in all that was named."""


def list_shapes() -> tuple[str, ...]:
    """List the names of all shapes."""
    return (
        *_SIGNS,
        *_WHITE,
        *_UNITS,
        *(f"line {line}" for line in _LINES),
        *(f"other {kind}" for kind in _DISTINCT),
    )


def make_shape(name: str, size: int) -> str:
    """Make a text of a shape, that long in characters, or a little longer."""
    if name.startswith("other ") and name[6:] in _DISTINCT:
        return _make_distinct(_DISTINCT[name[6:]], size)
    unit = name.removeprefix("line ") + "\n" if name.startswith("line ") else _WHITE.get(name, name)
    return (unit * (size // len(unit) + 1))[:size]


def make_document(name: str, size: int) -> str:
    """Make a text of a shape between two that name bodies, so that nobody passes over it unread."""
    return f"{GOOD}\n{make_shape(name, size)}\n\n{GOOD}"


def make_shapes(size: int) -> Iterator[Nasty]:
    """Yield a text of each shape."""
    for number, name in enumerate(list_shapes()):
        data = make_document(name, size).encode()
        yield Nasty("shapes", f"shape-{number:03}.txt", data, f"{size} characters of {name!r}", EITHER)


def make_largest() -> Iterator[Nasty]:
    """Yield texts of 100 MB, of one line each where the shape is no white space."""
    for number, name in enumerate((*_SIGNS[:8], *_WHITE, "1.2", "A. ", "e.g. ", "Ab ")):
        data = make_shape(name, LARGE).encode()[:LARGE]
        yield Nasty(
            "shapes: largest",
            f"largest-{number:02}.txt",
            data,
            f"100 MB of {name!r}",
            "told",
            "over the limit|is empty",
        )


def _make_distinct(pattern: str, size: int) -> str:
    parts, length = [], 0
    for number in count():
        one, two = _word(700 + number), _word(900 + 7 * number)
        part = pattern.format(
            one, one.title(), two.title(), one[0].upper(), two[0].upper(), 1850 + number % 150
        )
        parts.append(part)
        length += len(part)
        if length >= size:
            return "".join(parts)
    return ""


def _word(number: int) -> str:
    word = ""
    while number:
        number, letter = divmod(number, 26)
        word = chr(97 + letter) + word
    return word
