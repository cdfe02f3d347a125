"""People, what they may do, and how they prove who they are."""

from madang_graph.model.declare import Node, Relationship, flag, instant, integer, text, texts

PERSON = Node(
    "Person",
    "Someone who can sign in.",
    {
        "id": text("Public id of the person."),
        "name": text("Name as the person writes it."),
        "email": text("E-mail address, case-folded; unique; shown to nobody but the person."),
        "password_hash": text("argon2id, PHC string."),
        "language": text("Preferred language.", "ko", "en"),
        "admin": flag("True: platform administrator."),
        "demo": flag("True: a demo account, offered as a button on the sign-in page in demo mode only."),
        "digest": text("How often news of what is watched comes by mail; missing: daily.", "daily", "weekly", "off"),
        "feeds_version": integer("Number in the secret addresses of the person's feeds; raising it ends the old ones."),
        "created_at": instant("When the account was made."),
    },
    prefix="per_",
)

SESSION = Node(
    "Session",
    "A signed-in browser.",
    {
        "hash": text("SHA-256 of the session id, hex; the id itself is only in the cookie."),
        "created_at": instant("When it began."),
        "expires_at": instant("When it ends."),
        "csrf": text("Token that forms must send back."),
    },
    key="hash",
)

TOKEN = Node(
    "Token",
    "An API token of a person, shown once.",
    {
        "hash": text("SHA-256 of the token, hex."),
        "scopes": texts("What it may do: read, write."),
        "created_at": instant("When it was made."),
        "expires_at": instant("When it ends."),
    },
    key="hash",
)

RELATIONSHIPS = (
    Relationship(
        "(:Person)-[:ACTS_FOR]->(:Organisation)",
        "The person may act for the organisation.",
        {"role": text("What the person may do.", "owner", "editor", "reader"), "since_at": instant("Since when.")},
    ),
    Relationship("(:Person)-[:MANAGES]->(:District)", "The person manages the district.", {}),
    Relationship("(:Session)-[:OF]->(:Person)", "Whose session it is.", {}),
    Relationship("(:Token)-[:OF]->(:Person)", "Whose token it is.", {}),
)
