"""GraphQL over HTTP: one address, POST with JSON, GET for queries only."""

from __future__ import annotations

from typing import Any

import orjson
from madang_graph.viewer import Viewer
from madang_server.api.execute import Answer, Api, NotByGetError
from starlette.requests import Request
from starlette.responses import Response

MOST_BYTES = 256 * 1024
_JSON = "application/json"
_GRAPHQL = "application/graphql-response+json"


class RefusedError(Exception):
    """A request that is no GraphQL request; carries the HTTP status and a code."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


async def answer_request(api: Api, request: Request, viewer: Viewer, address: str) -> Response:
    """Answer one HTTP request to the API. Never raises for what a client may send."""
    try:
        asked = _from_query(request) if request.method == "GET" else _from_body(await _body(request))
        answer = await api.execute(
            asked["query"],
            asked["variables"],
            viewer,
            asked["operationName"],
            address=address,
            queries_only=request.method == "GET",
        )
    except RefusedError as error:
        return _refusal(error.status, error.code, str(error))
    except NotByGetError:
        refusal = _refusal(405, "METHOD_NOT_ALLOWED", "Send mutations by POST.")
        refusal.headers["allow"] = "POST"
        return refusal
    return _response(request, answer)


def _response(request: Request, answer: Answer) -> Response:
    """A request error is 200 for plain JSON, as the HTTP specification says, and its own status for the GraphQL type;
    an unavailable service is 503 for both."""
    plain = _GRAPHQL not in request.headers.get("accept", "")
    status = 200 if plain and answer.status < 500 else answer.status
    response = Response(answer.json(), status, media_type=_JSON if plain else _GRAPHQL)
    for cookie in answer.cookies:
        cookie.put_on(response)
    return response


def _refusal(status: int, code: str, message: str) -> Response:
    body = {"errors": [{"message": message, "extensions": {"code": code}}]}
    return Response(orjson.dumps(body), status, media_type=_JSON)


async def _body(request: Request) -> bytes:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != _JSON:
        raise RefusedError(415, "UNSUPPORTED_MEDIA_TYPE", f"Send the query as {_JSON}.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise RefusedError(413, "BODY_TOO_LARGE", f"The body is larger than {MOST_BYTES // 1024} KiB.")
    return bytes(body)


def _from_body(body: bytes) -> dict[str, Any]:
    try:
        parsed = orjson.loads(body)
    except ValueError:
        raise RefusedError(400, "BAD_REQUEST", "The body is not JSON.") from None
    return _checked(parsed)


def _from_query(request: Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if given.get(name):
            try:
                given[name] = orjson.loads(given[name])
            except ValueError:
                raise RefusedError(400, "BAD_REQUEST", f"`{name}` is not JSON.") from None
    return _checked(given)


def _checked(parsed: Any) -> dict[str, Any]:
    if not isinstance(parsed, dict):
        raise RefusedError(400, "BAD_REQUEST", 'Send one JSON object, as in {"query": "{ viewer { name } }"}.')
    query, variables, name = parsed.get("query"), parsed.get("variables") or {}, parsed.get("operationName") or None
    if not isinstance(query, str) or not query:
        raise RefusedError(400, "BAD_REQUEST", "`query` is missing, or is not text.")
    if not isinstance(variables, dict):
        raise RefusedError(400, "BAD_REQUEST", "`variables` must be an object.")
    if name is not None and not isinstance(name, str):
        raise RefusedError(400, "BAD_REQUEST", "`operationName` must be text.")
    return {"query": query, "variables": variables, "operationName": name}
