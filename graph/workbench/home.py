"""The first page: search."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.workbench.rendering import render


def show_home(request: Request) -> Response:
    """Show the search box, and what was found."""
    return render(request, "home.html.j2")


ROUTES = [Route("/", show_home)]
