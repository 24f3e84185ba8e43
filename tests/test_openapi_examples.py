"""The real server against its description: what schemathesis makes up gets the answers that are described."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from graph.endpoint.limits import Limits
from graph.serve import make_app
from tests.effort import THOROUGH, effort
from tests.export_sample import write_sample
from tests.server_visits import serve_app

pytestmark = pytest.mark.promise

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance,unsupported_method,allow_header_conformance,missing_required_header"
)
PROGRAMS = (
    "^/(sparql|graph|rdf-graph-store|complete|editor/|downloads/files|questions/(as-of|search)|id/|compare)"
)
"""What is asked with every change; the thorough run asks everything."""
SILENT = {"NO_COLOR": "1", "PYTHONWARNINGS": "ignore"}
START = "import sys; from schemathesis.cli import schemathesis; sys.argv[0] = 'schemathesis'; schemathesis()"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> object:
    out = tmp_path_factory.mktemp("asked") / "out"
    out.mkdir()
    write_sample(out)
    with serve_app(make_app(out, limits=Limits(workers=2, seconds=60))) as served:
        yield served


def run_schemathesis(address: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    arguments = ["run", f"{address}/openapi.json", "--seed", "1", "--no-shrink", "--warnings", "off"]
    command = [sys.executable, "-c", START, *arguments, "--request-timeout", "100", *options]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **SILENT}, capture_output=True, text=True, check=False
    )


def count_cases(said: str) -> int:
    found = re.search(r"([\d,]+) generated, ([\d,]+) passed", said)
    assert found, said[-3000:]
    assert found[1] == found[2]
    return int(found[1].replace(",", ""))


def test_made_up_requests_get_the_answers_that_are_described(address: str, tmp_path: Path) -> None:
    chosen = [] if THOROUGH else ["--include-path-regex", PROGRAMS, "--exclude-method", "HEAD"]
    phases = "coverage,fuzzing" if THOROUGH else "fuzzing"
    number = str(effort(12, 150))
    ran = run_schemathesis(
        address, tmp_path, "--checks", CHECKS, "--phases", phases, "--max-examples", number, *chosen
    )
    assert ran.returncode == 0, ran.stdout[-5000:] + ran.stderr[-2000:]
    assert count_cases(ran.stdout) >= effort(150, 10_000)


def test_wrong_bodies_are_refused(address: str, tmp_path: Path) -> None:
    """Of an address that is for programs alone; pages pass over what people mistype."""
    options = ["--checks", "negative_data_rejection", "--mode", "negative", "--phases", "fuzzing"]
    ran = run_schemathesis(
        address,
        tmp_path,
        *options,
        "--include-path",
        "/editor/labels",
        "--max-examples",
        str(effort(10, 500)),
    )
    assert ran.returncode == 0, ran.stdout[-5000:] + ran.stderr[-2000:]
    assert count_cases(ran.stdout) >= effort(5, 200)


def test_an_answer_that_is_not_described_is_noticed(tmp_path: Path) -> None:
    """The same checks over a server that says one thing and does another."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse, PlainTextResponse, Response
    from starlette.routing import Route

    def describe(_: Request) -> Response:
        answers = {
            "200": {"description": "a", "content": {"application/json": {"schema": {"type": "array"}}}}
        }
        operation = {"parameters": [{"name": "a", "in": "query", "schema": {"type": "integer"}}]}
        paths = {path: {"get": operation | {"responses": answers}} for path in ("/kind", "/shape", "/status")}
        info = {"title": "a", "version": "1"}
        return JSONResponse({"openapi": "3.1.0", "info": info, "paths": paths})

    routes = [
        Route("/openapi.json", describe),
        Route("/kind", lambda _: PlainTextResponse("a")),
        Route("/shape", lambda _: JSONResponse({})),
        Route("/status", lambda _: JSONResponse([], 418)),
    ]
    with serve_app(Starlette(routes=routes)) as served:
        options = ["--phases", "fuzzing", "--max-examples", "3", "--continue-on-failure"]
        ran = run_schemathesis(served, tmp_path, "--checks", CHECKS, *options)
    assert ran.returncode == 1, ran.stdout
    for fault in ("Undocumented Content-Type", "Response violates schema", "Undocumented status code"):
        assert fault in ran.stdout, ran.stdout[-4000:]
