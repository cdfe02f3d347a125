"""What the platform notes down for itself: jobs, effects, answered requests, changes made, migrations applied."""

from madang_graph.model.declare import Node, Relationship, instant, integer, json, text

OUTBOX = Node(
    "Outbox",
    "A job to do, written in the same transaction as the change that caused it.",
    {
        "id": text("Id of the job."),
        "job": text("Name of the job, as in suggestions.refresh."),
        "payload": json("Arguments of the job."),
        "created_at": instant("When it was written."),
        "enqueued_at": instant("When it was last handed to the queue."),
        "attempts": integer("How often it was handed over."),
    },
)

EFFECT = Node(
    "Effect",
    "Mark that the effect of a job has happened, so that a second run changes nothing.",
    {"key": text("Job id and effect."), "at": instant("When.")},
    key="key",
)

REQUEST = Node(
    "Request",
    "A mutation that was answered, by its idempotency key.",
    {
        "key": text("Person, mutation and idempotency key."),
        "checksum": text("SHA-256 of the input; the same key with another input is a conflict."),
        "result": json("What was answered."),
        "at": instant("When."),
    },
    key="key",
)

AUDIT = Node(
    "Audit",
    "Who changed what, when.",
    {
        "id": text("Id of the entry."),
        "at": instant("When."),
        "person_id": text("Who; empty for the command line."),
        "action": text("What, as in organisations.edit."),
        "subject_id": text("Id of the thing changed."),
        "changes": json("Names of the fields changed; no personal data."),
    },
)

MIGRATION = Node(
    "Migration",
    "A migration that was applied.",
    {
        "name": text("File name, as in V0001__first.cypher."),
        "checksum": text("SHA-256 of the file."),
        "applied_at": instant("When."),
    },
    key="name",
)

LOCK = Node(
    "Lock",
    "A lock that one process holds, with its deadline.",
    {"name": text("What is locked."), "holder": text("Who holds it."), "expires_at": instant("Until when.")},
    key="name",
)

RELATIONSHIPS: tuple[Relationship, ...] = ()
