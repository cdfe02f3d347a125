"""The template environment of one language: strict, escaping, with the filters that templates use."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from madang_frontend import tables
from madang_frontend.facets import counted, limits, programme_facets
from madang_frontend.facts import facts_of, groups_of, rows_of
from madang_frontend.ledgers import checklist, entry_at
from madang_frontend.letters import mixed
from madang_frontend.links import Links, address
from madang_frontend.maps import map_facts
from madang_frontend.marks import marked
from madang_frontend.matches import (
    answer_address,
    in_order,
    missing_of,
    overview,
    profile_field,
    rows_wanted,
    waiting_besides,
)
from madang_frontend.money import understood, won
from madang_frontend.origins import cited, origins
from madang_frontend.profiles import profile_of
from madang_frontend.rule_forms import inner_place, place_at, rule_fields
from madang_frontend.ruler import ruler
from madang_frontend.searches import search_pairs, search_values, search_words
from madang_frontend.stage import stage_of
from madang_frontend.stage_time import period_of
from madang_frontend.standing import standing
from madang_frontend.terms import TERMS, term
from madang_frontend.timeline import call_steps, next_call
from madang_frontend.times import Times
from madang_frontend.understood import read_sentence
from madang_frontend.windows import window_said
from madang_frontend.wording import Wording, load_wording

ROOT = Path(__file__).parent
_AS_THEY_ARE = (
    map_facts,
    stage_of,
    period_of,
    overview,
    read_sentence,
    missing_of,
    waiting_besides,
    in_order,
    rows_wanted,
    programme_facets,
    counted,
    profile_of,
)
"""Functions that templates call by their own names."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Where built scripts and styles are, by their plain names."""

    names: Mapping[str, str]
    prefix: str = "/static/built/"

    @classmethod
    def read(cls, folder: Path = ROOT / "static" / "built") -> Assets:
        """Read the manifest that `build.mjs` wrote.

        Raises: AssetsMissingError: the assets were not built.
        """
        manifest = folder / "manifest.json"
        if not manifest.exists():
            raise AssetsMissingError(folder)
        return cls(json.loads(manifest.read_text(encoding="utf-8")))

    def address(self, name: str) -> str:
        """Return the address of `madang.css` under its hashed name; an unknown name is an error of the template."""
        return self.prefix + self.names[name]


class AssetsMissingError(FileNotFoundError):
    """`static/built` has no manifest."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} has no manifest.json; run `npm ci --ignore-scripts && node build.mjs` beside it.")


def environment(
    language: str, assets: Assets, clock: Callable[[], datetime] = lambda: datetime.now(UTC), zone: str = "Asia/Seoul"
) -> Environment:
    """Return the environment for pages in one language.

    Args:
        language: "ko" or "en".
        assets: built scripts and styles.
        clock: gives the present instant, with zone.
        zone: the zone that times are shown in.
    """
    wording, links, times = load_wording(language), Links(language), Times(language, clock, zone)
    made = Environment(
        loader=FileSystemLoader(ROOT),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(
        _=wording.say,
        ngettext=wording.count,
        link=links.to,
        other_language=links.other,
        asset=assets.address,
        icon=lambda name: _icon(assets, name),
        language=language,
        words=lambda group: [(value, term(value, group, wording)) for value in TERMS[group]],
        new_key=lambda: secrets.token_urlsafe(16),
        done_words=TERMS["done"],
        demo_views=TERMS["demo view"],
        facts_of=facts_of,
        rows_of=rows_of,
        groups_of=groups_of,
        window_said=lambda judged, call: window_said(judged, call, wording, times),
        answer_address=answer_address,
        here=lambda page, **changes: address(page.path, page.with_values(**changes)),
        profile_field=profile_field,
        standing=standing,
        ruler=lambda edges: ruler(edges, clock().astimezone(ZoneInfo(zone)).date()),
        next_call=next_call,
        call_steps=lambda call: call_steps(call, clock(), zone),
        entry_at=entry_at,
        inner_place=inner_place,
        place_at=place_at,
        rule_fields=rule_fields,
        checklist=lambda kinds, held, until: checklist(kinds, held, clock().astimezone(ZoneInfo(zone)).date(), until),
        is_past=lambda day: day < clock().astimezone(ZoneInfo(zone)).date().isoformat(),
    )
    made.globals.update(_of_lists(wording))
    made.globals.update({each.__name__: each for each in _AS_THEY_ARE})
    made.filters.update(_filters(language, wording, times))
    return made


def _of_lists(wording: Wording) -> dict[str, Callable[..., object]]:
    """What lists as files, and searches of calls, are made with."""
    return {
        "line": tables.line,
        "table_cut": partial(tables.cut, wording),
        "table_broken": partial(tables.broken, wording),
        "search_values": search_values,
        "search_query": lambda query: urlencode(search_pairs(query)),
        "search_words": lambda values, places, ours=(): search_words(values, places, wording, ours),
        "limits": lambda counts, typed: limits(counts, typed, wording.language),
    }


def _icon(assets: Assets, name: str) -> Markup:
    """A Lucide icon of the sprite, hidden from voices: a word stands beside it. `build.mjs` reads the names out of the
    templates, so they are written there as they are."""
    drawn = (
        '<svg class="icon" width="18" height="18" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
    )
    return Markup(drawn).format(assets.address("icons.svg"), name)  # noqa: S704 - both are ours, and escaped


def _filters(language: str, wording: Wording, times: Times) -> dict[str, Callable[..., object]]:
    said: dict[str, Callable[[str], str]] = {
        "won": lambda text: understood(text, language),
        "day": times.understood,
        "moment": times.understood_moment,
    }
    return {
        "won": lambda amount: won(amount, language),
        "understood": lambda text, kind: said[kind](text),
        "typed": times.typed,
        "number": lambda value: f"{value:,}",
        "moment": times.moment,
        "clock": times.clock_time,
        "day": times.day,
        "date": times.date,
        "stamp": times.stamp,
        "ago": times.ago,
        "term": lambda value, group: term(value, group, wording),
        "josa": wording.josa,
        "cited": lambda note: cited(note, language),
        "origins": lambda text: origins(text, wording, times.date),
        "mixed": lambda text: mixed(text, language),
        "marked": lambda text, words: marked(text, words, language),
        "percent": lambda share: f"{share * 100:.0f}%",
        "json": _script_json,
    }


def _script_json(value: object) -> Markup:
    """JSON that may stand inside `<script type="application/json">`: no tag can end or begin in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704
