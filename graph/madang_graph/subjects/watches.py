"""Watches of a person, and the letters that administrators see where no mail server is set."""

from madang_graph.model.watches import DIGESTS, MAIL, WATCH, WATCH_KINDS
from madang_graph.reading.declare import LANGUAGE, Entity, Field, Many, One, Sort, stored
from madang_graph.reading.types import Scalar, Words
from madang_graph.subjects import policies

WATCH_KIND = Words("WatchKind", WATCH_KINDS, "What is watched.")
DIGEST = Words("Digest", DIGESTS, "How often news of what is watched comes by mail.")

WATCH_ENTITY = Entity(
    "Watch",
    WATCH,
    WATCH.description,
    (
        stored(WATCH, "id", filter=True),
        stored(WATCH, "kind", words=WATCH_KIND, nullable=False, filter=True),
        stored(WATCH, "name"),
        Field("query", Scalar.STRING, "{n}.query", WATCH.properties["query"].description),
        stored(WATCH, "changed"),
        stored(WATCH, "changed_at"),
        stored(WATCH, "looked_at"),
        stored(WATCH, "created_at"),
    ),
    (
        One("call", "Call", "({n})-[:WATCHES]->({m}:Call)", "The call that is watched."),
        Many("found", "Call", "({n})-[:FOUND]->({m}:Call)", "Calls that the search has found since it was saved."),
    ),
    (Sort("CREATED", "{n}.created_at", nullable=True, descending=True),),
    visible=policies.WATCH,
)

MAIL_ENTITY = Entity(
    "Mail",
    MAIL,
    "A letter in the local outbox; letters that a mail server takes are not shown.",
    (
        stored(MAIL, "id"),
        stored(MAIL, "subject"),
        stored(MAIL, "text"),
        stored(MAIL, "html"),
        stored(MAIL, "language", words=LANGUAGE),
        stored(MAIL, "made_at"),
        stored(MAIL, "sent_at"),
    ),
    (One("recipient", "Person", "({n})-[:SENT_TO]->({m}:Person)", "Whom it goes to."),),
    (Sort("MADE", "{n}.made_at", nullable=True, descending=True),),
    visible=policies.LOCAL_MAIL,
)

OWN_FIELDS = (
    Field("digest", DIGEST, "coalesce({n}.digest, 'daily')", "How often news comes by mail.", nullable=False),
    Field(
        "feedToken",
        Scalar.STRING,
        "[{n}.id, coalesce({n}.feeds_version, 0)]",
        "Secret part of the addresses of one's feeds: `/feeds/TOKEN/calls.ics`, `/feeds/TOKEN/WATCH.atom`.",
        nullable=False,
        compute="feed_token",
    ),
)
WATCHES = Many("watches", "Watch", "({n})-[:KEEPS_WATCH]->({m}:Watch)", "What the person watches.")
