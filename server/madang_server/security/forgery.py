"""Is this request made by our own page? Origin checks for all writes, tokens for forms, JSON only for the API."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from urllib.parse import urlsplit

from madang_graph.viewer import Viewer
from starlette.requests import HTTPConnection

from madang_server.security.cookies import form_cookie, form_name, is_secure, read_cookie
from madang_server.security.errors import ContentTypeError, CrossSiteError, StaleFormError

FIELD = "csrf"
"""Name of the hidden field in every form."""


class Forgery:
    """Checks requests that change something. Made in wiring; one for all processes of the same secret and origin."""

    def __init__(self, secret: bytes, origin: str) -> None:
        self._secret = hmac.digest(secret, b"madang forms", "sha256")
        self._origin = origin

    @property
    def origin(self) -> str:
        """Scheme, host and port that our own pages have."""
        return self._origin

    def form_token(self, connection: HTTPConnection, viewer: Viewer) -> str:
        """Return what a form puts into its hidden field: the session's token, or one bound to a cookie set now.

        It is masked anew each time: pages are compressed, and what never repeats cannot be guessed from their length.
        """
        if viewer.csrf:
            return masked(viewer.csrf)
        secure = is_secure(self._origin)
        value = getattr(connection.state, "form_cookie", None) or read_cookie(connection, form_name(secure))
        if value is None:
            value = secrets.token_urlsafe(16)
            connection.state.form_cookie = value
            connection.state.cookies.append(form_cookie(value, secure))
        return masked(self._signed(value))

    def check_form(self, connection: HTTPConnection, viewer: Viewer, form: Mapping[str, object]) -> None:
        """Raise CrossSiteError or StaleFormError unless the form was made by us for this browser."""
        self.check_origin(connection)
        given = form.get(FIELD)
        expected = viewer.csrf
        if expected is None:
            value = read_cookie(connection, form_name(is_secure(self._origin)))
            expected = self._signed(value) if value else None
        if expected is None or not isinstance(given, str) or not _same(unmasked(given), expected):
            raise StaleFormError

    def check_api(self, connection: HTTPConnection, viewer: Viewer) -> None:
        """Check a POST to the API. Raises CrossSiteError or ContentTypeError.

        A bearer token is never sent by a browser on its own; with it nothing else is asked for.
        """
        if viewer.signed_in and viewer.session_hash is None:
            return
        self.check_origin(connection)
        content_type = connection.headers.get("content-type", "").split(";")[0].strip().lower()
        # Other types than JSON can be sent across sites without the browser asking us first.
        if content_type not in {"application/json", "application/graphql-response+json"}:
            raise ContentTypeError

    def check_origin(self, connection: HTTPConnection) -> None:
        """Raise CrossSiteError if the browser says that another site is behind this. Programs say nothing."""
        site = connection.headers.get("sec-fetch-site")
        if site is not None:
            if site not in {"same-origin", "none"}:
                raise CrossSiteError
            return
        origin = connection.headers.get("origin")
        if origin is not None and not self._is_ours(origin, connection):
            raise CrossSiteError

    def _is_ours(self, origin: str, connection: HTTPConnection) -> bool:
        if origin == self._origin:
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return parts.scheme == connection.scope.get("scheme") and parts.netloc == connection.headers.get("host")

    def _signed(self, value: str) -> str:
        return hmac.new(self._secret, value.encode("latin-1", "replace"), hashlib.sha256).hexdigest()


def masked(token: str) -> str:
    """Return the token under a random mask of its own length, with the mask before it."""
    plain = token.encode()
    mask = secrets.token_bytes(len(plain))
    return urlsafe_b64encode(mask + _mixed(plain, mask)).decode()


def unmasked(text: str) -> str:
    """Return the token in a masked one; empty for what is none."""
    try:
        both = urlsafe_b64decode(text.encode())
        return _mixed(both[len(both) // 2 :], both[: len(both) // 2]).decode() if len(both) % 2 == 0 else ""
    except (ValueError, UnicodeError):
        return ""


def _mixed(text: bytes, mask: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(text, mask, strict=True))


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode("utf-8"))
