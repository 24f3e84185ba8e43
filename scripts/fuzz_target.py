"""What a fuzzed border is: its seeds, what is tried on it, and how its inputs are changed.

A border is where something comes in that somebody else wrote. ``Target.run`` gives it to our code and raises
when a promise does not hold; refusing it in one clear line (``CaregraphError``) is no fault.
"""

from __future__ import annotations

import random
import time
import traceback
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from graph.errors import CaregraphError

Change = Callable[[bytes], bytes]
"""Changes some bytes: a small change of the fuzzer's own choice."""

MOST_BYTES = 1 << 16
"""Bytes of an input; what takes more is about size, which other tests look at."""

_CHANGES = 4
Result = TypeVar("Result")


class FaultError(Exception):
    """A promise that did not hold for an input."""


@dataclass(frozen=True, slots=True)
class Target:
    """A border.

    Attributes:
        name: what the command line calls it.
        about: what comes in there, in a few words.
        run: tries an input; raises for a fault.
        make_seeds: makes the inputs to start from, out of our own documents and data.
        words: strings that mean something there.
        reshape: changes an input below its packing (zip, deflate); gets the bytes, how to change a part
            and a source of chance. None where bytes are as they are read.
        seconds: processor time that one input may take.
        memory: mebibytes that the process may take with all that it has loaded.
    """

    name: str
    about: str
    run: Callable[[bytes], object]
    make_seeds: Callable[[], list[bytes]]
    words: tuple[str, ...] = ()
    reshape: Callable[[bytes, Change, random.Random], bytes] | None = None
    seconds: float = 5.0
    memory: int = 2048


@dataclass(frozen=True, slots=True)
class Fault:
    """An input for which a promise did not hold, and what happened."""

    data: bytes
    story: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of trying: how many inputs, the most processor time for one in seconds, the faults."""

    tried: int
    slowest: float
    faults: tuple[Fault, ...]


def require(holds: object, promise: str) -> None:
    """Raise ``FaultError`` unless something holds; unlike ``assert`` it is never switched off."""
    if not holds:
        raise FaultError(promise)


def answer_or_refuse(call: Callable[[], Result], *refusals: type[Exception]) -> Result | None:
    """Return what a call gives; None where it refuses in one line.

    Args:
        call: to be tried.
        refusals: errors with which it may refuse; ``CaregraphError`` by default.

    Raises:
        FaultError: it refuses in more than one line, or without a word.
    """
    known = refusals or (CaregraphError,)
    try:
        return call()
    except known as error:
        require(str(error).strip(), "a refusal says why")
        if isinstance(error, CaregraphError):
            require(len(str(error).splitlines()) == 1, f"a refusal is one line: {str(error)!r}")
        return None


def is_clear_line(text: str) -> bool:
    """Whether a text is one line without control characters."""
    return not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in text)


def change_bytes(data: bytes, chance: random.Random, words: Sequence[bytes]) -> bytes:
    """Change bytes a little: flip, cut, repeat, move, or put in a word that means something."""
    made = bytearray(data)
    for _ in range(chance.randint(1, _CHANGES)):
        start, end = sorted((chance.randint(0, len(made)), chance.randint(0, len(made))))
        end = min(end, start + chance.choice((1, 4, 64, 4096)))
        kind = chance.randrange(6)
        if kind == 0 and made:
            made[min(start, len(made) - 1)] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del made[start:end]
        elif kind == 2:
            made[start:start] = made[start:end] * chance.choice((1, 2, 30))
        elif kind == 3:
            made[start:start] = chance.randbytes(chance.choice((1, 2, 8)))
        elif words:
            made[start : end if kind == 4 else start] = chance.choice(words)
    return bytes(made[:MOST_BYTES])


def reshape_or_change(target: Target, data: bytes, change: Change, chance: random.Random) -> bytes:
    """Change an input, below its packing as often as not where it has one."""
    if target.reshape is None or chance.random() < 0.3:
        return change(data)
    return target.reshape(data, change, chance)


def try_plainly(target: Target, tries: int, *, chance: random.Random, most_faults: int = 5) -> Outcome:
    """Try the seeds of a target and so many inputs made of them, without looking at what code they reach.

    Args:
        target: to be tried.
        tries: inputs besides the seeds.
        chance: the same gives the same inputs.
        most_faults: after which to stop.
    """
    seeds, words = target.make_seeds(), [word.encode("utf-8", "surrogatepass") for word in target.words]
    faults: list[Fault] = []
    tried, slowest = 0, 0.0
    while tried < len(seeds) + tries and len(faults) < most_faults:
        if tried < len(seeds):
            data = seeds[tried]
        else:
            data = reshape_or_change(
                target, chance.choice(seeds), lambda part: change_bytes(part, chance, words), chance
            )
        tried += 1
        took, fault = try_input(target, data)
        slowest = max(slowest, took)
        faults += [fault] if fault else []
    return Outcome(tried, slowest, tuple(faults))


def try_input(target: Target, data: bytes) -> tuple[float, Fault | None]:
    """Try one input; return the processor seconds that it took, and the fault if it showed one."""
    start = time.process_time()
    try:
        target.run(data)
    except Exception:
        return time.process_time() - start, Fault(data, traceback.format_exc())
    took = time.process_time() - start
    return took, Fault(data, f"took {took:.1f} seconds") if took > target.seconds else None
