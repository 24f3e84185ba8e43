"""Who may ask, and what a browser may do with the answer.

On loopback only this machine can ask; the host that a request names is checked, since a page of another
site could have its own name point here (DNS rebinding). Elsewhere a token is needed: once in the address,
then in a cookie that scripts cannot read, or in an ``Authorization: Bearer`` header (RFC 6750).
"""

from __future__ import annotations

import hmac
import re
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "caregraph_token"
PARAMETER = "token"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_HOST = re.compile(r"(\[[^\]]*\]|[^:\[\]]*)(?::\d{0,5})?", re.ASCII)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""No inline script or style, nothing from elsewhere, no frame on another site (CSP level 3)."""
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_RAW_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


class Security:
    """ASGI middleware: checks host and token, and adds the headers to every answer."""

    def __init__(self, app: ASGIApp, *, token: str = "", loopback: bool = True) -> None:
        self.app = app
        self.token = token
        self.loopback = loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                message["headers"].extend(pair for pair in _RAW_HEADERS if pair[0] not in given)
            await send(message)

        answer = self._refuse(scope) or self.app
        await answer(scope, receive, send_with_headers)

    def _refuse(self, scope: Scope) -> ASGIApp | None:
        """Return the answer to who may not ask, or a redirect that takes the token out of the address."""
        if self.loopback and not _names_loopback(Headers(scope=scope).get("host", "")):
            return _problem(
                HTTPStatus.MISDIRECTED_REQUEST,
                "this server answers to localhost only; to open it to others: caregraph serve --host",
            )
        if not self.token:
            return None
        connection = HTTPConnection(scope)
        given = connection.query_params.get(PARAMETER, "")
        if given and hmac.compare_digest(given.encode(), self.token.encode()):
            return _remember(scope, self.token)
        scheme, _, bearer = connection.headers.get("authorization", "").partition(" ")
        known = connection.cookies.get(COOKIE) or (bearer.strip() if scheme.lower() == "bearer" else "")
        if hmac.compare_digest(known.encode(), self.token.encode()):
            return None
        return _problem(
            HTTPStatus.UNAUTHORIZED,
            "a token is needed: open the address that caregraph serve printed, "
            "or send the header Authorization: Bearer TOKEN",
        )


def _names_loopback(host: str) -> bool:
    found = _HOST.fullmatch(host)
    return found is not None and found[1].lower().rstrip(".") in LOOPBACK


def _remember(scope: Scope, token: str) -> ASGIApp:
    """Set the cookie and lead on to the same address without the token, which so stays out of histories."""
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    rest = urlencode([(name, value) for name, value in pairs if name != PARAMETER])
    raw = scope.get("raw_path", b"/").decode("latin-1").lstrip("/")
    response = RedirectResponse(f"/{raw}" + (f"?{rest}" if rest else ""), status_code=303)
    response.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=scope["scheme"] == "https")
    return response


def _problem(status: HTTPStatus, detail: str) -> JSONResponse:
    """Describe a refusal (RFC 9457)."""
    body = {"title": status.phrase, "status": int(status), "detail": detail}
    headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else None
    return JSONResponse(body, int(status), headers, media_type="application/problem+json")
