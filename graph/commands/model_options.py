"""The options that ask a language model for further claims; without them nothing uses the network."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from graph.errors import EndpointError
from graph.terminal import tell

if TYPE_CHECKING:  # would slow down the start of every command
    from graph.extract import FindFurther

Model: TypeAlias = "Callable[[bool], AbstractContextManager[FindFurther | None]]"
"""Opens the model that the options name, for a run that is quiet or not; None when they name none."""

_OPTIONS = (
    click.option(
        "--llm-endpoint",
        metavar="URL",
        help="Also ask a language model for claims, at this OpenAI-compatible endpoint. The text of the "
        "documents is sent there. A key is taken from the variable CAREGRAPH_LLM_KEY.",
    ),
    click.option("--llm-model", metavar="NAME", help="The model's name at the endpoint."),
    click.option(
        "--llm-cache",
        metavar="FOLDER",
        type=click.Path(file_okay=False, path_type=Path),
        help="Where answers are kept, else in the user's cache directory.",
    ),
    click.option(
        "--llm-limit",
        type=click.IntRange(min=0),
        default=1000,
        show_default=True,
        help="Most requests of a run, retries not counted; 0 uses kept answers alone.",
    ),
    click.option(
        "--llm-at-once",
        type=click.IntRange(1, 64),
        default=4,
        show_default=True,
        help="Requests at the same time.",
    ),
    click.option(
        "--llm-timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=60,
        show_default=True,
        metavar="SECONDS",
        help="Time limit of a request.",
    ),
    click.option(
        "--llm-retries",
        type=click.IntRange(0, 20),
        default=3,
        show_default=True,
        help="Tries again, at longer and longer intervals, after 429, an error of the server or silence.",
    ),
)


def model_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a language model to a command, which gets them as one argument ``model``."""

    @wraps(command)
    def with_model(**given: Any) -> Any:
        named = {name: given.pop(name) for name in list(given) if name.startswith("llm_")}
        return command(**given, model=read_model(**named))

    for option in reversed(_OPTIONS):
        with_model = option(with_model)
    return with_model


def read_model(llm_endpoint: str | None, llm_model: str | None, **limits: Any) -> Model:
    """Return what opens the model that the options name.

    Raises:
        EndpointError: only one of endpoint and name is given, or one cannot be right.
    """
    if not (llm_endpoint or llm_model):
        return lambda quiet: nullcontext()
    if not (llm_endpoint and llm_model):
        raise EndpointError(
            "a language model needs both --llm-endpoint URL and --llm-model NAME; give the other one too"
        )
    from graph.llm.extractor import open_model
    from graph.llm.settings import ModelSettings

    settings = ModelSettings(
        llm_endpoint,
        llm_model,
        cache=limits["llm_cache"],
        at_once=limits["llm_at_once"],
        retries=limits["llm_retries"],
        time_limit=limits["llm_timeout"],
        most_requests=limits["llm_limit"],
    )
    return lambda quiet: open_model(settings, tell, quiet=quiet)
