"""Suggestions: the lists that the matching writes, and what people say of them."""

from madang_graph.model.declare import Relationship, instant, integer, json, number, text, texts
from madang_graph.model.judgements import JUDGEMENT_REASONS

VERDICTS = ("eligible", "check", "not_eligible")

_LIST_ENTRY = {
    "rank": integer("Place in the list, 1 is best."),
    "score": number("How well it fits, 0 to 1."),
    "reasons": json("List of {kind, weight, ko, en, fact}: the score's own contributions as sentences."),
    "version": text("Version of the list. Shown are the entries whose version is the organisation's `lists_version`."),
    "computed_at": instant("When the list was computed."),
}
_DISMISSAL = {
    "dismissed_at": instant("When."),
    "reason": text("Why, as a code; missing: not said.", *JUDGEMENT_REASONS),
    "note": text("Why, in the person's own words."),
    "again_at": instant("When it may be shown again; missing: not before one of the two has changed."),
    "own_digest": text("Digest of what the matching read of the organisation then, as in `writes.materials`."),
    "subject_digest": text("Digest of what the matching read of the hidden one then."),
    "lapsed_at": instant("When one of the two had changed so that it may be shown again; missing: it holds."),
}
CALL_PARTS = ("texts", "opens_at", "closes_at", "amount_max_won", "rules")
"""Parts of a call that may change after it was hidden, by the property that says most of each."""

RELATIONSHIPS = (
    Relationship(
        "(:Organisation)-[:FITS]->(:Call)",
        "The call is on the organisation's list of programme fits.",
        {
            **_LIST_ENTRY,
            "verdict": text("May it apply?", *VERDICTS),
            "conditions": json(
                "List of {kind, verdict, required_ko, required_en, mine_ko, mine_en, source_text, value_source, "
                "missing, spared}."
            ),
        },
    ),
    Relationship(
        "(:Organisation)-[:SUGGESTED]->(:Organisation)",
        "The second is on the first one's list of partner suggestions.",
        _LIST_ENTRY,
    ),
    Relationship(
        "(:Organisation)-[:DISMISSED]->(:Call)",
        "The organisation hid this call from its list. It holds until the call changes; the organisation may change.",
        {
            **_DISMISSAL,
            "subject_parts": json("Digests of what the call said then, by part, as in `CALL_PARTS`."),
            "lapsed_for": texts("The parts that had changed when it ended."),
        },
    ),
    Relationship(
        "(:Organisation)-[:DISMISSED]->(:Organisation)",
        "The organisation hid this suggestion from its list.",
        _DISMISSAL,
    ),
)
