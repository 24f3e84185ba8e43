"""Measure how often names of one body are found to be that, and what it costs (docs/clusters.md).

python scripts/measure_clusters.py [--sizes 1000 10000 100000]
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import combinations, product
from math import sqrt
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from graph.clusters import close_clusters, link_nodes
from graph.iris import fold_name
from graph.likeness.compare import THRESHOLD, compare_names
from graph.likeness.keys import keys_of, make_blocks, pair_nodes
from graph.likeness.lore import load_lore
from graph.likeness.nodes import Node

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.name_pairs import LAST, LATER, Pair, read_pairs

LORE = load_lore()
LEAST_PRECISION = 0.98
WITHIN = 0.9  # likeness of words, as Cohen and others have it
SYLLABLES = "bar cor dal elm fen gar hol ist kel lin mar nor ost pen rud sel tor ull ves wyn".split()
ENDINGS = "by ford ham ley ton wick dale combe stead worth".split()
KINDS = (
    "{} Carers Centre",
    "{} Hospice",
    "{} Mental Health NHS Trust",
    "{} Community Health Trust",
    "{} Council for Voluntary Service",
    "{} Drug and Alcohol Action Team",
    "{} Housing Association",
    "{} Health and Wellbeing Board",
    "{} Primary Care Group",
    "University of {}",
    "{} Care Homes Ltd",
    "{} Advice Service",
    "{} Learning Disability Partnership Board",
    "{} Surgery",
)
DIRECTIONS = ("", "", "", "", "North ", "South ", "East ", "West ")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 10_000, 100_000])
    options = parser.parse_args()
    write_head("method", "threshold", "development: P / R (wrong)", "held out", "later", "last")
    for name, score, threshold in METHODS:
        print(tell_method(name, score, threshold))
    print()
    write_head("names", "bodies", "largest block", "keys", "pairs", "seconds", "reading", "memory", "P / R")
    for size in options.sizes:
        print(tell_cost(size), flush=True)


def write_head(*columns: str) -> None:
    """Print the head of a table in Markdown."""
    print(f"| {' | '.join(columns)} |\n{'| --- ' * len(columns)}|")


def tell_method(name: str, score: Callable[[str, str], float], threshold: float) -> str:
    """Measure one method on both halves, at its threshold or at the one that the development half gives."""
    development, held_out = ([p for p in read_pairs() if p.held_out == half] for half in (False, True))
    at = threshold or choose_threshold(development, score)
    further = (list(read_pairs(path)) for path in (LATER, LAST))
    measured = [measure(pairs, score, at) for pairs in (development, held_out, *further)]
    rates = (f"{precision:.3f} / {recall:.3f} ({wrong})" for precision, recall, wrong in measured)
    return f"| {name} | {at:.2f} | {' | '.join(rates)} |"


def choose_threshold(pairs: list[Pair], score: Callable[[str, str], float]) -> float:
    """Choose the lowest threshold with enough precision; where none has it, that of the best precision."""
    steps = [step / 100 for step in range(50, 101)]
    good = [step for step in steps if measure(pairs, score, step)[0] >= LEAST_PRECISION]
    return good[0] if good else max(steps, key=lambda step: measure(pairs, score, step)[0])


def measure(pairs: list[Pair], score: Callable[[str, str], float], at: float) -> tuple[float, float, int]:
    """Return precision, recall and how many pairs are taken for one body wrongly."""
    taken = [pair for pair in pairs if score(pair.one, pair.other) >= at]
    right = sum(pair.same for pair in taken)
    return right / max(1, len(taken)), right / sum(pair.same for pair in pairs), len(taken) - right


def score_exact(one: str, other: str) -> float:
    """Compare folded names."""
    return float(fold_name(one) == fold_name(other))


def score_whole(one: str, other: str) -> float:
    """Compare folded names as strings."""
    return float(JaroWinkler.similarity(fold_name(one), fold_name(other)))


def score_soft(one: str, other: str) -> float:
    """Compare folded names word by word: SoftTFIDF as published, weighed by the register."""
    first, second = (sorted(set(fold_name(name).split())) for name in (one, other))
    lengths = [sqrt(sum(LORE.weigh(word) ** 2 for word in words)) for words in (first, second)]
    total = 0.0
    for word in first:
        best, like = max((float(JaroWinkler.similarity(word, other)), other) for other in second)
        total += best * LORE.weigh(word) * LORE.weigh(like) if best >= WITHIN else 0.0
    return min(1.0, total / (lengths[0] * lengths[1]))


def score_ours(one: str, other: str) -> float:
    """Compare names as a build does."""
    return compare_names(one, other, LORE).score


METHODS: tuple[tuple[str, Callable[[str, str], float], float], ...] = (
    ("the same folded name", score_exact, 1.0),
    ("Jaro-Winkler of the whole name", score_whole, 0.0),
    ("SoftTFIDF as published", score_soft, 0.0),
    ("caregraph", score_ours, THRESHOLD),
)


def tell_cost(size: int) -> str:
    """Cluster made-up names, and say what it took and how often it was right."""
    nodes, truth = make_nodes(size)
    started = time.process_time()
    keys = sum(len(keys_of(node, LORE)) for node in nodes)
    read = time.process_time() - started
    pairs = sum(1 for _ in pair_nodes(nodes, LORE))
    largest = max(map(len, make_blocks(nodes, LORE).values()), default=0)
    started = time.process_time()
    clusters = close_clusters(link_nodes(nodes, LORE))
    seconds = time.process_time() - started + read
    found = {pair for cluster in clusters for pair in combinations(cluster.members, 2)}
    right = len(found & truth)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bodies = len({iri.rpartition(".")[0] for iri in (node.iri for node in nodes)})
    rates = f"{right / max(1, len(found)):.3f} / {right / len(truth):.3f}"
    counts = f"{len(nodes):,} | {bodies:,} | {largest} | {keys / len(nodes):.1f} | {pairs / len(nodes):.1f}"
    return f"| {counts} | {seconds:.1f} | {read:.1f} | {memory:.0f} MB | {rates} |"


def make_nodes(size: int) -> tuple[list[Node], set[tuple[str, str]]]:
    """Make up bodies, each written in one to three ways, and the pairs that are one body."""
    chooser = random.Random(20)
    places = ["".join(parts).capitalize() for parts in product(SYLLABLES, SYLLABLES, ENDINGS)]
    chooser.shuffle(places)
    bodies = list(product(DIRECTIONS[3:], places[: max(20, size // 60)], KINDS))
    chooser.shuffle(bodies)
    nodes: list[Node] = []
    truth: set[tuple[str, str]] = set()
    for number, (direction, place, kind) in enumerate(bodies):
        ways = sorted(set(list_ways(kind.format(direction + place), chooser)))
        iris = [f"urn:{number}.{way}" for way in range(len(ways))]
        nodes += [Node(iri, (name,)) for iri, name in zip(iris, ways, strict=True)]
        truth.update(combinations(iris, 2))
        if len(nodes) >= size:
            break
    return nodes, truth


def list_ways(name: str, chooser: random.Random) -> Iterator[str]:
    """Yield a name and up to two other ways to write it."""
    yield name
    for _ in range(chooser.choice((0, 0, 0, 1, 2))):
        yield chooser.choice((drop_small_words, put_last_first, misspell, shorten))(name, chooser)


def drop_small_words(name: str, _chooser: random.Random) -> str:
    """Leave out what says nothing."""
    return " ".join(word for word in name.split() if word not in {"NHS", "Ltd"}).replace(" and ", " & ")


def put_last_first(name: str, _chooser: random.Random) -> str:
    """Turn "Elmcorby Hospice" into "Hospice of Elmcorby"."""
    place, _, rest = name.partition(" ")
    return (
        f"{rest} of {place}"
        if rest and place not in {"University", "North", "South", "East", "West"}
        else name
    )


def misspell(name: str, chooser: random.Random) -> str:
    """Leave a letter out of one long word that is not the name of a place."""
    long = [word for word in name.split() if len(word) > 6 and LORE.is_known(word.lower())]
    if not long:
        return name
    word = chooser.choice(long)
    at = chooser.randrange(2, len(word) - 1)
    return name.replace(word, word[:at] + word[at + 1 :])


def shorten(name: str, _chooser: random.Random) -> str:
    """Cut common words short."""
    short = {"Primary Care Group": "PCG", "Association": "Assoc.", "Council for Voluntary Service": "CVS"}
    for long, cut in short.items():
        name = name.replace(long, cut)
    return name


if __name__ == "__main__":
    main()
