"""The description of the server for programs (OpenAPI 3.1): every address, what it takes, gives and refuses.

It is made of the routes that there are, of ``operations.py``, and of the named questions and what they ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from graph.parameters import ROWS, Parameter
from graph.questions import Question, list_questions
from graph.vocabulary import STATUSES, VERSION
from graph.workbench.operations import COUNT, DAY, JSON, OPERATIONS, TEXT, Given, Operation
from graph.workbench.rdf import HTML
from graph.workbench.rendering import tag_response

Part = dict[str, Any]
PROBLEM = "application/problem+json"
QUESTION = "/questions/{name}"
_ALWAYS = (401, 408, 414, 421, 431, 503)
"""Statuses with which any address may refuse: no token, another host, a limit of ``graph.endpoint.heads``."""
_READING = ("get", "head")
_PROBLEM_SCHEMA: Part = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "for people"},
        "reason": {"type": "string", "description": "for programs"},
        "line": {"type": "integer", "description": "in the query, from 1"},
        "column": {"type": "integer", "description": "in the query, from 1"},
    },
}
_ABOUT = (
    "Who works with whom in health and social care, with the sentence that says so. The server only reads. "
    "Unknown parameters are passed over; refusals are HTML for browsers and RFC 9457 for programs."
)


def send_openapi(request: Request) -> Response:
    """Send the description."""
    return tag_response(request, JSONResponse(describe_api(request.app.routes, str(request.base_url))))


def describe_api(routes: Iterable[BaseRoute], address: str) -> Part:
    """Describe an application.

    Args:
        routes: of it.
        address: where it is served.
    """
    paths: Part = {}
    for path, methods in list_paths(routes):
        operation = OPERATIONS[path]
        if path == QUESTION:
            for question in list_questions():
                asked = _ask_question(question, operation)
                paths[f"/questions/{question.name}"] = _describe_path(asked, methods, (question.name,))
        else:
            paths[path] = _describe_path(operation, methods, _name(path))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "caregraph",
            "version": VERSION,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0"},
        },
        "servers": [{"url": address.rstrip("/")}],
        "security": [{}, {"bearer": []}, {"cookie": []}],
        "paths": paths,
        "components": {
            "schemas": {"Problem": _PROBLEM_SCHEMA},
            "responses": {str(status): _describe_refusal(status) for status in _list_refusals()},
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "with --host: the token printed",
                },
                "cookie": {"type": "apiKey", "in": "cookie", "name": "caregraph_token"},
            },
        },
    }


def list_paths(routes: Iterable[BaseRoute]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the address of each route, as a key of ``OPERATIONS``, with its methods in small letters."""
    for route in routes:
        if isinstance(route, Mount):
            yield f"{route.path}/{{path}}", _READING
        elif isinstance(route, Route):
            operation = OPERATIONS.get(route.path_format)
            changing = ("post",) if operation and operation.body else ()
            known = {method.lower() for method in route.methods or ()}
            offered = (*_READING, *changing, *(("options",) if "OPTIONS" in (route.methods or ()) else ()))
            yield route.path_format, tuple(method for method in offered if method in known)


def _name(path: str) -> tuple[str, ...]:
    words = path.strip("/").replace("{", "").replace("}", "").replace(".", "/").split("/")
    return (
        (*words, "slash") if path.endswith("/") and path != "/" else tuple(word or "home" for word in words)
    )


def _describe_path(operation: Operation, methods: Iterable[str], name: tuple[str, ...]) -> Part:
    return {method: _describe_method(operation, method, "-".join((*name, method))) for method in methods}


def _describe_method(operation: Operation, method: str, name: str) -> Part:
    if method == "options":
        allow = {"Allow": {"required": True, "schema": TEXT}}
        answers: Part = {"204": {"description": "the methods that there are", "headers": allow}}
        found: Part = {"operationId": name, "summary": "Name the methods", "responses": answers}
        given = [one for one in operation.given if one.place == "path"]
    else:
        found = {
            "operationId": name,
            "summary": operation.about,
            "responses": _describe_answers(operation, method),
        }
        posted = method == "post"
        given = [one for one in operation.given if not (posted and one.name == "query")]
        if posted:
            content = {kind: {"schema": schema} for kind, schema in operation.body.items()}
            found["requestBody"] = {"required": True, "content": content}
    refusals = {str(status): {"$ref": f"#/components/responses/{status}"} for status in _ALWAYS}
    found["responses"] |= refusals
    return found | ({"parameters": [_describe_parameter(one) for one in given]} if given else {})


def _describe_answers(operation: Operation, method: str) -> Part:
    content: Part = {kind: {} for kind in operation.types}
    if operation.schema and JSON in content:
        content[JSON] = {"schema": operation.schema}
    whole: Part = {"description": "the answer"} | ({} if method == "head" else {"content": content})
    answers: Part = {"200": whole}
    if operation.partial:
        answers["206"] = whole | {"description": "the part that was asked for"}
        answers["400"] = {"description": "the part asked for cannot be read"}
        answers["416"] = {"description": "there is no such part"}
    if operation.redirects:
        answers["303"] = {
            "description": "a browser is led to a page",
            "headers": {"Location": {"schema": TEXT}},
        }
    if method != "post":
        answers["304"] = {"description": "the client has it"}
    for status in operation.refusals:
        answers[str(status)] = {"$ref": f"#/components/responses/{status}"}
    return answers


def _describe_parameter(given: Given) -> Part:
    described: Part = {
        "name": given.name,
        "in": given.place,
        "description": given.about,
        "schema": given.schema,
    }
    if given.place == "path":
        described["required"] = True
    if given.schema.get("type") == "array":
        described |= {"style": "form", "explode": True}
    return described


def _describe_refusal(status: int) -> Part:
    schema = {"$ref": "#/components/schemas/Problem"}
    content: Mapping[str, Part] = {PROBLEM: {"schema": schema}, HTML: {}}
    described: Part = {"description": HTTPStatus(status).phrase, "content": content}
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        described["headers"] = {"Allow": {"required": True, "schema": TEXT}}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        described["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return described


def _list_refusals() -> list[int]:
    return sorted({*_ALWAYS, *(status for operation in OPERATIONS.values() for status in operation.refusals)})


def _ask_question(question: Question, operation: Operation) -> Operation:
    """Put a question's own parameters before those of every question's page."""
    own = tuple(Given(one.name, _explain(one), _find_schema(one)) for one in question.parameters)
    return Operation(question.text, (*own, *operation.given), operation.types, operation.refusals)


def _explain(parameter: Parameter) -> str:
    if parameter.default is None:
        return f"{parameter.help}; needed for an answer"
    return f"{parameter.help}; {parameter.default} where it is not given"


def _find_schema(parameter: Parameter) -> Part:
    if parameter.type == ROWS:
        return COUNT
    if parameter.type == "date":
        return DAY
    if parameter.type == "integer":
        return {"type": "integer"}
    if parameter.type == "status":
        return {"type": "string", "enum": ["any", *STATUSES]}
    return TEXT


ROUTES = [Route("/openapi.json", send_openapi)]
