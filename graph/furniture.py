"""Find page furniture: lines of a saved page that are no part of its text.

Only whole lines, and only wordings that no article has as a line of its own. Words that could be
a heading in one ("Register", "Search") count near the two ends of a text alone. Lines that name
somebody ("More from the Local Government Chronicle") stay: what they name is there to be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick_rs

from graph.patterns import make_regex
from graph.records import Span

EDGE_LINES = 20
"""Lines that show something, from either end of a text, that may be menus and buttons."""
MAX_LENGTH = 400
LONGEST_BUTTON = 40
"""Characters of the longest button, and some more."""
MIN_MENU = 4
"""Entries from which short lines in a row can be a menu."""

_WORDINGS = (
    r"comments are (?:now )?closed",
    r"(?:no|\d+) comments?|view (?:all )?comments|(?:leave|post|add) a (?:reply|comment)",
    r"(?:this|our) (?:web ?)?site uses cookies\b.*|we use (?:\w+ )?cookies\b.*",
    r"by (?:continuing|using|browsing)\b.*\bcookies\b.*",
    r"(?:accept|reject|manage|allow) (?:all |additional |analytics )?cookies",
    r"cookies? (?:settings|policy|preferences|notice)",
    r"(?:privacy|cookies?)(?: (?:&|&amp;|and) cookies?)? (?:policy|notice|statement)",
    r"(?:already|not(?: yet)?) (?:registered|a (?:member|subscriber))(?: with us)? ?\?.{0,30}",
    r"have you registered with us yet\?",
    r"register (?:now|today|here|for free|free)(?: (?:to|for|and) .{1,90})?",
    r"(?:sign|log) ?in (?:to|or) .{1,60}|subscribe (?:now|today|here|to our .{1,60})",
    r"sign up (?:to|for) (?:our|the) .{0,40}(?:newsletter|bulletin|alert|update)s?.{0,40}",
    r"skip to (?:the )?(?:main )?(?:content|navigation|search|footer)|back to (?:the )?top|toggle navigation",
    r"share (?:this|on|via)(?: (?:page|article|story|post))?"
    r"(?: (?:on |via |with |by )?(?:facebook|twitter|x|linkedin|whatsapp|e-?mail|friends))?",
    r"(?:follow|like|find) us on .{1,40}",
    r"all rights reserved|\u00a9.{0,120}|copyright (?:\u00a9|\(c\)|(?:19|20)\d\d).{0,120}",
    r"related (?:content|articles?|stories|links|topics|posts|pages)",
    r"you (?:may|might) also (?:like|be interested in)|recommended for you|trending now",
    r"most (?:read|popular|viewed|shared|commented)|advertisement(?: feature)?|sponsored content",
    r"read more(?: about this story)?(?: ?(?:\u2026|\.\.\.))?|page \d+(?: of \d+)?",
    r"(?:please )?(?:enable|turn on) javascript\b.*",
)
_ANYWHERE = make_regex("|".join(_WORDINGS), re.IGNORECASE)
_WORDS = ahocorasick_rs.AhoCorasick(
    "comment|reply|cookie|privacy|registered|member|subscribe|register|sign in|signin|log in|login|sign up"
    "|skip to|back to the top|back to top|toggle|share|follow us|like us|find us|rights reserved|\u00a9"
    "|copyright|related|also like|also be|recommended for|trending|most read|most popular|most viewed"
    "|most shared|most commented|advertisement|sponsored|read more|page |javascript".split("|"),
    implementation=ahocorasick_rs.Implementation.DFA,
)
"""Words of which one stands in each of the wordings."""
_ODD = make_regex("[\u0130\u0131\u017f\u212a]")
"""Letters that are no ASCII letters in small letters, and match one where case is ignored."""
_AT_EDGE = make_regex(
    r"(?:register|sign (?:in|up|out)|log ?(?:in|out|on)|subscribe|search|menu|main menu|navigation|home|"
    r"close|print|e-?mail|save|share|tweet|reply|next|previous|loading|accept|advert|facebook|twitter|"
    r"linkedin|instagram|youtube|whatsapp|rss|sitemap|site map)(?: this (?:page|article|story))?",
    re.IGNORECASE,
)
_IN_MENUS = frozenset(
    "home|news|about|about us|contact|contact us|search|login|log in|sign in|register|subscribe|blog|blogs|"
    "jobs|events|help|faq|faqs|sitemap|site map|accessibility|cookies|privacy|terms|terms and conditions|"
    "careers|press|media|opinion|features|comment|sport|weather|video|videos|podcasts|magazine|archive|topics|resources|"
    "publications|services|our work|my account|shop|donate|join us|menu|newsletter|newsletters|advertise|rss|"
    "twitter|facebook|linkedin|youtube|instagram|uk|world|business|politics|culture|travel".split("|")
)
_BREAKS = "|\u2022\u203a\u00bb>\u00b7/"
_ENTRY_BREAK = make_regex(r"\s*(?:[|\u2022\u203a\u00bb>\u00b7]|\s/\s)\s*")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    shown: str


def find_furniture(text: str) -> list[Span]:
    r"""Return the spans of whole lines that are page furniture, sorted, without their line ends.

    >>> find_furniture("The trust closed.\nComments are closed.\n")
    [(18, 38)]
    """
    lines = _shown_lines(text)
    middle = range(EDGE_LINES, len(lines) - EDGE_LINES)
    worded = _holds_word(text)
    found = {
        number
        for number, line in enumerate(lines)
        if len(line.shown) <= MAX_LENGTH
        and (
            (worded and _ANYWHERE.fullmatch(line.shown)) or (number not in middle and _is_button(line.shown))
        )
    }
    found |= _menu_lines(lines, middle)
    return [(lines[number].start, lines[number].end) for number in sorted(found)]


def is_no_furniture(line: str) -> bool:
    """Say whether a line is no furniture for sure, whatever stands around it."""
    shown = _show(line)
    if len(shown.split(None, 3)) <= 3:  # an entry of a menu, perhaps
        return False
    if len(shown) > MAX_LENGTH:
        return True
    return len(shown) > LONGEST_BUTTON and not (any(mark in shown for mark in _BREAKS) or _holds_word(shown))


def _holds_word(text: str) -> bool:
    """Say whether a text holds a word of the wordings at all, which most lack."""
    odd = not text.isascii() and _ODD.search(text)
    return bool(odd or _WORDS.find_matches_as_indexes(text.lower()))


def _shown_lines(text: str) -> list[_Line]:
    """Return the lines that show something, with what they show less bullets and a full stop."""
    return [_Line(start, start + len(line), shown) for start, line in _lines(text) if (shown := _show(line))]


def _show(line: str) -> str:
    return line[: MAX_LENGTH + 20].strip(" \t\u00a0\u2022*\u00b7-.!:")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each line starts, and the line."""
    if "\r" in text:
        yield from ((found.start(), found[0]) for found in re.finditer(r"[^\r\n]+", text))
        return
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _is_button(shown: str) -> bool:
    """Say whether a line is a button, or a menu or trail of links on one line."""
    if len(shown) <= LONGEST_BUTTON and _AT_EDGE.fullmatch(shown):
        return True
    if not any(mark in shown for mark in _BREAKS):
        return False
    entries = [entry for entry in _ENTRY_BREAK.split(shown) if entry]
    return len(entries) >= MIN_MENU - 1 and 2 * sum(map(_is_entry, entries)) >= len(entries)


def _is_entry(shown: str) -> bool:
    return shown.lower() in _IN_MENUS


def _menu_lines(lines: list[_Line], middle: range) -> set[int]:
    """Return the numbers of short lines in a row, near an end, half of them usual in menus."""
    found: set[int] = set()
    run: list[int] = []
    for number in range(len(lines) + 1):
        if number < len(lines) and number not in middle and len(lines[number].shown.split(None, 3)) <= 3:
            run.append(number)
            continue
        if len(run) >= MIN_MENU and 2 * sum(_is_entry(lines[n].shown) for n in run) >= len(run):
            found.update(run)
        run = []
    return found
