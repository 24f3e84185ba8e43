"""Which names are one body's: words, spellings, what keeps names apart, blocks, and how clusters close."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import OntologyError
from graph.likeness.close import PairLink, close_links
from graph.likeness.compare import THRESHOLD, are_fit, compare_names, compare_nodes
from graph.likeness.keys import LARGEST, NEIGHBOURS, keys_of, make_blocks, pair_block, pair_nodes
from graph.likeness.lore import load_lore
from graph.likeness.nodes import NameRecord, Node, gather_nodes
from graph.likeness.spelling import compare_words, read_name
from graph.likeness.wording import load_wordlists, read_wording
from tests.name_pairs import LAST, LATER, measure_pairs, read_pairs

LORE = load_lore()


def node(name: str, *others: str, kind: str = "Organisation", iri: str = "") -> Node:
    return Node(iri or f"urn:{name}", (name,), others, (kind,), ("urn:document",))


class TestPairs:
    def test_there_are_several_hundred_of_both_sorts_in_both_halves(self) -> None:
        pairs = read_pairs()
        assert len({frozenset((pair.one, pair.other)) for pair in pairs}) == len(pairs) > 450
        for held_out in (False, True):
            half = [pair.same for pair in pairs if pair.held_out == held_out]
            assert half.count(True) > 80
            assert half.count(False) > 100

    @pytest.mark.parametrize("held_out", [False, True])
    def test_hardly_any_two_bodies_are_taken_for_one_and_few_are_missed(self, held_out: bool) -> None:
        precision, recall, _ = measure_pairs(held_out=held_out)
        assert precision >= 0.98
        assert recall >= 0.95

    @pytest.mark.parametrize(("path", "least"), [(LATER, 1.0), (LAST, 0.81)])
    def test_pairs_that_were_written_later_are_told_apart_and_most_are_found(
        self, path: Path, least: float
    ) -> None:
        pairs = read_pairs(path)
        taken = [pair.same for pair in pairs if compare_names(pair.one, pair.other, LORE).alike]
        assert all(taken)
        assert len(taken) / sum(pair.same for pair in pairs) >= least

    def test_the_threshold_is_the_middle_of_the_gap_on_the_development_half(self) -> None:
        scores: dict[bool, list[float]] = {True: [], False: []}
        for pair in read_pairs():
            if not pair.held_out:
                scores[pair.same].append(compare_names(pair.one, pair.other, LORE).score)
        least = min(score for score in scores[True] if score)
        assert max(scores[False]) < THRESHOLD < least
        assert abs((max(scores[False]) + least) / 2 - THRESHOLD) < 0.01

    def test_names_of_one_body_share_a_block(self) -> None:
        same = [pair for pair in read_pairs() if pair.same]
        met = [p for p in same if set(keys_of(node(p.one), LORE)) & set(keys_of(node(p.other), LORE))]
        assert len(met) / len(same) > 0.97

    def test_the_order_of_two_names_does_not_count(self) -> None:
        for pair in read_pairs():
            assert compare_names(pair.one, pair.other, LORE) == compare_names(pair.other, pair.one, LORE)

    def test_no_two_bodies_of_the_register_are_alike_but_those_of_one_name(self) -> None:
        nodes = [Node(body.id, (body.name,), (), (body.type,)) for body in LORE.register]
        for one, other in pair_nodes(nodes, LORE):
            if compare_names(one.names[0], other.names[0], LORE).alike:
                assert read_wording(one.names[0]).words == read_wording(other.names[0]).words


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("North Devon Hospice", "South Devon Hospice", "they differ in a part of the area: north"),
        ("Leeds Carers Centre", "Bradford Carers Centre", "they differ in the area: bradford"),
        ("Ward 3 Group", "Ward 4 Group", "they differ in a number: 3"),
        ("Lowmoor Trust", "Lowmoor Council", "they differ in the kind of body: council"),
        ("Shadow Lowmoor Board", "Lowmoor Board", "they differ in the time: shadow"),
        ("Ada Rowe Trust", "Ada Dunn Trust", "each has a word of its own: dunn, rowe"),
        ("Care Forum", "The Care Forum", "what they share could be any body's name"),
        ("Lowmoor Trust", "Lowmoor NHS Trust", "the same words; only one has: nhs"),
        (
            "Lowmoor Heathcare Trust",
            "Lowmoor Health-care Trust",
            "the same words, healthcare and heathcare spelt alike",
        ),
        ("Derby Carers", "Derbyshire Carers", "they differ in the area: derby"),
        ("Lowmoor Mediation", "Lowmoor Mediation Service", "nearly the same words; only one has: service"),
        ("Lowmoor Hospital", "Lowmoor Hospital Services", "they differ in the kind of body: service"),
        ("Lowmoor", "Lowmoor Service", "they differ in the kind of body: service"),
        ("Lowmoor Project", "Lowmoor Advice Scheme", "they differ in what it does: advice"),
    ],
)
def test_the_reason_says_what_was_seen(one: str, other: str, reason: str) -> None:
    assert sorted(compare_names(one, other, LORE).reason) == sorted(reason)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("llewellyn", "llewelyn", True),
        ("middlesbrough", "middlesborough", True),
        ("milton", "hilton", False),  # both begin otherwise
        ("derby", "derbyshire", False),  # more than one letter
        ("hertfordshire", "herefordshire", False),  # both known
        ("harwich", "harrich", False),
        ("marsten", "marston", False),
    ],
)
def test_a_slip_in_a_name_is_one_letter_in_a_long_word_that_is_not_known(
    one: str, other: str, alike: bool
) -> None:
    assert (compare_words(one, other, LORE) > 0) is alike
    assert compare_words(one, other, LORE) == compare_words(other, one, LORE)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("The University of York", ("university", "york")),
        ("Lowmoor & Ashdale CVS", ("ashdale", "council", "lowmoor", "service", "voluntary")),
        ("Notts Tele-care Services Ltd.", ("nottinghamshire", "service", "telecare")),
        ("N.E. Lowmoor Well-being Board", ("board", "east", "lowmoor", "north", "wellbeing")),
        ("Barnes Practice", ("barnes", "practice")),
        ("Lowmoor Day Care (LDC)", ("daycare", "lowmoor")),
        ("Day Care (Lowmoor)", ("daycare", "lowmoor")),
        ("Revitalizing BANES", ("bath", "east", "north", "revitalising", "somerset")),
        ("Lowmoor Neurorehabiltaton Unit", ("lowmoor", "neurorehabilitation", "unit")),
        ("Lowmoor Sugery and Hopsital Commitee", ("committee", "hospital", "lowmoor", "surgery")),
        ("Carerz of Lowmoor", ("carer", "lowmoor")),
        ("Wardy Borad", ("board", "wardy")),  # short words: letters in the wrong order only
        ("NHS", ()),
        ("", ()),
    ],
)
def test_a_name_is_a_set_of_words(name: str, words: tuple[str, ...]) -> None:
    assert read_name(name, LORE).words == words


def test_lists_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "likeness.toml").write_text("silent = 3", encoding="utf-8")
    with pytest.raises(OntologyError, match="cannot be read as lists of words"):
        load_wordlists(tmp_path / "likeness.toml")


# names of one, names of the other (the main one first), types, whether they are one, words of the reason
NODES = [
    (["Healthy Lowmoor Care Partnership", "HLCP"], ["HLCP"], "", True, "short form"),
    (["Healthy Lowmoor Care Group", "HLCP"], ["HLCP"], "", False, ""),
    (["Healthy Lowmoor Partnership", "HLP"], ["HLP"], "", False, ""),  # three letters
    (["Lowmoor Carers Centre", "Carers Lowmoor"], ["Carers of Lowmoor"], "", True, "another name"),
    (["Lowmoor City Hospital", "City Hospital"], ["City Hospital"], "", False, ""),
    (["Lowmoor Trust"], ["Lowmoor NHS Trust"], "NHSTrust FoundationTrust", True, ""),
    (["Lowmoor Trust"], ["Lowmoor NHS Trust"], "NHSTrust CountyCouncil", False, "kinds of body"),
    (
        ["Lowmoor Comunity Trust"],
        ["The Lowmoor Community Trust"],
        "Charity NHSTrust",
        True,
        "",
    ),  # read off a slip
    (["Torbay Care Trust"], ["Torbay Care NHS Trust"], "", True, ""),
    (["Guy's and St Thomas' Trust"], ["Guys & St Thomas Trust"], "", True, ""),
]


@pytest.mark.parametrize(("one", "other", "types", "same", "reason"), NODES)
def test_bodies_are_compared_by_all_their_names(
    one: list[str], other: list[str], types: str, same: bool, reason: str
) -> None:
    kinds = types.split() or ["Organisation", "Organisation"]
    first, second = node(*one, kind=kinds[0]), node(*other, kind=kinds[1], iri="urn:other")
    verdict = compare_nodes(first, second, LORE)
    assert (verdict.alike, compare_nodes(second, first, LORE).alike) == (same, same)
    assert reason in verdict.reason
    assert not same or set(keys_of(first, LORE)) & set(keys_of(second, LORE))


def test_what_the_register_considered_for_two_bodies_keeps_them_apart() -> None:
    one = Node("urn:1", ("Lowmoor Trust",), candidates=frozenset({"urn:a"}))
    other = Node("urn:2", ("Lowmoor NHS Trust",), candidates=frozenset({"urn:b"}))
    assert compare_nodes(one, other, LORE).reason == "the register keeps them apart"
    several = Node("urn:3", ("Lowmoor NHS Trust",), candidates=frozenset({"urn:a", "urn:b"}))
    assert compare_nodes(one, several, LORE).reason == "the register has several bodies of this name"


def test_types_that_leave_all_open_fit_any() -> None:
    assert are_fit("Organisation", "CountyCouncil")
    assert are_fit("NHSTrust", "CareTrust")
    assert not are_fit("NHSTrust", "CountyCouncil")


class TestBlocks:
    def test_a_large_block_is_compared_with_neighbours_only(self) -> None:
        block = [node(f"Lowmoor {chr(97 + n // 26)}{chr(97 + n % 26)}zzen Trust") for n in range(LARGEST + 1)]
        pairs = list(pair_block(block, LORE))
        assert len(pairs) <= NEIGHBOURS * len(block) < len(list(combinations(block, 2)))
        random.Random(1).shuffle(block)
        assert list(pair_block(block, LORE)) == pairs
        assert len(list(pair_block(block[:LARGEST], LORE))) == LARGEST * (LARGEST - 1) // 2

    def test_each_pair_comes_once_and_only_from_a_block(self) -> None:
        nodes = [node(name) for pair in read_pairs()[:60] for name in {pair.one, pair.other}]
        nodes = sorted(set(nodes), key=lambda each: each.iri)
        pairs = [(a.iri, b.iri) for a, b in pair_nodes(nodes, LORE)]
        assert len(pairs) == len(set(pairs))
        assert all(a < b for a, b in pairs)
        blocks = [{each.iri for each in block} for block in make_blocks(nodes, LORE).values()]
        assert all(any({a, b} <= block for block in blocks) for a, b in pairs)


def links(*pairs: str) -> list[PairLink]:
    return [PairLink(p[0], p[1], float(p[2:] or 0.95), "") for p in pairs]


@pytest.mark.parametrize(
    ("given_links", "clusters"),
    [
        ([], []),
        (links("ab"), ["ab"]),
        (links("ab", "bc", "ac"), ["abc"]),
        (links("ab0.99", "bc0.96"), ["ab"]),  # a and c are not linked: the better link stands
        (links("ab", "bc"), []),  # equally good, and nobody can say which
        (links("ab", "cd"), ["ab", "cd"]),
        (links("ab1", "cd1", "bc0.95"), ["ab", "cd"]),
        (links("ab", "bc", "cd", "ad", "ac", "bd"), ["abcd"]),
    ],
)
def test_links_close_to_clusters_in_which_each_is_linked_with_each(
    given_links: list[PairLink], clusters: list[str]
) -> None:
    assert ["".join(members) for members in close_links(given_links)] == clusters


PAIRS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), st.sampled_from([0.94, 0.97, 1.0])),
    max_size=28,
)


@given(PAIRS, st.randoms(use_true_random=False))
def test_closing_depends_on_no_order_and_links_all_members(
    pairs: list[tuple[str, str, float]], shuffler: random.Random
) -> None:
    scores = {(min(a, b), max(a, b)): score for a, b, score in pairs if a != b}
    made = [PairLink(a, b, score, "") for (a, b), score in scores.items()]
    closed = close_links(made)
    shuffler.shuffle(made)
    assert close_links(made) == closed
    members = [member for cluster in closed for member in cluster]
    assert len(members) == len(set(members))
    assert all(pair in scores for cluster in closed for pair in combinations(cluster, 2))


def test_records_gather_to_bodies() -> None:
    records = [
        NameRecord("urn:b", "B Trust", "NHSTrust", "urn:2"),
        NameRecord("urn:a", "AT", "NHSTrust", "urn:1", main=False),
        NameRecord("urn:a", "A Trust", "NHSTrust", "urn:1", candidates=("urn:x",)),
        NameRecord("urn:a", "A trust", "CareTrust", "urn:3"),
        NameRecord("urn:c", "no main name", "NHSTrust", "urn:1", main=False),
    ]
    first, second = gather_nodes(records)
    assert first == Node(
        "urn:a",
        ("A Trust", "A trust"),
        ("AT",),
        ("CareTrust", "NHSTrust"),
        ("urn:1", "urn:3"),
        frozenset({"urn:x"}),
    )
    assert second.iri == "urn:b"


def test_pairs_name_the_kind_of_difference() -> None:
    assert all(pair.kind for pair in read_pairs())
