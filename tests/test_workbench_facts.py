"""What the register says of a body, its line of time, and what stands for a name."""

from __future__ import annotations

from graph.vocabulary import CG, ID
from graph.workbench.dates import write_span
from graph.workbench.facts import draw_timeline, read_facts
from graph.workbench.naming import describe_unnamed
from graph.workbench.view import View
from tests.clustered_papers import clustered_store
from tests.workbench_views import PCTS, TORBAY, as_of


def test_facts_come_from_the_register(view: View) -> None:
    facts = read_facts(view, TORBAY)
    assert ("ODS", "TAL") in facts.codes
    assert not any(scheme == "REGISTER" for scheme, _ in facts.codes)
    assert facts.span == "1 December 2005 to 31 March 2013"
    related = {words: [named.name for named in nodes] for words, nodes, _ in facts.related}
    assert related["Covers the councils"] == ["Torbay Council"]
    assert read_facts(view, PCTS).members
    assert read_facts(view, PCTS).confidence == ""
    assert write_span("", "") == ""


def test_facts_tell_what_is_probably_the_same_body() -> None:
    view = View(clustered_store())
    (same,) = read_facts(view, ID + "organisation/hlcp").related
    assert same[0] == "Probably the same body, by its name"
    assert [named.name for named in same[1]] == ["Healthy Lowmoor Care Partnership"]
    assert read_facts(view, ID + "organisation/north-lowmoor-hospice").related == ()
    (cluster,) = view.refer(CG + "clusterMember", ID + "organisation/hlcp")
    for iri in (cluster, *view.refer(CG + "inCluster", cluster)):
        assert describe_unnamed(view, view.name(iri)).name == "“Healthy Lowmoor Care Partnership”; “HLCP”"


def test_line_of_time_has_earlier_bodies_first_and_the_day(view: View) -> None:
    timeline = draw_timeline(view, TORBAY)
    assert timeline is not None
    rows = timeline.rows
    assert timeline.day is None
    assert [row.step for row in rows] == sorted(row.step for row in rows)
    assert {row.step for row in rows} >= {-1, 0, 1}
    assert all(row.start >= 0 and row.start + row.width <= 100.5 for row in rows)
    before = next(row for row in rows if row.step < 0)
    own = next(row for row in rows if not row.step)
    assert before.start + before.width <= own.start + 0.1
    then = draw_timeline(as_of("2006"), TORBAY)
    assert then is not None
    assert then.day is not None
    assert own.start < then.day < own.start + own.width
    assert draw_timeline(view, PCTS) is None


def test_long_line_of_time_keeps_the_body_and_those_nearest(view: View) -> None:
    timeline = draw_timeline(view, ID + "organisation/body-nhs-commissioning-board")
    assert timeline is not None
    assert timeline.more > 50
    assert 0 in {row.step for row in timeline.rows}


def test_nodes_without_a_name_say_what_they_are_about(view: View) -> None:
    kinds = {}
    for quad in view.store:
        iri = str(getattr(quad.subject, "value", ""))
        kind = iri.removeprefix(ID).partition("/")[0]
        if iri.startswith(ID) and kind not in kinds:
            kinds[kind] = describe_unnamed(view, view.name(iri)).name
    assert "(" in kinds["claim"]
    assert kinds["evidence"].startswith("“")
    assert kinds["membership"] == "Ada Rowe, chief executive, Torbay Care Trust"
    assert " → " in kinds["change"]
    assert " is " in kinds["linking"]
    assert kinds["place"]
