"""Strings that mean something at one border or another: fuzzing puts them into its inputs."""

from __future__ import annotations

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><!--",
    "\" onload='x' ",
    "&lt;&#60;&#x3c",
    "\u202e\u2066",
    "\ud800",
    "\x00\x07\x1b[31m",
    "=1+1\t@SUM(A1)",
    "\u2028\u2029\x85\r\n",
    "e\u0301\ufb01\u0130\u1e9e",
    "../../etc/passwd",
    "%2e%2e%00",
    "\U0001f600\U0010ffff\ufffe",
    "9" * 40,
    "{{7*7}}${x}`",
)
"""Strings that mean something to what reads our output."""

TEXT_WORDS = (
    *("---\n", "\n...\n", "title: ", "date: 2007-04-12", "source:\n  author: ", "- ", "# ", "> ", "```\n"),
    *("[a](b)", "![a](b)", "[^1]:", "| a | b |\n|---|---|\n", "**", "_", "~~", "&amp;", "&#x1F600;", "<!--"),
    *("-->", "<p>", "</p>", "<br/>", "<td>", "\r\n", "\x0c", "\ufeff", "\u00ad", "\u200b", "• ", "1. "),
    *(
        "Torbay Care Trust",
        "the PCTs",
        "Department of Health (DH)",
        "Audit Commission",
        "Kent County Council",
    ),
    *(
        " works with ",
        " is accountable to ",
        " should fund ",
        " does not ",
        "the trust",
        "We ",
        "Further reading",
    ),
    *("Hill, A. (2006) ", "Health Act 1999", "chief executive of ", "Dr Jane Smith", "said", "pool budgets"),
    *HOSTILE,
)

HTML_WORDS = (
    *(
        "<html><head><title>",
        '<meta charset="utf-16">',
        '<meta name="dcterms.date" content="2007">',
        "<body>",
    ),
    *("<script>", "<style>", "<template>", "<table><tr><td colspan=9999999>", "<![CDATA[", "<!doctype html>"),
    *(
        "<svg>",
        "<noscript>",
        "<textarea>",
        "<plaintext>",
        "<a href='x'>",
        "&NotEqualTilde;",
        "<p hidden>",
        "<li>",
    ),
    *TEXT_WORDS,
)

WORD_XML = (
    *(
        "<w:p>",
        "</w:p>",
        "<w:t>",
        "</w:t>",
        "<w:tab/>",
        '<w:tab w:pos="1"/>',
        "<w:br/>",
        "<w:del>",
        "<w:numPr/>",
    ),
    *(
        "<w:txbxContent>",
        "<mc:Fallback>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>",
        "&b;",
        "word/document.xml",
        "PK\x03\x04",
    ),
)

PDF_WORDS = (
    *(
        "%PDF-1.7",
        "%%EOF",
        "obj",
        "endobj",
        "stream\n",
        "endstream",
        "xref",
        "trailer",
        "startxref",
        "/Kids [1 0 R]",
    ),
    *(
        "/Type /Page",
        "/Parent 1 0 R",
        "/Filter /FlateDecode",
        "/Filter [/ASCIIHexDecode /LZWDecode]",
        "/Length 9",
    ),
    *(
        "/DecodeParms",
        "/Predictor 15",
        "/Columns 99999999",
        "/ToUnicode",
        "beginbfrange <0000> <ffff>",
        "Tj",
        "TJ",
    ),
    *(
        "/Encrypt",
        "/ObjStm",
        "/XRef",
        "/W [1 2 1]",
        "/Prev 0",
        "<< >>",
        "[",
        "BT",
        "ET",
        "Do",
        "999999999 0 R",
    ),
)

QUERY_WORDS = tuple(
    "SERVICE service SILENT ServIce ex: <http://127.0.0.1/> <'x> ''' \"\"\" { } . ; # \\u0053 SELECT * WHERE "
    "FROM <file:///a> GRAPH VALUES UNDEF OPTIONAL FILTER BIND AS INSERT DELETE "
    "cg:sentenceMatches cg:nameMatches "
    "PREFIX BASE << >> 'a'@en ^^xsd:date ?x ?s ( ) | / ^ ! \u017fervice ʂ SERVICE<".split()
)

TYPED = (*HOSTILE, '"', "*", "-", " OR ", " AND ", "NEAR", "(", ")", ":", "^", "Torbay", "trust", "\u0301")
