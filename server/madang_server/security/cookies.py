"""The two cookies: the session of a signed-in browser, and the proof that an anonymous form is ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection
from starlette.responses import Response

SESSION_DAYS = 30
_SESSION = "madang"
_SESSION_PLAIN = "madang_session"
_FORM = "madang_form"


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie to set. `max_age_s` 0 deletes it; None lasts until the browser is closed."""

    name: str
    value: str = field(repr=False)
    max_age_s: int | None
    secure: bool

    def header(self) -> tuple[bytes, bytes]:
        """Return the `Set-Cookie` header."""
        parts = [f"{self.name}={self.value}", "Path=/", "HttpOnly", "SameSite=Lax"]
        if self.max_age_s is not None:
            parts.append(f"Max-Age={self.max_age_s}")
        if self.secure:
            parts.append("Secure")
        return b"set-cookie", "; ".join(parts).encode("latin-1")

    def put_on(self, response: Response) -> None:
        """Set the cookie with this answer."""
        response.raw_headers.append(self.header())


def is_secure(origin: str) -> bool:
    """Whether people reach this server by https. The setting decides, not the request: behind a proxy that ends TLS,
    every request comes by http, and a cookie must have one name in all parts."""
    return origin.startswith("https://")


def session_name(secure: bool) -> str:
    """`__Host-` binds the cookie to this host and to https; browsers refuse the prefix on plain http."""
    return f"__Host-{_SESSION}" if secure else _SESSION_PLAIN


def form_name(secure: bool) -> str:
    return f"__Host-{_FORM}" if secure else _FORM


def session_cookie(session_id: str, secure: bool) -> Cookie:
    """Return the cookie that keeps a browser signed in for 30 days."""
    return Cookie(session_name(secure), session_id, SESSION_DAYS * 86_400, secure)


def no_session_cookie(secure: bool) -> Cookie:
    """Return the cookie that takes the session away from the browser."""
    return Cookie(session_name(secure), "", 0, secure)


def form_cookie(value: str, secure: bool) -> Cookie:
    """Return the cookie that an anonymous form is checked against."""
    return Cookie(form_name(secure), value, None, secure)


def read_cookie(connection: HTTPConnection, name: str) -> str | None:
    """Return the value of a cookie, or None. Overlong values are none of ours."""
    value = connection.cookies.get(name)
    return value if value and len(value) <= 128 else None


def headers_of(cookies: Sequence[Cookie], given: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return one `Set-Cookie` header each. A later cookie of the same name wins, and one that the answer has set itself
    (`given`, its headers): a stale session must not be cleared by the answer that opens a fresh one."""
    set_already = {value.split(b"=", 1)[0].decode("latin-1") for name, value in given if name.lower() == b"set-cookie"}
    latest = {cookie.name: cookie for cookie in cookies}
    return [cookie.header() for name, cookie in latest.items() if name not in set_already]
