"""Pages from a source over HTTP: one at a time, with patience for what passes and no secrets in what is said.

A source that times out, is busy (429), fails (5xx) or sends half an answer is asked again after 1, 2, 4 … seconds, or
after what it asks for in Retry-After. Redirects are not followed: the key in the address would go along.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from madang_seeds.connectors.answers import Answer, HalfAnswerError, read_answer
from madang_seeds.connectors.errors import BrokenSourceError, NoWebAddressError, StatusError

TIMEOUT_S = 20.0
TRIES = 5
BODY_MOST = 32 * 1024 * 1024
PAGES_MOST = 2_000
LONGEST_PAUSE_S = 60.0
_HEADERS = {"Accept": "application/json", "User-Agent": "Madang"}
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Source:
    """An open API that gives notices in pages. `secret` is its key and is never shown."""

    name: str
    """Short name, as in `k-startup`."""
    address: str
    parameters: Mapping[str, str]
    page_parameter: str
    size_parameter: str
    key_parameter: str
    secret: str = field(repr=False)
    page_size: int = 100

    def __post_init__(self) -> None:
        if not self.address.startswith(("https://", "http://")):
            raise NoWebAddressError(self.name)

    def url(self, page: int) -> str:
        """Return the address of a page, with the key in it."""
        given = {**self.parameters, self.page_parameter: str(page), self.size_parameter: str(self.page_size)}
        mark = "&" if "?" in self.address else "?"
        # Keys come percent-encoded already or not; either way the source must see it once encoded.
        key = self.secret if "%" in self.secret else urlencode({"k": self.secret})[2:]
        return f"{self.address}{mark}{urlencode(given)}&{self.key_parameter}={key}"


@dataclass(slots=True)
class Fetched:
    """What a source gave. Not `complete`: some of it is missing, so what is missing here may still be listed there."""

    items: list[Mapping[str, Any]] = field(default_factory=list)
    complete: bool = False
    pages: int = 0
    retries: int = 0
    fault: str = ""


class _PassingError(Exception):
    """Worth another try, after `wait_s` seconds where the source says so."""

    def __init__(self, why: str, wait_s: float | None = None) -> None:
        super().__init__(why)
        self.wait_s = wait_s


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any, **_more: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


def fetch_all(
    source: Source, key_of: Callable[[Mapping[str, Any]], str], pause: Callable[[float], None] = time.sleep
) -> Fetched:
    """Fetch every page, until the source has told all that it announced.

    A page that does not come after all tries ends the fetching: what came before it is kept, and said to be incomplete.
    Args:   key_of: id of an item; the same item on two pages counts once, its last version stays.
    Raises: ConnectorError: the first page does not come, or the source refuses.
    """
    fetched = Fetched()
    found: dict[str, Mapping[str, Any]] = {}
    for page, answer in _pages(source, fetched, pause):
        for number, item in enumerate(answer.items):
            found[key_of(item) or f"\0{page}/{number}"] = item  # one without an id stays, to be reported
        fetched.pages = page
        wanted = answer.total
        if not answer.items or (wanted is None and len(answer.items) < source.page_size):
            fetched.complete = wanted is None or len(found) >= wanted
        elif wanted is not None and (len(found) >= wanted or page * source.page_size >= wanted):
            fetched.complete = len(found) >= wanted
        else:
            continue
        if not fetched.complete:
            fetched.fault = f"{len(found)} of {wanted} notices came"
        break
    fetched.items = list(found.values())
    return fetched


def _pages(source: Source, fetched: Fetched, pause: Callable[[float], None]) -> Iterator[tuple[int, Answer]]:
    for page in range(1, PAGES_MOST + 1):
        try:
            yield page, _page(source, page, fetched, pause)
        except BrokenSourceError as error:
            if page == 1:
                raise
            fetched.fault = str(error)
            return
    fetched.fault = f"stopped after {PAGES_MOST} pages"


def _page(source: Source, page: int, fetched: Fetched, pause: Callable[[float], None]) -> Answer:
    why = ""
    for attempt in range(TRIES):
        try:
            return read_answer(_body(source.url(page)))
        except _PassingError as error:
            why, wait = str(error), error.wait_s
        except HalfAnswerError as error:
            why, wait = str(error), None
        if attempt + 1 < TRIES:
            fetched.retries += 1
            pause(min(wait if wait is not None else float(2**attempt), LONGEST_PAUSE_S))
    raise BrokenSourceError(page, why, TRIES)


def _body(url: str) -> bytes:
    request = urllib.request.Request(url, headers=_HEADERS)  # noqa: S310 (Source takes web addresses only)
    try:
        with _OPENER.open(request, timeout=TIMEOUT_S) as response:
            body: bytes = response.read(BODY_MOST + 1)
    except urllib.error.HTTPError as error:
        with error:
            status, wait = error.code, error.headers.get("Retry-After", "")
        if status in _PASSING:
            raise _PassingError(f"HTTP status {status}", float(wait) if wait.isdecimal() else None) from None
        raise StatusError(status) from None
    except (TimeoutError, OSError, http.client.HTTPException) as error:
        # The address, with the key in it, may stand in the error: only its kind is passed on.
        reason = getattr(error, "reason", error)
        raise _PassingError(
            "no answer in time" if isinstance(reason, TimeoutError) else type(reason).__name__
        ) from None
    if len(body) > BODY_MOST:
        raise _PassingError("the answer is too long")
    return body
