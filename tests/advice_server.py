"""A service of vulnerabilities on this machine: it answers as OSV and npm do, about what a test plants."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

OSV_RECORD = {
    "id": "PYSEC-0000-1",
    "aliases": ["CVE-0000-1"],
    "summary": "planted",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "jinja2"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99"}]}],
        }
    ],
}
NPM_RECORD = {
    "id": 1,
    "url": "https://example.org/GHSA-planted",
    "title": "planted",
    "severity": "high",
    "vulnerable_versions": "<99",
    "cwe": [],
    "cvss": {"score": 0, "vectorString": None},
}


class Advice(BaseHTTPRequestHandler):
    """Answers OSV's ``/v1/query`` and npm's bulk advisories."""

    planted: frozenset[str] = frozenset()
    asked: list[str]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        answer = self.advise(json.loads(body))
        text = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self) -> None:
        """Know no package itself: npm asks for what is vulnerable, for a minute after a 5xx."""
        self.send_error(404)

    def advise(self, question: dict[str, Any]) -> dict[str, Any]:
        if "package" in question:
            name = question["package"]["name"]
            self.asked.append(name)
            return {"vulns": [OSV_RECORD]} if name in self.planted else {}
        self.asked.extend(f"{name} {version}" for name, versions in question.items() for version in versions)
        return {name: [NPM_RECORD] for name in question if name in self.planted}

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def serve_advice(*planted: str) -> Iterator[tuple[str, list[str]]]:
    """Serve advice that names some packages as vulnerable; give the address and what is asked of it."""
    asked: list[str] = []
    handler = type("Planted", (Advice,), {"planted": frozenset(planted), "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
