"""Renders a page in the request's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, Template
from jinja2_fragments import render_block
from madang_frontend import LANGUAGES, Assets, environment
from madang_frontend.links import split_language
from starlette.requests import Request
from starlette.responses import HTMLResponse

from madang_server.pages.facts import FormState, PageFacts
from madang_server.pages.ports import Clock, DemoPeople, Forgery

# A page shows what one viewer may see; the answer of a partial update is not the page.
_HEADERS = {"Cache-Control": "private, no-cache", "Vary": "Cookie, HX-Request, HX-Target"}


@dataclass(frozen=True, slots=True)
class Renderer:
    """One template environment per language."""

    environments: Mapping[str, Environment]
    demo_people: DemoPeople
    """The demo accounts, {id, name, role} each; empty outside demo mode."""
    forgery: Forgery

    @classmethod
    def create(cls, clock: Clock, zone: str, demo_people: DemoPeople, forgery: Forgery) -> Renderer:
        """Read the built assets and prepare both languages."""
        assets = Assets.read()
        return cls({each: environment(each, assets, clock, zone) for each in LANGUAGES}, demo_people, forgery)

    def page(
        self,
        request: Request,
        template: str,
        answer: Mapping[str, object],
        *,
        path: str = "",
        form: FormState | None = None,
        notices: tuple[str, ...] = (),
        status: int = 200,
        wait_s: int = 0,
    ) -> HTMLResponse:
        """Return the page, or the one block of it that htmx asks for by its id.

        Args:    path: address of the page without language, where it is not that of the request.
        """
        language, asked = split_language(request.url.path)
        found = self.environments[language].get_template(template)
        block = _asked_block(request, found)
        facts = self._facts(request, path or asked, form or FormState(), notices, part=bool(block), wait_s=wait_s)
        context = {
            **answer,
            "page": facts,
            "demo_people": self.demo_people(),
        }
        made_in = self.environments[language]
        html = render_block(made_in, template, block, context) if block else found.render(context)
        return HTMLResponse(html, status, _HEADERS)

    def _facts(
        self, request: Request, path: str, form: FormState, notices: tuple[str, ...], *, part: bool, wait_s: int
    ) -> PageFacts:
        viewer = request.state.viewer
        query: dict[str, list[str]] = {}
        for name, value in request.query_params.multi_items():
            query.setdefault(name, []).append(value)
        return PageFacts(
            path=path,
            query=query,
            # Masked once for each answer: a page of many forms would carry as many tokens that do not compress.
            csrf=cache(lambda: self.forgery.form_token(request, viewer)),
            nonce=request.state.csp_nonce,
            form=form,
            notices=notices,
            signed_in=viewer.signed_in,
            part=part,
            wait_s=wait_s,
            origin=self.forgery.origin,
        )


def _asked_block(request: Request, template: Template) -> str:
    target = request.headers.get("hx-target", "")
    return target if request.headers.get("hx-request") == "true" and target in template.blocks else ""
