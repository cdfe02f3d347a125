"""The API of one web process, made from its services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from madang_frontend.documents import safelist
from madang_graph.reading.compiler import Compiler
from madang_graph.reading.cursors import CursorSigner
from madang_graph.subjects import ENTITIES
from madang_graph.subjects.roots import LEAVES, MANYS, ONES
from madang_graph.viewer import Viewer
from madang_server.api.context import RequestContext
from madang_server.api.execute import Api
from madang_server.api.feeds import feed_token
from madang_server.api.functions import Sentences, read_functions
from madang_server.api.schema import build_schema
from madang_server.matches.model import serving_models
from madang_server.security.identity import Identity
from madang_server.security.signing import Signer

if TYPE_CHECKING:
    from madang_server.wiring import Services


def make_api(services: Services, identity: Identity, secret: str) -> tuple[Api, Sentences]:
    """Return the API, and what it understands of sentences, which is kept fresh beside the service.

    Args: secret: signs cursors; the same in all processes that serve one site.
    """
    sentences = Sentences(services.encoder, lambda: serving_models(services.settings).models.partners)
    functions = {**read_functions(sentences), "feed_token": feed_token(Signer(secret))}
    compiler = Compiler(ENTITIES, ONES, MANYS, functions, CursorSigner(secret.encode()), LEAVES)

    def context(api: Api, viewer: Viewer, address: str) -> RequestContext:
        return RequestContext(
            api=api,
            graph=services.graph,
            viewer=viewer,
            settings=services.settings,
            identity=identity,
            now=services.clock,
            wake_jobs=services.jobs.wake,
            address=address,
        )

    own = safelist().values()
    return Api(services.graph, build_schema(), compiler, services.clock, context, own_documents=own), sentences
