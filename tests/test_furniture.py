from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.furniture import EDGE_LINES, find_furniture

FURNITURE = """Comments are closed.
12 comments
Leave a reply
This website uses cookies to make your visit better. You may opt out. Accept
We use essential cookies to make this site work.
By continuing to use this site you agree to our use of cookies.
Accept all cookies
Privacy & Cookies Policy
Cookie settings
Register now for more articles and a weekly bulletin
Already registered?
Not a member? Join today
Sign in to comment on this story
Sign up to our weekly newsletter
Subscribe now
Skip to main content
\u2022 Back to top
Share this article on Facebook
Share this
Follow us on Twitter
\u00a9 2007 The Trade Paper Ltd
Copyright 2007. All rights reserved.
Related articles
Most read
Advertisement
Read more...
Page 3 of 12""".splitlines()

TEXT = """The council registers homes.
Register of interests
Sharing information between agencies
Share this risk between the trust and the council
We use pooled budgets in Kent.
Related work at the University of Kent
Comments from the Audit Commission
Print media and the NHS
Cookies were served at the meeting of the trust.
Privacy is a right.
Search and rescue services in Devon
Follow the money
Read more about the trust in the report of the commission
Copyright in this report belongs to the Crown and the trust agrees
Home care in Essex
Most primary care trusts
More from the Local Government Chronicle
Sign up to Safety""".splitlines()

BUTTONS = [
    "Register",
    "Sign in",
    "Menu",
    "Print this page",
    "Facebook",
    "Home | News | About us | Contact us",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_found_wherever_it_stands(line: str) -> None:
    body = "The trust met the council today.\n" * 2 * EDGE_LINES
    text = f"{body}{line}\n\n{body}"
    assert [text[start:end] for start, end in find_furniture(text)] == [line]


@pytest.mark.parametrize("line", TEXT)
def test_what_could_be_text_is_left(line: str) -> None:
    assert find_furniture(line) == []


@pytest.mark.parametrize("line", BUTTONS)
def test_buttons_count_at_the_ends_of_a_page_alone(line: str) -> None:
    body = "The trust met the council today.\n" * 2 * EDGE_LINES
    assert len(find_furniture(body + line)) == 1
    assert len(find_furniture(f"{line}\r\n{body}")) == 1
    assert find_furniture(body + line + "\n" + body) == []


def test_a_menu_is_found_whole_and_a_list_of_bodies_is_none() -> None:
    menu = "Home\nNews\nOpinion\nBest practice\nJobs\nAbout us\n"
    article = "The trust met the council today and agreed.\n" * 3
    assert len(find_furniture(menu + article)) == 6
    assert find_furniture("Torbay\nKent County Council\nNHS Direct\nEssex\nAge Concern\n" + article) == []


@given(
    st.lists(st.sampled_from([*FURNITURE, *TEXT, *BUTTONS, "", " ", "Home", "\t"])),
    st.sampled_from(["\n", "\r\n"]),
)
def test_spans_are_whole_lines_in_order(lines: list[str], newline: str) -> None:
    text = newline.join(lines)
    end = 0
    for start, stop in find_furniture(text):
        assert end <= start < stop
        assert "\n" not in text[start:stop]
        assert text[:start] == "" or text[start - 1] == "\n"
        assert text[stop : stop + 1] in ("", "\r", "\n")
        end = stop
