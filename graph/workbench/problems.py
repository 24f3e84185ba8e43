"""What a browser sees when something is wrong: a page that says what, where and what next."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph.errors import CaregraphError, QueryError
from graph.workbench.rendering import render
from graph.workbench.security import HEADERS


def show_http_problem(request: Request, error: Exception) -> Response:
    """Show an error of HTTP, such as a page that there is not."""
    if not isinstance(error, HTTPException):
        raise error
    phrase = HTTPStatus(error.status_code).phrase
    plain = error.detail == phrase
    words = (
        f"There is nothing at {request.url.path} here."
        if plain and error.status_code == 404
        else error.detail
    )
    response = _describe(request, error.status_code, words)
    response.headers.update(error.headers or {})
    return response


def show_problem(request: Request, error: Exception) -> Response:
    """Show what caregraph itself refuses: a name that names nothing, a graph that cannot be read."""
    if not isinstance(error, CaregraphError):
        raise error
    status = HTTPStatus.NOT_FOUND if isinstance(error, QueryError) else HTTPStatus.INTERNAL_SERVER_ERROR
    return _describe(request, status, str(error))


def show_failure(request: Request, error: Exception) -> Response:
    """Show that the server itself failed: what nobody has foreseen stands in its log, not on the page.

    The answer leaves outside of ``Security``, so it takes the headers along.
    """
    words = f"The server itself made a mistake ({type(error).__name__}); where it was started stands which."
    response = _describe(request, HTTPStatus.INTERNAL_SERVER_ERROR, words)
    response.headers.update(HEADERS)
    return response


def _describe(request: Request, status: int, detail: str) -> Response:
    """Answer with a page to a browser, and with a problem (RFC 9457) to a program."""
    heading = HTTPStatus(status).phrase
    if "text/html" in request.headers.get("accept", "text/html"):
        return render(request, "problem.html.j2", status=status, heading=heading, detail=detail)
    body = {"title": heading, "status": int(status), "detail": detail}
    return JSONResponse(body, status, media_type="application/problem+json")
