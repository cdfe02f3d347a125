"""Which model makes the lists, what is told of it, and what opting out of profiling takes away."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from madang_server.matches.model import serving_models, shelf_of
from madang_server.matches.run import fit, match_all, refresh_organisation
from madang_server.matches.spreading import partner_model
from madang_server.matches.state import Matcher
from madang_server.wiring import Services

from tests.server.yard import YARD, StubEncoder, rows_of, shown


@pytest.fixture
def models_folder(services: Services) -> Iterator[Path]:
    """The folder of models, empty before and after."""
    folder = shelf_of(services.settings).folder
    shutil.rmtree(folder, ignore_errors=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below the folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


MODEL = """
MATCH (m:MatchingModel) RETURN m.version, m.basic, m.basic_reason, m.data_date, m.card IS NULL
"""


async def test_the_first_run_fits_a_model_and_later_ones_use_it(
    services: Services, encoder: StubEncoder, models_folder: Path
) -> None:
    await services.graph.write(YARD)
    first = await match_all(services)
    serving = serving_models(services.settings)
    assert (first.model, first.basic, serving.problem) == (serving.version, False, None)
    assert await rows_of(services.graph, MODEL) == [[first.model, False, None, "2026-03-02", False]]
    before = contents(models_folder)
    second = await match_all(services)
    assert second.model == first.model
    assert contents(models_folder) == before
    models = await rows_of(services.graph, "MATCH (o:Organisation) RETURN DISTINCT o.lists_model")
    assert models == [[first.model]]


async def test_fitting_twice_on_the_same_data_writes_the_same_bytes(
    services: Services, encoder: StubEncoder, models_folder: Path
) -> None:
    await services.graph.write(YARD)
    matcher = Matcher(services.graph, services.encoder, services.clock)
    written = []
    for _ in range(2):
        shutil.rmtree(models_folder, ignore_errors=True)
        await fit(services, await matcher.all(), seed=3)
        written.append(contents(models_folder))
    assert written[0] == written[1]
    assert len(written[0]) == 3


async def test_a_damaged_model_gives_basic_matching_until_it_is_fitted_anew(
    services: Services, encoder: StubEncoder, models_folder: Path
) -> None:
    await services.graph.write(YARD)
    first = await match_all(services)
    path = models_folder / first.model / "model.json"
    path.write_text(path.read_text("utf-8")[:-20], "utf-8")
    matcher = Matcher(services.graph, services.encoder, services.clock)
    assert await refresh_organisation(services, matcher, "org_01")
    versions, calls, partners = await shown(services.graph, "org_01")
    assert calls
    assert partners
    assert all(version.startswith("basic-") for version in versions)
    assert await rows_of(services.graph, MODEL) == [["", True, "model", None, True]]
    assert (await match_all(services)).basic
    after = await match_all(services, mend=True)
    assert (after.model, after.basic) == (first.model, False)
    assert await rows_of(services.graph, MODEL) == [[first.model, False, None, "2026-03-02", False]]


async def test_who_opts_out_of_profiling_keeps_no_vectors_no_scores_and_no_place_on_any_list(
    services: Services, encoder: StubEncoder
) -> None:
    graph = services.graph
    await graph.write(YARD)
    await match_all(services)
    await graph.write("""
MATCH (o:Organisation {id: 'org_00'}), (x:Organisation {id: 'org_01'})
SET o.profiling = false
CREATE (o)-[:JUDGED]->(:Judgement {id: 'jdg_a', verdict: 'useful', score: 0.5, rank: 1, contributions: '[]'})
  -[:JUDGES]->(x)
CREATE (x)-[:JUDGED]->(:Judgement {id: 'jdg_b', verdict: 'useful', score: 0.5, rank: 1, contributions: '[]'})
  -[:JUDGES]->(o)
""")
    assert [1] in await rows_of(graph, "MATCH (x)-[:SUGGESTED]->(:Organisation {id: 'org_00'}) RETURN sign(count(x))")
    others = (await shown(graph, "org_01"))[2]
    matcher = Matcher(graph, services.encoder, services.clock)
    assert await refresh_organisation(services, matcher, "org_00")
    _, calls, partners = await shown(graph, "org_00")
    assert calls
    assert partners == []
    kept = await rows_of(
        graph,
        "MATCH (o:Organisation {id: 'org_00'})-[:OFFERS]->(f) "
        "RETURN o.text_vector IS NULL, o.text_vector_key, f.text_vector IS NULL, f.text_vector_key",
    )
    assert kept == [[True, None, True, None]]
    assert await rows_of(graph, "MATCH (x)-[:SUGGESTED]->(:Organisation {id: 'org_00'}) RETURN x.id") == []
    assert (await shown(graph, "org_01"))[2] == [other for other in others if other != "org_00"]
    judged = await rows_of(graph, "MATCH (j:Judgement) RETURN j.verdict, j.score, j.rank, j.contributions")
    assert judged == [["useful", None, None, None]] * 2
    reasons = await rows_of(graph, "MATCH (:Organisation {id: 'org_00'})-[r:FITS]->() RETURN r.reasons")
    kinds = {reason["kind"] for (text,) in reasons for reason in json.loads(text) if reason["weight"]}
    assert kinds <= {"rules", "place", "industry", "timing"}
    state = await matcher.current()
    row = state.profiles.rows["org_00"]
    assert not state.profiles.vectors[row].any()
    assert not state.profiles.uses[row].nnz
    assert not state.profiles.wording[row].nnz
    await match_all(services)
    assert await rows_of(graph, "MATCH (x)-[:SUGGESTED]->(:Organisation {id: 'org_00'}) RETURN x.id") == []
    assert await rows_of(graph, "MATCH (o:Organisation {id: 'org_00'}) RETURN o.text_vector") == [[None]]


async def test_the_price_of_who_opts_out_is_in_no_list_and_not_in_what_a_fit_stores(
    services: Services, encoder: StubEncoder, models_folder: Path
) -> None:
    await services.graph.write(YARD)
    matcher = Matcher(services.graph, services.encoder, services.clock)
    state = await matcher.all()
    serving = await fit(services, state)
    assert serving.models.partners.prices
    name = min(serving.models.partners.prices)
    assert name in partner_model(state, serving).prices
    # Between the read of a fit and its end.
    await services.graph.write("MATCH (o:Organisation {id: $id}) SET o.profiling = false", {"id": name})
    assert name not in (await fit(services, state)).models.partners.prices
    later = await matcher.all()
    assert set(partner_model(later, serving).prices) == set(serving.models.partners.prices) - {name}
