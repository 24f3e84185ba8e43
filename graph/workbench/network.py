"""The interactive network page of the build, as it is sent to stakeholders."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.commit import locate_file
from graph.workbench.site import send_file, site_of

PAGE = "network.html"
NO_POLICY = {"content-security-policy": "frame-ancestors 'self'", "cache-control": "no-cache"}
"""The page brings its own policy, which allows its own script and style by their hashes and nothing else."""


def show_network(request: Request) -> Response:
    """Send the network page."""
    out = site_of(request).out
    if not locate_file(out, PAGE).is_file():
        raise HTTPException(404, "this folder has no network page; build it again with caregraph build")
    return send_file(out, PAGE, media_type="text/html; charset=utf-8", headers=NO_POLICY)


ROUTES = [Route("/network", show_network)]
