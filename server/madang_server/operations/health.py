"""Health: alive is the process, ready is everything it needs. What is missing is named, with its remedy."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from madang_graph.errors import GraphAuthError, GraphError, MigrationError
from madang_graph.migrations import pending_migrations
from redis.exceptions import RedisError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from madang_server.operations.assets import assets_are_built

if TYPE_CHECKING:
    from madang_server.wiring import Services

# Longer than a healthy answer takes on a loaded machine, shorter than what load balancers wait.
_CHECK_TIMEOUT_S = 2.0
_ABSENT = "Neo4j does not answer. Check that it runs and that NEO4J_URI is right."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is missing."""

    part: str
    """neo4j, valkey, migrations or assets."""
    remedy: str


async def live(_request: Request) -> Response:
    """Answer that the process runs and its loop turns; asks nobody else."""
    return JSONResponse({"live": True}, headers={"cache-control": "no-store"})


async def ready(request: Request) -> Response:
    """Answer 200 when everything is there, else 503 and what is missing."""
    services: Services = request.app.state.services
    missing = await findings(services)
    body = {"ready": not missing, "missing": [{"part": f.part, "remedy": f.remedy} for f in missing]}
    return JSONResponse(body, 503 if missing else 200, headers={"cache-control": "no-store"})


async def findings(services: Services) -> list[Finding]:
    """Return what is missing, in the order in which to repair it; empty when ready."""
    graph, valkey = await asyncio.gather(_graph_findings(services), _valkey_findings(services))
    return graph + valkey + _asset_findings()


async def _graph_findings(services: Services) -> list[Finding]:
    try:
        async with asyncio.timeout(_CHECK_TIMEOUT_S):
            pending = await pending_migrations(services.graph)
    except TimeoutError:
        return [Finding("neo4j", _ABSENT)]
    except MigrationError as error:
        return [Finding("migrations", str(error))]
    except GraphAuthError:
        return [Finding("neo4j", "Neo4j refuses us. Set NEO4J_USERNAME and NEO4J_PASSWORD as on the server.")]
    except GraphError:
        # Not the error's own words: anyone may ask, and they name the server's address.
        return [Finding("neo4j", _ABSENT)]
    if pending:
        names = ", ".join(migration.name for migration in pending)
        return [Finding("migrations", f"Run `./madang migrate`; not applied: {names}.")]
    return []


async def _valkey_findings(services: Services) -> list[Finding]:
    try:
        async with asyncio.timeout(_CHECK_TIMEOUT_S):
            await services.queue.ping()
    except (RedisError, OSError, TimeoutError):
        return [Finding("valkey", "Valkey does not answer. Check that it runs and that REDIS_URL is right.")]
    return []


def _asset_findings() -> list[Finding]:
    return [] if assets_are_built() else [Finding("assets", "Page assets are not built. Run `./madang assets`.")]
