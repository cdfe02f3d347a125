"""What search engines are told: which pages they may read, and where each is in both languages."""

from __future__ import annotations

import re

from madang_graph.client import Graph, GraphAddress
from redis.asyncio import Redis

from tests.server.builders import ORIGIN, Clock
from tests.server.web import browser, open_app


async def test_a_page_says_where_it_is_in_both_languages_with_its_origin(
    neo4j_address: GraphAddress, valkey_url: str, graph: Graph, valkey: Redis
) -> None:
    async with open_app(neo4j_address, valkey_url, Clock()) as app, browser(app) as client:
        html = (await client.get("/en/programmes?state=OPEN", headers={"Accept": "text/html"})).text
        robots = (await client.get("/robots.txt")).text
        components = await client.get("/en/components", headers={"Accept": "text/html"})
    assert re.findall(r'<link rel="canonical" href="([^"]+)"', html) == [f"{ORIGIN}/en/programmes?state=OPEN"]
    assert dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)"', html)) == {
        "en": f"{ORIGIN}/en/programmes?state=OPEN",
        "ko": f"{ORIGIN}/programmes?state=OPEN",
    }
    assert "Disallow: /my/" in robots
    assert components.status_code == 200


async def test_components_are_for_development_only(
    neo4j_address: GraphAddress, valkey_url: str, graph: Graph, valkey: Redis
) -> None:
    async with open_app(neo4j_address, valkey_url, Clock(), demo=False) as app, browser(app) as client:
        assert (await client.get("/components", headers={"Accept": "text/html"})).status_code == 404
