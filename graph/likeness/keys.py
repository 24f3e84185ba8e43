"""Choose which names to compare at all: those that share a key, so that the work grows with the names.

A name's keys are pairs of its three rarest words, so that two names meet although one word is spelt
wrongly, left out or added. A pair without a place or a rare word ("care homes") also has the
beginning of the third. A block that is too large all the same is sorted by its words, and each name is
compared with its neighbours only (the sorted neighbourhood method; Hernández and Stolfo, "The Merge/Purge
Problem", 1995).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from graph.likeness.lore import Lore
from graph.likeness.nodes import Node
from graph.likeness.spelling import read_name

LARGEST = 64
"""Bodies in a block of which each is compared with each."""

NEIGHBOURS = 16
"""Bodies after it with which each is compared in a larger block."""

_RAREST = 3
_BEGINNING = 4  # letters


def keys_of(node: Node, lore: Lore) -> list[str]:
    """List the keys of a body: all blocks that it belongs to, sorted.

    Args:
        node: the body, with its names.
        lore: how rare words are.
    """
    return sorted({key for name in (*node.names, *node.others) for key in keys_of_name(name, lore)})


def keys_of_name(name: str, lore: Lore) -> Iterator[str]:
    """Yield the keys of one name, an acronym's among them."""
    wording = read_name(name, lore)
    if wording.acronym:
        yield f"={wording.acronym}"
    rarest = sorted(wording.words, key=lambda word: (-lore.weigh(word), word))[:_RAREST]
    if len(rarest) == _RAREST:
        for pair in combinations(rarest, 2):
            (third,) = set(rarest) - set(pair)
            key = " ".join(sorted(pair))
            yield key if any(map(lore.is_distinctive, pair)) else f"{key} {third[:_BEGINNING]}-"
    elif rarest:
        yield " ".join(sorted(rarest))
        for word in rarest:
            yield " ".join(sorted(w if w != word else f"{w[:_BEGINNING]}-" for w in rarest))


def make_blocks(nodes: Iterable[Node], lore: Lore) -> dict[str, list[Node]]:
    """Put bodies that share a key together; a body alone makes no block."""
    blocks: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        for key in keys_of(node, lore):
            blocks[key].append(node)
    return {key: block for key, block in sorted(blocks.items()) if len(block) > 1}


def pair_block(block: Sequence[Node], lore: Lore) -> Iterator[tuple[Node, Node]]:
    """Yield the pairs of a block to compare, the smaller IRI first; the order of the block does not count."""
    if len(block) <= LARGEST:
        yield from combinations(sorted(block, key=lambda node: node.iri), 2)
        return
    row = sorted(block, key=lambda node: (read_name(node.names[0], lore).words, node.iri))
    for at, node in enumerate(row):
        for other in row[at + 1 : at + 1 + NEIGHBOURS]:
            first, second = sorted((node, other), key=lambda each: each.iri)
            yield first, second


def pair_nodes(nodes: Iterable[Node], lore: Lore) -> Iterator[tuple[Node, Node]]:
    """Yield every pair of bodies that is worth comparing, once."""
    seen: set[tuple[str, str]] = set()
    for block in make_blocks(nodes, lore).values():
        for one, other in pair_block(block, lore):
            if (one.iri, other.iri) not in seen:
                seen.add((one.iri, other.iri))
                yield one, other
