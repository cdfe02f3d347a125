"""A server on this machine that answers as the open APIs do, with their errors."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Item = dict[str, Any]
Reply = tuple[int, bytes, Mapping[str, str]]
Give = Callable[[Mapping[str, str], int], Reply]
"""From the query and the number of the request to what is answered."""


@dataclass
class Served:
    """A running server and what it was asked."""

    address: str
    asked: list[Mapping[str, str]] = field(default_factory=list)


@contextmanager
def serving(give: Give) -> Iterator[Served]:
    """Answer requests until the block ends."""
    served = Served("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            served.asked.append(query)
            status, body, headers = give(query, len(served.asked))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    served.address = f"http://127.0.0.1:{server.server_port}/api"
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def json_reply(value: object, status: int = 200) -> Reply:
    return status, json.dumps(value, ensure_ascii=False).encode(), {"Content-Type": "application/json;charset=UTF-8"}


def k_startup_page(items: Sequence[Item], query: Mapping[str, str], total: int | None = None) -> Reply:
    """The page that was asked for, in the envelope of K-Startup."""
    size, page = int(query["perPage"]), int(query["page"])
    shown = items[(page - 1) * size : page * size]
    count = len(items) if total is None else total
    head = {"currentCount": len(shown), "matchCount": count, "page": page, "perPage": size, "totalCount": count}
    return json_reply({**head, "data": shown})


def bizinfo_page(items: Sequence[Item], query: Mapping[str, str]) -> Reply:
    """The page that was asked for, in the envelope of Bizinfo; without items, its code for no data."""
    size, page = int(query["pageUnit"]), int(query["pageIndex"])
    shown = [{**item, "totCnt": len(items)} for item in items[(page - 1) * size : page * size]]
    if not shown:
        return json_reply({"response": {"header": {"resultCode": "03", "resultMsg": "NODATA_ERROR"}}})
    return json_reply({"jsonArray": shown})


NO_KEY = (
    b"<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>"
    b"<returnAuthMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</returnAuthMsg>"
    b"<returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"
)
