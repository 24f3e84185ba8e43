"""Which endpoints, names and keys are taken; a secret is never repeated."""

from __future__ import annotations

import pytest

from graph.errors import EndpointError
from graph.llm.settings import KEY_VARIABLE, ModelSettings, read_key


@pytest.mark.parametrize(
    "endpoint", ["http://localhost:8000/v1", "https://models.example/v1/", "http://[::1]:11434/v1"]
)
def test_address_is_taken(endpoint: str) -> None:
    assert ModelSettings(endpoint, "small").endpoint == endpoint


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "localhost:8000",
        "ftp://a/v1",
        "file:///etc",
        "http://",
        "http://a:port/v1",
        "http://[",
        "http://a/\n",
    ],
)
def test_what_is_no_address_is_refused(endpoint: str) -> None:
    with pytest.raises(EndpointError, match="is no endpoint; write its address"):
        ModelSettings(endpoint, "small")


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://me:hush@models.example/v1",
        "https://hush@models.example/v1",
        "https://a/v1?key=hush",
        "http://[hush@",
    ],
)
def test_secret_in_an_address_is_refused_and_not_repeated(endpoint: str) -> None:
    with pytest.raises(EndpointError, match=KEY_VARIABLE) as refused:
        ModelSettings(endpoint, "small")
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize("model", ["", " ", "two\nlines", "bell\u0007"])
def test_model_needs_a_name_in_one_line(model: str) -> None:
    with pytest.raises(EndpointError, match="name in one line"):
        ModelSettings("http://localhost/v1", model)


def test_key_comes_from_its_own_variable_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "of another service")
    assert read_key() == ""
    monkeypatch.setenv(KEY_VARIABLE, " hush\n")
    assert read_key() == "hush"


@pytest.mark.parametrize("key", ["hush\nhush", "hüsh", "hush\u0007x"])
def test_key_that_cannot_be_sent_is_not_repeated(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, key)
    with pytest.raises(EndpointError, match=KEY_VARIABLE) as refused:
        read_key()
    assert "sh" not in str(refused.value).replace(KEY_VARIABLE, "")
