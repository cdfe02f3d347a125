"""Looking for partners by a sentence: what is understood, and that taking a part of it away changes the finding."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from madang_graph.client import Graph
from madang_graph.reading.compiler import Compiler
from madang_graph.reading.cursors import CursorSigner
from madang_graph.subjects import ENTITIES
from madang_graph.subjects.roots import LEAVES, MANYS, ONES
from madang_graph.viewer import Viewer
from madang_matching.partners.suggestions import default_partner_weights, start_of
from madang_server.api.execute import Api
from madang_server.api.functions import Sentences, read_functions
from madang_server.api.schema import build_schema

from tests.server.builders import NOBODY, NOW, make_yard


class WordsOnly:
    """An encoder without a model: every sentence is unlike every other."""

    def encode(self, texts: Sequence[str]) -> Any:
        return np.zeros((len(texts), 512), np.float32)


async def make_api(graph: Graph, *, fresh: bool = True) -> Api:
    """org_a works with AI and offers it, org_b with the internet of things; org_else offers something of its own."""
    await make_yard(graph)
    await graph.write("""
MATCH (a:Organisation {id: 'org_a'}), (b:Organisation {id: 'org_b'}), (e:Organisation {id: 'org_else'})
MATCH (ai:Technology {id: 'tec_ai'}), (iot:Technology {id: 'tec_iot'})
CREATE (a)-[:USES]->(ai), (a)-[:OFFERS]->(:Offer {id: 'off_a', text: '인공지능 검사'})-[:ABOUT]->(ai)
CREATE (b)-[:OFFERS]->(:Offer {id: 'off_b', text: '사물인터넷 감지기'})-[:ABOUT]->(iot)
CREATE (e)-[:OFFERS]->(:Offer {id: 'off_e', text: '창고'})
""")
    sentences = Sentences(WordsOnly())
    if fresh:
        await sentences.refresh(graph)
    compiler = Compiler(ENTITIES, ONES, MANYS, read_functions(sentences), CursorSigner(b"test"), LEAVES)
    return Api(graph, build_schema(), compiler, lambda: NOW, lambda *_: None)


DOCUMENT = """query ($text: String!, $without: [ID!], $organisation: ID) {
  namedTechnologies(text: $text) { edges { phrases { words start end } node { id } } }
  partnerSearch(text: $text, without: $without, organisation: $organisation) {
    totalCount edges { score reasons { weight } node { id } } } }"""
SENTENCE = "인공지능으로 검사하고 사물인터넷으로 모읍니다. 인공지능이 먼저입니다."


async def ask(api: Api, text: str, viewer: Viewer = NOBODY, **variables: Any) -> dict[str, Any]:
    answer = await api.execute(DOCUMENT, {"text": text, **variables}, viewer)
    assert answer.data is not None, answer.errors
    return answer.data


def found(read: dict[str, Any]) -> dict[str, float]:
    return {edge["node"]["id"]: edge["score"] for edge in read["partnerSearch"]["edges"]}


async def test_each_technology_is_named_once_with_every_place(graph: Graph) -> None:
    read = await ask(await make_api(graph), SENTENCE)
    named = {edge["node"]["id"]: edge["phrases"] for edge in read["namedTechnologies"]["edges"]}
    assert list(named) == ["tec_ai", "tec_iot"]
    assert [phrase["words"] for phrase in named["tec_ai"]] == ["인공지능", "인공지능"]
    for phrases in named.values():
        for phrase in phrases:
            assert SENTENCE[phrase["start"] : phrase["end"]] == phrase["words"]


async def test_who_offers_nothing_of_what_is_asked_is_no_hit(graph: Graph) -> None:
    api = await make_api(graph)
    assert set(found(await ask(api, SENTENCE))) == {"org_a", "org_b"}
    read = await ask(api, "아무 기술도 없는 문장")
    assert read["namedTechnologies"]["edges"] == []
    assert read["partnerSearch"] == {"totalCount": 0, "edges": []}


async def test_what_the_sentence_does_not_mean_counts_no_longer(graph: Graph) -> None:
    api = await make_api(graph)
    both, one = found(await ask(api, SENTENCE)), found(await ask(api, SENTENCE, without=["tec_ai", "tec_none"]))
    assert set(one) == {"org_b"}
    assert one["org_b"] > both["org_b"]


async def test_weights_of_the_reasons_add_up_to_the_chance(graph: Graph) -> None:
    for edge in (await ask(await make_api(graph), SENTENCE))["partnerSearch"]["edges"]:
        start = start_of(default_partner_weights())
        log_odds = math.log(edge["score"] / (1 - edge["score"]))
        assert log_odds == pytest.approx(start + sum(reason["weight"] for reason in edge["reasons"]), abs=1e-6)
        assert len(edge["reasons"]) >= 2


async def test_only_who_acts_for_an_organisation_searches_with_its_profile(graph: Graph) -> None:
    """What org_b has counts for its own people; to others the sentence alone speaks."""
    api = await make_api(graph)
    await graph.write("MATCH (o:Organisation) SET o.kind = CASE o.id WHEN 'org_b' THEN 'startup' ELSE 'sme' END")
    alone = found(await ask(api, SENTENCE))["org_a"]
    assert found(await ask(api, SENTENCE, organisation="org_b"))["org_a"] == alone
    member = Viewer("per_b", ("org_b",))
    assert found(await ask(api, SENTENCE, member, organisation="org_b")).keys() == {"org_a"}
    assert found(await ask(api, SENTENCE, member, organisation="org_b"))["org_a"] > alone
    assert found(await ask(api, SENTENCE, member, organisation="org_else"))["org_a"] == alone


async def test_nobody_is_found_before_the_first_refresh(graph: Graph) -> None:
    api = await make_api(graph, fresh=False)
    assert found(await ask(api, SENTENCE)) == {}
