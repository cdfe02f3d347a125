"""What a resolver sees of its request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from madang_graph.client import Graph
from madang_graph.viewer import Viewer
from madang_server.security.cookies import Cookie, is_secure
from madang_server.security.identity import Identity
from madang_server.settings import Settings

if TYPE_CHECKING:
    from madang_server.api.execute import Api


@dataclass(slots=True)
class RequestContext:
    """One per request. `viewer` changes when the request itself signs someone in or out."""

    api: Api
    """Reads what a mutation gives back."""
    graph: Graph
    viewer: Viewer
    settings: Settings
    identity: Identity
    now: Callable[[], datetime]
    """The clock, UTC."""
    wake_jobs: Callable[[], None]
    """Have the outbox looked at now; returns at once."""
    address: str = ""
    """Address of the caller, for limits of tries only."""
    cookies: list[Cookie] = field(default_factory=list[Cookie])
    """To be set with the answer."""

    @property
    def secure(self) -> bool:
        """People reach this server by https."""
        return is_secure(self.settings.origin)
