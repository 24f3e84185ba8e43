"""Who may ask, and which headers every answer has."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from graph.serve import Access, make_app
from graph.workbench.security import COOKIE, POLICY
from tests.workbench_site import TRUST

TOKEN = "a-token-for-the-test"


@pytest.fixture(scope="module")
def guarded(hostile_built: Path) -> TestClient:
    app = make_app(hostile_built, access=Access(loopback=False, token=TOKEN))
    return TestClient(app, base_url="http://graph.example.org", follow_redirects=False)


@pytest.mark.parametrize(
    "path", ["/", "/static/workbench.css", "/none", TRUST, "/sparql?query=ASK%7B%7D", "/complete?q=a"]
)
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"


def test_policy_allows_no_inline_script_and_nothing_from_elsewhere() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "default-src 'none'" in POLICY
    assert "frame-ancestors 'self'" in POLICY


@pytest.mark.parametrize(
    "path", ["/", "/ontology", "/editor", "/statistics", "/id/collective/primary-care-trusts"]
)
def test_pages_need_no_inline_script_or_style(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    for start in page.split("<script")[1:]:
        assert start.lstrip().startswith(
            ('src="/static/', 'type="application/json"', 'type="module" src="/static/')
        ), start[:80]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8420", "[::1]:80", "LOCALHOST", "localhost."])
def test_loopback_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "", "[::1", "0.0.0.0"]
)
def test_other_hosts_are_refused_on_loopback(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"
    assert "caregraph serve --host" in answer.json()["detail"]


def test_without_the_token_nothing_is_answered(guarded: TestClient) -> None:
    for path in ("/", "/static/workbench.css", "/sparql", "/none", "/?token=wrong", f"/?token={TOKEN}x"):
        answer = guarded.get(path)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert "content-security-policy" in answer.headers
    for header in ("Bearer wrong", f"Basic {TOKEN}", "Bearer", TOKEN, "Bearer ü"):
        assert guarded.get("/", headers={b"authorization": header.encode()}).status_code == 401


def test_program_gives_the_token_in_a_header(guarded: TestClient) -> None:
    assert guarded.get("/", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert guarded.get("/", headers={"authorization": f"bearer  {TOKEN}"}).status_code == 200


def test_browser_gives_the_token_once(guarded: TestClient) -> None:
    answer = guarded.get(f"/id/organisation/hub?token={TOKEN}&status=asserted&q=a%26b")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/id/organisation/hub?status=asserted&q=a%26b"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    guarded.cookies.set(COOKIE, TOKEN)
    assert guarded.get("/").status_code == 200
    guarded.cookies.clear()
    assert guarded.get("/", headers={"cookie": f"{COOKIE}=wrong"}).status_code == 401


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "///evil.example"])
def test_token_leads_nowhere_else(guarded: TestClient, path: str) -> None:
    answer = guarded.get(f"http://graph.example.org{path}?token={TOKEN}")
    location = answer.headers.get("location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://localhost:8888", True),
        ("http://127.0.0.1", True),
        ("https://[::1]:1", True),
        ("https://evil.example", False),
        ("http://localhost.evil.example", False),
        ("null", False),
    ],
)
def test_pages_of_other_local_servers_may_ask_where_that_is_wanted(
    hostile_built: Path, hostile_client: TestClient, origin: str, allowed: bool
) -> None:
    opened = TestClient(make_app(hostile_built, access=Access(cors=True)), base_url="http://localhost")
    assert (
        opened.get("/", headers={"origin": origin}).headers.get("access-control-allow-origin") == origin
    ) == allowed
    assert "access-control-allow-origin" not in hostile_client.get("/", headers={"origin": origin}).headers
