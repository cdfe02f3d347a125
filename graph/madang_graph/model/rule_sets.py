"""Rule sets: the versions of a call's conditions, from a draft to what was in force, kept by who runs the programme."""

from madang_graph.model.declare import Node, Relationship, instant, integer, json, text, texts

RULE_SET_STATES = ("draft", "review", "published", "archived")

RULE_SET = Node(
    "RuleSet",
    "One version of a call's conditions. The published one is also stored with the call, where verdicts read it.",
    {
        "id": text("Public id of the rule set."),
        "number": integer("Counts the versions of one call, from 1."),
        "state": text("Where it stands: at most one is a draft or in review, at most one published.", *RULE_SET_STATES),
        "rules": json("Rule tree of `madang_matching.eligibility`."),
        "documents": texts("Papers that the call asks for."),
        "version": integer("Counts every saving; a form sends the one it was filled from."),
        "saved_at": instant("When it was last saved."),
        "published_at": instant("When it came into force; missing: it never did."),
        "preview": json("Who passes, counted: version, at, firms, before and after by verdict, gains, losses."),
        "preview_by": text("Id of the person for whom who passes was counted; nobody else sees it."),
    },
    prefix="rls_",
)

RELATIONSHIPS = (
    Relationship("(:Call)-[:HAS_RULE_SET]->(:RuleSet)", "A version of its conditions.", {}),
    Relationship("(:PlannedCall)-[:HAS_RULE_SET]->(:RuleSet)", "A version of the conditions it will have.", {}),
    Relationship("(:RuleSet)-[:SENT_BY]->(:Person)", "Who sent it for review, as it stands.", {}),
    Relationship("(:RuleSet)-[:PASSES]->(:Organisation)", "It would be eligible, as last previewed.", {}),
    Relationship("(:RuleSet)-[:GAINS]->(:Organisation)", "It would become eligible, as last previewed.", {}),
    Relationship("(:RuleSet)-[:LOSES]->(:Organisation)", "It would cease to be eligible, as last previewed.", {}),
)
