"""A document that tells a model what to claim, and servers that answer with orders, get nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from pyoxigraph import Literal, RdfFormat, parse

from graph.cli import run_command
from graph.llm.settings import KEY_VARIABLE
from graph.vocabulary import CG
from graph.write import write_nquads
from tests.effort import effort
from tests.fake_model import KEY, QUOTE, SENTENCE, TEXT, FakeModel, Reply, claim, claims, play_model, say
from tests.injected_site import FRONT, keep_sound, list_payloads
from tests.network_store import make_store
from tests.test_promise_injection_terminal import ORDERS, find_orders, run_in_terminal

pytestmark = pytest.mark.promise

Relations = list[dict[str, Any]]

FALSE = "Lowmoor Care Trust was abolished by Fennick Council"
OBEDIENT: Relations = [
    claim(quote=FALSE, predicate="directs"),
    claim(quote=f"{QUOTE} {FALSE}"),
    claim(quote="", predicate="funds"),
    claim(quote="Fennick Council", predicate="funds"),
    claim(subject=2, object=99),
    claim(subject="Fennick Council", object="https://evil.example/"),
    claim(predicate="https://evil.example/owns"),
    claim(predicate="worksWith> <urn:evil> <urn:x"),
    claim(status="asserted\n"),
    claim(status=ORDERS),
    {
        **claim(predicate="directs", quote=FALSE),
        "found_by": "frames",
        "confidence": 1.0,
        "evidence": [[0, 9]],
    },
]
"""What a model would answer that does what the document tells it to."""


def name_model(model: FakeModel, folder: Path) -> list[str]:
    """Return the options that name a model, whose answers are kept in a folder."""
    options = {"endpoint": model.endpoint, "model": "small", "cache": str(folder / "kept")}
    return [word for name, value in options.items() for word in (f"--llm-{name}", value)]


def extract(folder: Path, text: str, reply: Reply, *, name: str = "note.txt") -> tuple[Relations, Relations]:
    """Extract a document by the command, with a model; return its relations, and what was asked."""
    (folder / name).write_text(text, encoding="utf-8")
    with play_model([reply]) as model:
        named = name_model(model, folder)
        assert run_command(["extract", str(folder / name), "-o", str(folder / "found"), *named]) == 0
        asked = model.asked
    return json.loads((folder / "found").read_text("utf-8"))["relations"], asked


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)


def test_what_a_document_tells_a_model_is_claimed_only_where_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    orders = "\n\n".join(map(keep_sound, list_payloads("prompt", "markup", "template", "loader")))
    text = f"{TEXT}\n{orders}\n"
    plain, _ = extract(tmp_path, text, claims())
    text += "\nThe end.\n"  # else the answer that was kept would do
    found, asked = extract(tmp_path, text, claims(*OBEDIENT, claim(), claim(role=f"<script>{ORDERS}")))
    added = [relation for relation in found if relation["found_by"] == "llm small"]
    assert [relation for relation in found if relation not in added] == plain
    for relation in added:
        assert (relation["predicate"], relation["role"]) == ("worksWith", "")
        assert relation["quotes"] == [SENTENCE]
    assert len(added) == 1
    assert KEY not in json.dumps([found, asked])
    assert find_orders(capsys.readouterr().err) == set()


def test_a_document_changes_nothing_but_the_passage_that_a_model_is_shown(tmp_path: Path) -> None:
    _, (plain, *_) = extract(tmp_path, TEXT, claims())
    payload = "\n".join(map(keep_sound, list_payloads("prompt")))
    _, (asked, *_) = extract(tmp_path, f"{TEXT}\n{payload}\n", claims())
    system, user = asked["messages"]
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert system == plain["messages"][0]
    assert {**asked, "messages": []} == {**plain, "messages": []}
    assert "Ignore all previous" in user["content"]


def test_the_title_of_a_document_is_shown_to_no_model(tmp_path: Path) -> None:
    shown: list[list[Any]] = []
    for title in ("Notes", *list_payloads("prompt", "terminal", "line")[:8]):
        folder = tmp_path / str(len(shown))
        folder.mkdir()
        front = "".join(f"{key}: {json.dumps(keep_sound(title))}\n" for key in FRONT)
        name = f"{keep_sound(title)[:40].replace('/', '')}.md"
        _, asked = extract(folder, f"---\n{front}---\n{TEXT}", claims(), name=name)
        shown.append([request["messages"] for request in asked])
    assert shown == [shown[0]] * len(shown)
    assert SENTENCE.split("\n")[0] in shown[0][0][1]["content"]


def test_the_title_of_a_post_is_words_of_the_document_and_no_more(tmp_path: Path) -> None:
    payloads = list_payloads("prompt", "markup", "terminal", "template")
    titles = [keep_sound(payload) for payload in payloads[:: effort(3, 1)]]
    texts = [f"Ann Tarrick is {title} (a post) at Fennick Council in May." for title in titles]
    (tmp_path / "notes").mkdir()
    for number, text in enumerate(texts):
        (tmp_path / "notes" / f"{number}.txt").write_text(text, encoding="utf-8")
    with play_model(name_posts) as model:
        built = ["build", str(tmp_path / "notes"), "-o", str(tmp_path / "out"), "--workers", "1", "-q"]
        assert run_command([*built, *name_model(model, tmp_path)]) == 0
    roles = [
        quad.object.value
        for quad in parse(path=tmp_path / "out" / "graph.nq", format=RdfFormat.N_QUADS)
        if quad.predicate.value == CG + "role" and isinstance(quad.object, Literal)
    ]
    said = [" ".join(text.split()) for text in texts]
    assert not [role for role in roles if not any(role in text for text in said)]
    assert "<script>window.hacked=1</script>" in roles
    shown = run_in_terminal("query", str(tmp_path / "out"), "SELECT ?role { ?claim cg:role ?role }")
    assert "<script>" in shown
    assert find_orders(shown) == set()
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.html")]
    assert len(pages) == 2
    assert not [title for title in titles if "<" in title and any(title in page for page in pages)]


def name_posts(asked: dict[str, Any]) -> Reply:
    """Answer with the title of a post as the passage has it, and with some that it has not."""
    content = asked["messages"][1]["content"]
    title = content.partition("Ann Tarrick is ")[2].partition(" (a post)")[0]
    numbers = {name: int(number) for number, name in re.findall(r"(?m)^(\d+)\. (.+?) \[", content)}
    body = max((number for name, number in numbers.items() if "Fennick" in name), default=0)
    post = claim(
        predicate="postHolderAt",
        subject=numbers.get("Ann Tarrick", 0),
        object=body,
        quote=content.partition("<<<\n")[2].partition("\n>>>")[0],
    )
    invented = (ORDERS, f"{title} {ORDERS}", f"<b>{title}</b>", "<img src=x onerror=alert(1)>", "king")
    return claims(*({**post, "role": role} for role in (title, *invented)))


@pytest.mark.parametrize(
    "reply",
    [
        say(ORDERS),
        say(json.dumps({"claims": ORDERS})),
        Reply(body=ORDERS.encode()),
        Reply(status=401, body=ORDERS.encode()),
        Reply(status=302, headers={"Location": "http://127.0.0.1:1/\x1b]0;owned"}),
        Reply(status=404, body=b"<script>owned</script>", headers={"Content-Type": "text/html"}),
    ],
)
def test_what_a_server_of_models_answers_gives_no_order(
    tmp_path: Path, reply: Reply, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _ = extract(tmp_path, TEXT, reply)
    assert not any(relation["found_by"] == "llm small" for relation in found)
    said = capsys.readouterr().err
    assert "owned" not in said
    assert find_orders(said) == set()


@contextmanager
def serve_reply(reply: Reply) -> Iterator[str]:
    """Answer whatever is asked with the same; give the address."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(reply.status)
            for name, value in {**reply.headers, "Content-Length": str(len(reply.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - as the library has it

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=409, body=ORDERS.encode(), headers={"Content-Type": "text/plain; charset=utf-8"}),
        Reply(status=403, body=json.dumps({"error": ORDERS}).encode(), headers={"Content-Type": "text/json"}),
        Reply(status=403, body=ORDERS.encode(), headers={"Content-Type": "application/json"}),
        Reply(status=301, headers={"Location": "//evil.example/\x1b]0;owned"}),
        Reply(body=ORDERS.encode(), headers={"Content-Type": "text/turtle"}),
    ],
)
def test_what_a_server_of_graphs_answers_gives_no_order(
    tmp_path: Path, reply: Reply, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tenacity.nap.time.sleep", lambda _: None)
    write_nquads(list(make_store()), tmp_path / "graph.nq")
    with serve_reply(reply) as address:
        options = ["--endpoint", address, "--graph-store", address]
        assert run_command(["publish", str(tmp_path), *options]) != 0
    said = capsys.readouterr().err
    assert address in said
    assert ("owned" in said) == (reply.headers.get("Content-Type", "") != "text/turtle")
    assert find_orders(said) == set()
