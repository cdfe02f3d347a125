"""The page that tells how matching works: what state it is in, what it uses and never uses, who sees the card."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
import pytest_asyncio
from madang_graph.client import Graph, GraphAddress
from madang_matching import records
from madang_server.matches.measuring import not_measured
from madang_server.matches.model import Serving
from madang_server.matches.model_note import note_serving
from madang_server.matches.models import Learnt, Metric, Models, default_models
from starlette.applications import Starlette

from tests.server.builders import Clock, make_yard
from tests.server.test_pages import finding, get
from tests.server.web import browser, open_app

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DOCUMENT = """
{ matchingModel { id version dataDate basic basicReason seed partnerPairs card
  features { subject name weight ko: title(language: KO) en: title(language: EN) text }
  metrics { subject name value low high cases ko: text(language: KO) en: text(language: EN) } } }
"""


@pytest_asyncio.fixture(loop_scope="session")
async def app(neo4j_address: GraphAddress, valkey_url: str, graph: Graph) -> AsyncIterator[Starlette]:
    await make_yard(graph)
    async with open_app(neo4j_address, valkey_url, Clock()) as opened:
        yield opened


def learnt(cases: int = 210) -> Models:
    defaults = default_models()
    metrics = (Metric("partners", "ndcg", 0.25, 0.2, 0.3, 80), Metric("partners", "recall", 0.401, 0.3, 0.5, 80))
    return replace(
        defaults,
        partners=replace(defaults.partners, weights=replace(defaults.partners.weights, cases=cases)),
        data_date="2026-03-01",
        learnt=Learnt(410, 77, 3, 9),
        metrics=(*metrics, *not_measured("programmes")),
    )


async def both(client: httpx.AsyncClient) -> tuple[httpx.Response, httpx.Response]:
    return await get(client, "/about/matching"), await get(client, "/en/about/matching")


def words(response: httpx.Response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


async def test_before_the_first_run_the_page_says_so(app: Starlette) -> None:
    async with browser(app) as client:
        korean, english = await both(client)
    assert finding(korean) == "아직 매칭을 하지 않았습니다"
    assert finding(english) == "Matching has not run yet"
    assert "no learnt model serves" in words(english)


async def test_a_learnt_model_tells_its_figures_in_plain_words(app: Starlette, graph: Graph) -> None:
    await note_serving(graph, Serving(learnt(), learnt().version), encoder_broken=False, now=NOW)
    async with browser(app) as client:
        korean, english = await both(client)
    assert finding(korean) == "매칭은 공동 과제 77건에서 배웠습니다"
    assert finding(english) == "Matching has learnt from 77 joint projects"
    assert "0.25 (0.20–0.30)" in words(english)
    assert "40% (30%–50%)" in words(korean)
    assert "not measured" in words(english)
    assert "측정하지 않음" in words(korean)
    assert learnt().version in words(korean)
    assert "Our needs and their offers" in words(english)
    assert "no age, sex, nationality" in words(english)
    assert "나이, 성별, 국적" in words(korean)
    assert "Model card" not in words(english)


@pytest.mark.parametrize(("problem", "encoder_broken"), [("model.json was cut", False), (None, True)])
async def test_basic_matching_is_said_with_what_it_means(
    app: Starlette, graph: Graph, problem: str | None, encoder_broken: bool
) -> None:
    serving = Serving(default_models(), "", problem) if problem else Serving(learnt(), learnt().version)
    await note_serving(graph, serving, encoder_broken=encoder_broken, now=NOW)
    async with browser(app) as client:
        korean, english = await both(client)
    assert finding(korean) == "지금은 기본 매칭입니다"
    assert finding(english) == "Matching is basic at the moment"
    reason = "missing or damaged" if problem else "meaning of texts cannot be used"
    assert reason in words(english)
    assert problem is None or problem not in english.text


async def test_too_little_history_is_not_called_learnt(app: Starlette, graph: Graph) -> None:
    await note_serving(graph, Serving(learnt(0), learnt(0).version), encoder_broken=False, now=NOW)
    async with browser(app) as client:
        korean, english = await both(client)
    assert finding(korean) == "매칭은 사람이 정한 무게를 따릅니다"
    assert "too little history" in words(english)


async def test_the_note_is_written_when_something_changed_and_only_then(graph: Graph) -> None:
    serving = Serving(learnt(), learnt().version)
    assert await note_serving(graph, serving, encoder_broken=False, now=NOW)
    assert not await note_serving(graph, serving, encoder_broken=False, now=NOW)
    assert await note_serving(graph, serving, encoder_broken=True, now=NOW)
    assert await note_serving(graph, serving, encoder_broken=False, now=NOW)
    assert await graph.read("MATCH (m:MatchingModel) RETURN count(m)", timeout_s=30) == [[1]]


async def test_the_api_tells_the_model_in_both_languages_and_keeps_the_card(app: Starlette, graph: Graph) -> None:
    await note_serving(graph, Serving(learnt(), learnt().version), encoder_broken=False, now=NOW)
    async with browser(app) as client:
        answer = await client.post("/graphql", json={"query": DOCUMENT})
    told = json.loads(answer.text)["data"]["matchingModel"]
    assert (told["version"], told["dataDate"], told["basic"], told["partnerPairs"]) == (
        learnt().version, "2026-03-01", False, 210,
    )  # fmt: skip
    assert told["card"] is None
    first = told["features"][0]
    assert (first["subject"], first["name"]) == ("PARTNERS", "need_answered")
    assert (first["ko"], first["en"]) == ("우리 필요와 상대의 제공", "Our needs and their offers")
    for subject in ("PARTNERS", "PROGRAMMES"):
        weights = [each["weight"] for each in told["features"] if each["subject"] == subject]
        assert weights == sorted(weights, reverse=True)
        assert weights[-1] > 0
    assert [each["value"] for each in told["metrics"]][:3] == [0.25, 0.401, None]
    assert all(each["ko"] != each["en"] for each in told["metrics"])


READ_OF_ORGANISATIONS = {
    "id", "kind", "name_ko", "name_en", "summary_ko", "summary_en", "founded_on", "employees", "revenue_won",
    "industry_code", "stage", "trl", "maturity", "region_codes", "location", "country", "city", "technologies",
    "needs", "offers", "certificates", "profiling", "vector", "facts", "value_sources",
}  # fmt: skip
PEOPLE = ("person", "people", "user", "email", "age", "birth", "sex", "gender", "nation", "ethnic", "religio", "health")


def test_the_matching_reads_nothing_of_people_and_nothing_that_the_page_leaves_out() -> None:
    """A field more to read is a sentence more on the page: `pages/models/show.html`, "What it uses"."""
    assert {field.name for field in dataclasses.fields(records.Organisation)} == READ_OF_ORGANISATIONS
    kept = (records.Organisation, records.Call, records.Project, records.Membership, records.Judgement, records.Text)
    names = {word for kind in kept for field in dataclasses.fields(kind) for word in field.name.split("_")}
    assert {name for name in names if name.startswith(PEOPLE)} == set()
