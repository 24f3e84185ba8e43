"""A server that plays a language model, on this machine and as badly behaved as a test wants."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from unittest.mock import patch

KEY = "a-key-that-nobody-may-see"
TEXT = (
    "Minutes of the joint meeting\n\n"
    "Fennick Council mends the roof of\nLowmoor Care Trust. The rain got in again in May.\n\n"
    "Ann Tarrick, clerk of Fennick Council, took the minutes.\n"
)
QUOTE = "Fennick Council mends the roof of Lowmoor Care Trust"
SENTENCE = "Fennick Council mends the roof of\nLowmoor Care Trust."


@dataclass(frozen=True)
class Reply:
    """What the server sends for one request: how long after it came, and with how long a pause midway."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    pause: float = 0.0


def say(content: object) -> Reply:
    """Return a well-formed chat completion with this content."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    completion = {"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
    return Reply(body=json.dumps(completion).encode())


def claim(**changes: Any) -> dict[str, Any]:
    """Return a claim that the text bears out, with some of its parts changed."""
    sound = {"subject": 1, "predicate": "worksWith", "object": 2, "status": "asserted", "role": ""}
    return {**sound, "quote": QUOTE, **changes}


def claims(*items: object) -> Reply:
    """Return an answer in the shape that was asked for."""
    return say(json.dumps({"claims": list(items)}))


class FakeModel(ThreadingHTTPServer):
    """Answers each request by the next reply, or by a function of what is asked; keeps what it was sent."""

    daemon_threads = True

    def __init__(self, replies: Sequence[Reply] | Callable[[dict[str, Any]], Reply]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = replies
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.times: list[float] = []
        self.at_once = self.most_at_once = 0
        self.lock = Lock()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that close the connection: some tests want that."""


class _Handler(BaseHTTPRequestHandler):
    server: FakeModel

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            number = len(self.server.asked)
            self.server.asked.append(asked)
            self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.server.times.append(time.monotonic())
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.at_once, self.server.most_at_once)
        replies = self.server.replies
        reply = replies(asked) if callable(replies) else replies[min(number, len(replies) - 1)]
        time.sleep(reply.delay)
        with self.server.lock:
            self.server.at_once -= 1
        self.send(reply)

    def send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        half = len(reply.body) // 2
        self.wfile.write(reply.body[:half])
        time.sleep(reply.pause)
        self.wfile.write(reply.body[half:])

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def play_model(replies: Sequence[Reply] | Callable[[dict[str, Any]], Reply]) -> Iterator[FakeModel]:
    """Run a fake model while a test lasts."""
    direct = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    with patch.dict(os.environ, direct), FakeModel(replies) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
