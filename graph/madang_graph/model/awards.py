"""Awards: the ledger of what an organisation received, under which programme, when and how much."""

from madang_graph.model.declare import Node, Relationship, date, instant, integer, text, won

AWARD_STATES = ("received", "running", "completed")
REGIMES = ("de_minimis", "block_exemption", "other")

AWARD = Node(
    "Award",
    "One entry of an organisation's own ledger: support that it received.",
    {
        "id": text("Public id of the award."),
        "name": text("What it was, in the words of who recorded it; the programme's name where one is linked."),
        "amount_won": won("What was granted."),
        "received_on": date("Day on which it was granted."),
        "ends_on": date("Last day of the support, as of an agreement or of a place."),
        "state": text("How far it is.", *AWARD_STATES),
        "regime": text("Under which rules of state aid it was granted.", *REGIMES),
        "de_minimis_eur": integer("What counts towards the de minimis ceiling, in euros."),
        "plan": text("Name of the plan or project it paid for; the same plan may be paid twice by some programmes."),
        "programme_group": text("Group of programmes of which one may hold only one at a time."),
        "version": integer("Counts every saving; a form sends the one it was filled from."),
        "recorded_at": instant("When it was last saved."),
        "removed_at": instant("When it was taken off the ledger; missing: it stands."),
    },
    prefix="awd_",
)

RELATIONSHIPS = (
    Relationship("(:Organisation)-[:RECEIVED]->(:Award)", "It received this.", {}),
    Relationship("(:Award)-[:UNDER]->(:Programme)", "It was granted under this programme.", {}),
)
