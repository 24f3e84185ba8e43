"""The client against a server that misbehaves: what is tried again, what is given up, what is never sent."""

from __future__ import annotations

import gzip
import json
import socket
from typing import Any

import pytest

from graph.errors import EndpointError
from graph.llm.answers import LimitReachedError, NoAnswerError
from graph.llm.client import LONGEST_ANSWER, ChatClient
from graph.llm.settings import ModelSettings
from tests.fake_model import KEY, Reply, play_model, say

ANSWER = '{"claims": []}'
SOON = {"retry-after-ms": "1"}


def ask(endpoint: str, *, key: str = KEY, **limits: Any) -> str:
    settings = ModelSettings(endpoint, "small", **{"retries": 2, "time_limit": 10, **limits})
    client = ChatClient(settings, key)
    try:
        return client.ask("rules", "a passage")
    finally:
        client.close()


def test_request_says_what_is_asked_and_how_to_answer() -> None:
    with play_model([say(ANSWER)]) as model:
        assert ask(model.endpoint) == ANSWER
    (asked,), (headers,) = model.asked, model.headers
    assert asked["model"] == "small"
    assert [message["content"] for message in asked["messages"]] == ["rules", "a passage"]
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert headers["authorization"] == f"Bearer {KEY}"


def test_no_secret_of_another_service_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere.example/v1")
    with play_model([say(ANSWER)]) as model:
        assert ask(model.endpoint, key="") == ANSWER
    (headers,) = model.headers
    assert "authorization" not in headers
    assert "elsewhere" not in json.dumps(headers)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_busy_or_failing_server_is_asked_again(status: int) -> None:
    with play_model([Reply(status, headers=SOON), Reply(status, headers=SOON), say(ANSWER)]) as model:
        assert ask(model.endpoint) == ANSWER
    assert len(model.asked) == 3


def test_server_says_when_to_come_back() -> None:
    with play_model([Reply(429, headers={"Retry-After": "1"}), say(ANSWER)]) as model:
        assert ask(model.endpoint) == ANSWER
    first, second = model.times
    assert 1 <= second - first < 5


@pytest.mark.parametrize(
    ("forms", "status"), [(["json_schema", "json_object"], 400), (["json_schema", "json_object", None], 422)]
)
def test_server_without_schemas_is_asked_in_another_way(forms: list[str | None], status: int) -> None:
    refusals = [Reply(status, b'{"error": {"message": "response_format"}}')] * (len(forms) - 1)
    with play_model([*refusals, say(ANSWER)]) as model:
        client = ChatClient(ModelSettings(model.endpoint, "small"), KEY)
        assert [client.ask("rules", "one"), client.ask("rules", "two")] == [ANSWER, ANSWER]
        client.close()
    assert [asked.get("response_format", {}).get("type") for asked in model.asked] == [*forms, forms[-1]]
    assert client.requests == len(forms) + 1


@pytest.mark.parametrize(
    ("reply", "reason", "lasting"),
    [
        (Reply(500, headers=SOON), "the endpoint failed (status 500)", False),
        (Reply(429, headers=SOON), "allows no more requests now (status 429)", False),
        (Reply(400), "does not take the request", False),
        (Reply(401, f'{{"error": {{"message": "wrong: {KEY}"}}}}'.encode()), "wants another key", True),
        (Reply(403), "wants another key (status 403)", True),
        (Reply(404, b"<h1>Not found</h1>"), "no such address or model (status 404)", True),
        (Reply(body=b"<html>A portal that wants you to log in</html>"), "no chat completion", False),
        (Reply(body=b""), "no chat completion", False),
        (Reply(body=b"{}"), "no chat completion", False),
        (Reply(body=b'{"choices": []}'), "no chat completion", False),
        (Reply(body=b'{"choices": [{"message": "hello"}]}'), "no chat completion", False),
        (Reply(body=b'{"choices": {"0": 1}}'), "no chat completion", False),
        (Reply(body=b"\xff\xfe\xfd"), "no chat completion", False),
        (Reply(body=b"[" * 200_000), "no chat completion", False),
        (say(None), "no chat completion", False),
        (say(["text", "parts"]), "no chat completion", False),
        (say("x" * LONGEST_ANSWER), "longer than 1,000,000 bytes", False),
        (Reply(500, b"x" * (LONGEST_ANSWER + 1)), "longer than 1,000,000 bytes", False),
        (
            Reply(body=gzip.compress(b"x" * 10**7, mtime=0), headers={"Content-Encoding": "gzip"}),
            "the answer is compressed, which was not asked for",
            False,
        ),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_is_no_answer_has_a_reason(reply: Reply, reason: str, lasting: bool) -> None:
    with play_model([reply]) as model, pytest.raises(NoAnswerError) as failed:
        ask(model.endpoint)
    assert reason in str(failed.value)
    assert failed.value.lasting is lasting
    assert KEY not in str(failed.value)


def test_redirect_is_not_followed() -> None:
    """The text goes to the endpoint that was named, and the key too."""
    with play_model([say(ANSWER)]) as other:
        redirect = Reply(307, headers={"Location": f"{other.endpoint}/chat/completions"})
        with play_model([redirect]) as model, pytest.raises(NoAnswerError, match="sends on to another"):
            ask(model.endpoint)
    assert other.asked == []


@pytest.mark.parametrize("slow", [Reply(delay=1.5), Reply(body=b" " * 100, pause=1.5)])
def test_slow_server_is_given_up(slow: Reply) -> None:
    with play_model([slow]) as model:
        with pytest.raises(NoAnswerError, match=r"no answer within 0\.3 seconds"):
            ask(model.endpoint, retries=1, time_limit=0.3)
        assert len(model.asked) == 2


def test_nobody_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
    with pytest.raises(NoAnswerError, match="cannot be reached"):
        ask(endpoint, retries=1)


@pytest.mark.parametrize("endpoint", ["http://\u2603.invalid/v1", "http://a..b/v1", f"http://{'a' * 300}/v1"])
def test_address_that_cannot_be_used(endpoint: str) -> None:
    with pytest.raises((EndpointError, NoAnswerError), match=r"cannot be (?:used|reached)"):
        ask(endpoint, retries=0)


def test_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "nonsense://x")
    with pytest.raises(EndpointError, match="a proxy in the environment, cannot be used"):
        ask("http://localhost:1/v1")


def test_limit_counts_every_request_but_retries() -> None:
    with play_model([Reply(503, headers=SOON), say(ANSWER)]) as model:
        client = ChatClient(ModelSettings(model.endpoint, "small", most_requests=2), KEY)
        assert [client.ask("rules", "one"), client.ask("rules", "two")] == [ANSWER, ANSWER]
        with pytest.raises(LimitReachedError):
            client.ask("rules", "three")
        client.close()
    assert len(model.asked) == 3


def test_key_is_in_no_text_of_the_client() -> None:
    client = ChatClient(ModelSettings("http://localhost:1/v1", "small"), KEY)
    assert KEY not in repr(client) + str(client) + repr(client.settings)
    client.close()
