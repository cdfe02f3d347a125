"""What people watch, what they are told of it, and the letters that tell them."""

from madang_graph.model.declare import Node, Relationship, flag, instant, json, text, texts

WATCH_KINDS = ("call", "search")
DIGESTS = ("daily", "weekly", "off")

WATCH = Node(
    "Watch",
    "What a person keeps an eye on: one call, or a search of the catalogue of calls.",
    {
        "id": text("Public id of the watch."),
        "kind": text("What is watched.", *WATCH_KINDS),
        "name": text("Name that the person gave to a search; missing: none."),
        "query": json("Filters of a search as a list of [name, value], in order of their names; missing for a call."),
        "seen": json("What the watched call said when it was last looked at: dates, amount, a digest of its rules."),
        "changed": texts("Names of what changed in the watched call, last time it changed."),
        "changed_at": instant("When that was noticed; missing: not changed since it is watched."),
        "looked_at": instant("When it was last looked at; missing: never, so nothing of it counts as new yet."),
        "created_at": instant("When it was made."),
        "removed_at": instant("When the person took it off; missing: it stands."),
    },
    prefix="wat_",
)

NOTIFICATION = Node(
    "Notification",
    "One thing that a person is told of once. Its id is made of what it says, so that it cannot be made twice.",
    {
        "id": text("`ntf_` and a digest of watch, call, kind and what makes it due."),
        "kind": text("What it tells.", "found", "changed", "closing"),
        "fields": texts("Names of what changed."),
        "at": instant("When it became due."),
        "told_at": instant("When a digest told it, or passed it over because the call had closed; missing: it waits."),
    },
)

MAIL = Node(
    "Mail",
    "A letter of the platform to one person. Its text goes once a mail server has taken it.",
    {
        "id": text("Id of the letter, made of person and day: a day has one digest."),
        "subject": text("Subject line."),
        "text": text("Plain text."),
        "html": text("The same as HTML."),
        "headers": json("Further header lines by name."),
        "language": text("Language of the letter.", "ko", "en"),
        "made_at": instant("When it was written."),
        "sent_at": instant("When a mail server took it, or it came to the local outbox; missing: it waits."),
        "local": flag("True: no mail server is set, and it stays in the local outbox for administrators to see."),
    },
    prefix="mail_",
)

RELATIONSHIPS = (
    Relationship("(:Person)-[:KEEPS_WATCH]->(:Watch)", "The person watches it.", {}),
    Relationship("(:Watch)-[:WATCHES]->(:Call)", "The call that is watched.", {}),
    Relationship(
        "(:Watch)-[:FOUND]->(:Call)",
        "The search has found this call.",
        {"found_at": instant("When for the first time.")},
    ),
    Relationship("(:Notification)-[:FOR]->(:Person)", "Who is told.", {}),
    Relationship("(:Notification)-[:RAISED_BY]->(:Watch)", "The watch that it comes of.", {}),
    Relationship("(:Notification)-[:TELLS_OF]->(:Call)", "The call that it is about.", {}),
    Relationship("(:Mail)-[:HOLDS]->(:Notification)", "The letter tells it.", {}),
    Relationship("(:Mail)-[:SENT_TO]->(:Person)", "Whom it goes to.", {}),
)
