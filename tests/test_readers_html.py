from __future__ import annotations

import pytest

from graph.errors import DocumentError
from graph.readers.html import read_content

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Pooled funds | The Trade Paper</title>
<meta property="og:title" content="Pooled funds"><meta name="author" content="A Hill">
<meta property="article:published_time" content="2007-04-12T09:00:00Z">
<meta property="og:site_name" content="The Trade Paper">
<link rel="canonical" href="https://example.org/funds"><style>p { color: red }</style></head>
<body class="has-sidebar cookie-accepted">
<a class="skip-link" href="#main">Skip to content</a>
<header><h2>The Trade Paper</h2><nav><ul><li>Home<li>News<li>Jobs</ul></nav></header>
<div id="cookie-banner"><p>We use cookies.</p><button>Accept</button></div>
<main id="main"><article><header><h1>Pooled funds</h1><p>By A Hill</p></header>
<p>Kent &amp; Essex <b>pool</b>
their budgets.</p>
<ul><li>Kent pays half</li><li>Essex <i>pays</i> the rest</li></ul>
<table><thead><tr><th>Body</th><th>Share</th></tr></thead><tr><td>Kent</td><td>50%</td></tr></table>
<blockquote>We <q>share</q> it.</blockquote><p>First line<br>second line</p>
<div class="share-buttons"><a>Tweet</a></div></article></main>
<aside><h3>Most read</h3><ol><li>Another story</ol></aside>
<script>document.write("<p>no</p>")</script><footer><p>Contact us</p></footer></body></html>"""

TEXT = """By A Hill

Kent & Essex pool their budgets.

\u2022 Kent pays half

\u2022 Essex pays the rest

Body

Share

Kent

50%

We "share" it.

First line
second line
"""


def text_of(page: str) -> str:
    return read_content(page.encode(), "a.html").text


def test_a_page_is_rendered_block_by_block_without_its_furniture() -> None:
    assert text_of(PAGE) == "Pooled funds\n\n" + TEXT


def test_a_page_states_its_properties() -> None:
    assert read_content(PAGE.encode(), "a.html").properties == {
        "title": "Pooled funds",
        "author": "A Hill",
        "date": "2007-04-12T09:00:00Z",
        "publisher": "The Trade Paper",
        "url": "https://example.org/funds",
    }


SHAPES = [
    ("<p>One<p>Two", "One\n\nTwo\n", "paragraphs that are not closed"),
    ("<b><p>One</b></p>Two", "One\n\nTwo\n", "elements that overlap"),
    ("</div></p>One", "One\n", "ends of nothing"),
    ("One &lt;b&gt; &eacute;&#8217;s &bogus;", "One <b> é’s &bogus;\n", "references"),
    ("<pre>a\n  b</pre>", "a\nb\n", "line breaks that are meant"),
    ("<p>a</p>   \n  <p></p><div> </div><p>b", "a\n\nb\n", "empty blocks"),
    (
        "<form><p>A whole page in a form</p><input value=x></form>",
        "A whole page in a form\n",
        "pages that are a form",
    ),
    ("<p>a</p><nav>menu", "a\n", "a menu that never ends"),
    ("<p>a <span style='display: none'>not</span>b <i hidden>not</i>c", "a b c\n", "what is not shown"),
    ("<ol><li><p>One</p><li><ul><li>two</ul></ol>", "\u2022 One\n\n\u2022 two\n", "nested lists"),
    ("<nav><li>a<li><br>b<q>c</nav><ul><li></ul><p>d", "d\n", "bullets of what is not shown"),
    ("<p>The trust<sup>1</sup> has 5 km<sup>2</sup>", "The trust[1] has 5 km2\n", "marks of notes"),
    ("<p>co&shy;oper<wbr>ation", "cooperation\n", "places where a word may be broken"),
    ("<dl><dt>Term<dd>Meaning</dl>", "Term\n\nMeaning\n", "definitions"),
    ("<p class='social-care'>Social care</p><p>x</p>", "Social care\n\nx\n", "a class that is no furniture"),
    ("<svg><title>Icon</title></svg><p>a", "a\n", "drawings"),
    ("<p>a<!-- b --></p><![CDATA[c]]>", "a\n", "comments"),
    (
        "<p>a<![if !IE]>b<![endif]>c<![a d>e<![>f",
        "abcef\n",
        "conditions of a browser, and what looks like one",
    ),
    ("<p>a\x00b\x0bc</p>" + "x" * 900, "ab c\n\n" + "x" * 900 + "\n", "stray control characters"),
]


@pytest.mark.parametrize(("page", "text", "why"), SHAPES, ids=[why for _, _, why in SHAPES])
def test_pages_of_every_shape(page: str, text: str, why: str) -> None:
    assert text_of(page) == text, why


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (b"<meta charset=iso-8859-1><p>caf\xc3\xa9", "UTF-8 that says that it is Latin"),
        (b"<meta http-equiv=content-type content='text/html; charset=windows-1252'><p>caf\xe9", "cp1252"),
        ("<p>café".encode("utf-16"), "UTF-16"),
    ],
)
def test_character_sets(page: bytes, why: str) -> None:
    assert read_content(page, "a.html").text == "café\n", why


def test_a_hundred_thousand_open_elements_are_read() -> None:
    assert text_of("<div>" * 100_000 + "deep") == "deep\n"


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<nav>Only a menu</nav>", "<script>x()"])
def test_a_page_that_shows_nothing_is_told(page: str) -> None:
    with pytest.raises(DocumentError, match="holds no text to read"):
        text_of(page)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>a</p><!-- b", "a\n\n<!-- b\n"),
        ("<p>a</p><a href='b", "a\n\n<a href='b\n"),
        ("<!-- a --><p>b<!-- c", "b<!-- c\n"),
        (f"<p>a&#{'9' * 5000};b", "a\ufffdb\n"),
        ("<p>a&#x1F3E5;b&#0000065;", "a\U0001f3e5bA\n"),
    ],
)
def test_markup_that_never_ends_is_text(page: str, text: str) -> None:
    assert text_of(page) == text
