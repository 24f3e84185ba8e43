"""Use a server as many people at once do, and as some of them should not.

    .venv/bin/python scripts/soak_clients.py ADDRESS CLIENTS PAUSE

Ends when standard input does, and prints what was asked and what was answered wrongly, as JSON. A query that
takes too much, a request that makes no sense and a client that leaves are part of it: they have answers that
are right, too.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import httpx2 as httpx

NUMBERS = "{" + " ".join(map(str, range(1000))) + "}"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {NUMBERS} VALUES ?b {NUMBERS} VALUES ?c {NUMBERS} }}"
HOARDING = f"SELECT * {{ VALUES ?a {NUMBERS} VALUES ?b {NUMBERS} VALUES ?c {NUMBERS} }} ORDER BY ?c"
LONG = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {NUMBERS} VALUES ?b {NUMBERS} }}"
ROWS = "SELECT * { ?s ?p ?o } LIMIT 20000"
SEED = 7
BODY = "Audit%20Commission"
TORBAY = "organisation/ct-TAL"


class Request(NamedTuple):
    """A request, and what may come of it.

    Attributes:
        kind: of request, in a word.
        path: with its query.
        sparql: text of a query to send.
        accept: media type.
        statuses: of an answer that is right.
        leave: seconds after which the client leaves; 0 for never.
        weight: how often it is made, beside others.
    """

    kind: str
    path: str
    sparql: str = ""
    accept: str = "text/html"
    statuses: tuple[int, ...] = (200,)
    leave: float = 0.0
    weight: int = 4


JSON, CSV, TURTLE = "application/sparql-results+json", "text/csv", "text/turtle"
NAMES = "SELECT ?name { ?body a cg:CareTrust ; skos:prefLabel ?name }"
FOUND = 'SELECT ?text { ?quote cg:sentenceMatches "pooled budgets" ; oa:exact ?text }'
TOO_MUCH = (503, 504)
REQUESTS = (
    *(
        Request("question", f"/questions/{name}")
        for name in (
            f"oversight?body={BODY}",
            "coterminous?body=primary+care+trusts",
            "most-connected?sort=body",
            "in-common?body=Torbay+Care+Trust&other=Torbay+Council",
            "search?text=pooled+budgets&format=csv",
        )
    ),
    Request("question", f"/questions/recommendations?body={BODY}&as_of=2008", statuses=(200, *TOO_MUCH)),
    Request("question", "/questions/oversight?body=nobody+of+that+name", statuses=(422,)),
    *(
        Request("page", path)
        for path in (
            "/",
            "/?q=care+trust",
            "/?q=pooled+budgets&kind=sentence",
            f"/id/{TORBAY}",
            "/id/collective/primary-care-trusts",
            "/id/document/means-to-an-end.md",
            "/compare?a=Torbay+Care+Trust&b=primary+care+trusts",
            "/statistics",
            "/ontology",
            "/editor",
            "/downloads",
            "/complete?q=tor",
        )
    ),
    Request("page", "/network", weight=1),
    Request("not there", "/id/organisation/nobody", statuses=(404,)),
    Request("not there", "/downloads/files/../secret", statuses=(404,)),
    Request("short query", "/sparql", NAMES, JSON, weight=12),
    Request("short query", "/sparql", FOUND, CSV, weight=12),
    Request("short query", "/sparql", "DESCRIBE cgi:organisation\\/ct-TAL", TURTLE, weight=6),
    Request("rows", "/sparql", ROWS, JSON, (200, *TOO_MUCH), weight=2),
    Request("long query", "/sparql", LONG, JSON, (200, *TOO_MUCH), weight=2),
    Request("too long", "/sparql", ENDLESS, JSON, TOO_MUCH, weight=1),
    Request("too much memory", "/sparql", HOARDING, JSON, TOO_MUCH, weight=1),
    Request("too long a request", "/sparql", f"ASK {{}} # {'x' * (2 << 20)}", JSON, (413,), weight=1),
    Request("malformed", "/sparql", "SELECT * WHERE { ?s ?p", JSON, (400,)),
    Request("refused", "/sparql", "DROP ALL", JSON, (400, 403)),
    Request("left", "/sparql", ENDLESS, JSON, leave=0.3, weight=2),
    Request("left", "/sparql", ROWS, JSON, leave=0.02, weight=2),
    Request("left", "/downloads/graph/trig", leave=0.3, weight=1),
    Request("download", "/downloads/files/graph.nq", weight=1),
    Request("download", "/downloads/files/network.html", weight=1),
    Request("download", "/downloads/graph/csv", weight=1),
    Request("download", "/downloads/graph/graphml", weight=1),
    Request("whole graph", "/rdf-graph-store?default", "", TURTLE, (200, *TOO_MUCH), weight=1),
)


class Tally:
    """What was asked and what went wrong."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.wrong: list[str] = []

    def add(self, request: Request, status: int | str) -> None:
        """Note an answer."""
        self.asked[request.kind] += 1
        if status not in request.statuses and len(self.wrong) < 100:
            self.wrong.append(f"{request.kind} {request.path[:60]}: {status}")


async def use_server(address: str, clients: int, pause: float) -> Tally:
    """Use a server until standard input ends."""
    tally, ended = Tally(), asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), ended.set)
    draws = [random.Random(SEED + number) for number in range(clients)]
    await asyncio.gather(*(_be_client(address, draw, pause, tally, ended) for draw in draws))
    return tally


async def _be_client(
    address: str, draw: random.Random, pause: float, tally: Tally, ended: asyncio.Event
) -> None:
    weights = [request.weight for request in REQUESTS]
    while not ended.is_set():  # a person comes, asks, and goes
        async with httpx.AsyncClient(base_url=address, timeout=120) as client:
            for request in draw.choices(REQUESTS, weights, k=50):
                if ended.is_set():
                    return
                tally.add(request, await ask(client, request))
                await asyncio.sleep(pause * 2 * draw.random())


async def ask(client: httpx.AsyncClient, request: Request) -> int | str:
    """Make a request and read the answer to its end; return its status, or what went wrong."""
    headers = {"Accept": request.accept}
    try:
        async with asyncio.timeout(request.leave or None):
            if request.sparql:
                answer = await client.post(request.path, data={"query": request.sparql}, headers=headers)
            else:
                answer = await client.get(request.path, headers=headers)
            return answer.status_code
    except TimeoutError:
        return 200
    except httpx.HTTPError as error:
        return repr(error)


def main(arguments: Sequence[str]) -> int:
    """Use the server and print the tally."""
    address, clients, pause = arguments
    tally = asyncio.run(use_server(address, int(clients), float(pause)))
    print(json.dumps({"asked": tally.asked, "wrong": tally.wrong}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
