"""Table files: the list of a page, with its filters and its policy, as CSV that spreadsheets open right."""

from __future__ import annotations

import asyncio
import html
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import structlog
from graphql import GraphQLSchema
from jinja2_fragments import render_block
from madang_frontend.links import split_language
from madang_frontend.tables import lines
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from madang_server.pages.reading import Reader, broken, found_at, is_of_address, to_sign_in
from madang_server.pages.rows import PageRow
from madang_server.pages.table_documents import PAGE, TableDocument, table_document

log = structlog.get_logger("madang.pages")

MOST_ROWS = 10_000
ENDING = ".csv"
_PATIENCE, _PAUSE_S = 8, 0.5
"""Tries for a page of the list that failed: the file has begun, and whoever waits for it would have to begin anew."""
_MARK = "\ufeff"
"""Excel reads a file as UTF-8 only when it begins so."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The values of the address, for lists that the template filters and orders."""

    request: Request

    def chosen(self, name: str) -> Sequence[str]:
        return self.request.query_params.getlist(name)

    def value(self, name: str) -> str:
        return self.request.query_params.get(name, "")


@dataclass(frozen=True, slots=True)
class Tables:
    """Serves the table file of every page that has a template of columns beside it."""

    reader: Reader
    documents: Mapping[str, TableDocument]
    zone: str

    @classmethod
    def create(cls, reader: Reader, schema: GraphQLSchema, zone: str) -> Tables:
        """Make the document of each table file once."""
        documents = {name: table_document(p.document, schema) for name, p in reader.pages.items() if p.table}
        return cls(reader, documents, zone)

    async def read(self, request: Request, row: PageRow) -> Response:
        """Answer with the file. The first page of the list decides whether there is one.

        Raises: HTTPException: 404 when the page's root object is missing or hidden, 400 for a filter not understood.
        """
        if row.login and not request.state.viewer.signed_in:
            return to_sign_in(request, request.url.path.removesuffix(ENDING))
        variables, notices = self.reader.asked(request, row)
        if notices:
            raise HTTPException(400)
        answer = await self._execute(request, row, variables, None)
        if answer.errors and is_of_address(answer):
            raise HTTPException(400)
        if answer.errors:
            return broken(request, answer)
        # What stands beside the list is not read for the file, so a root there says nothing.
        if row.root.partition(".")[0] in (answer.data or {}) and found_at(answer.data, row.root) is None:
            raise HTTPException(404)
        file_name = html.unescape(self._block(request, row, "name", answer.data or {})).strip()
        return StreamingResponse(
            self._lines(request, row, variables, answer.data or {}),
            media_type="text/csv; charset=utf-8; header=present",
            headers={"Content-Disposition": self._disposition(file_name, row), "Cache-Control": "private, no-store"},
        )

    async def _lines(
        self, request: Request, row: PageRow, variables: Mapping[str, object], data: Mapping[str, Any]
    ) -> AsyncIterator[bytes]:
        document, rows = self.documents[row.page], 0
        yield (_MARK + lines(self._block(request, row, "head", data))).encode()
        while True:
            yield lines(self._block(request, row, "rows", data)).encode()
            rows += PAGE
            after = document.after(data)
            if after is None:
                return
            if rows >= MOST_ROWS:
                yield self._said(request, "table_cut").encode()
                return
            answer = await self._execute(request, row, variables, after)
            for _ in range(_PATIENCE if answer.errors else 0):
                await asyncio.sleep(_PAUSE_S)
                answer = await self._execute(request, row, variables, after)
                if not answer.errors:
                    break
            if answer.errors:
                # The file has begun: its last row says that it is not whole.
                log.warning("table file broke off", page=row.page, rows=rows)
                yield self._said(request, "table_broken").encode()
                return
            data = answer.data or {}

    async def _execute(self, request: Request, row: PageRow, variables: Mapping[str, object], after: str | None) -> Any:
        language, _ = split_language(request.url.path)
        document = self.documents[row.page]
        viewer = request.state.viewer.with_language(language)
        return await self.reader.execute(document.document, document.given(variables, after), viewer)

    def _block(self, request: Request, row: PageRow, block: str, data: Mapping[str, Any]) -> str:
        language, _ = split_language(request.url.path)
        template = self.reader.pages[row.page].table
        origin = self.reader.renderer.forgery.origin
        context = {**data, "origin": origin, "page": _Asked(request)}
        return render_block(self.reader.renderer.environments[language], template, block, context)

    def _said(self, request: Request, name: str) -> str:
        language, _ = split_language(request.url.path)
        return lines(self.reader.renderer.environments[language].globals[name](MOST_ROWS))

    def _disposition(self, name: str, row: PageRow) -> str:
        day = self.reader.clock().astimezone(ZoneInfo(self.zone)).date().isoformat()
        plain = f"madang-{row.page.replace('/', '-')}-{day}{ENDING}"
        return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(f'{name} {day}{ENDING}')}"
