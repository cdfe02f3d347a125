"""Shared vocabularies: technologies and industries, both trees."""

from madang_graph.model.declare import Node, Relationship, named, text, texts

TECHNOLOGY = Node(
    "Technology",
    "A technology of the shared vocabulary.",
    {
        **named("technology"),
        "code": text("Code in the vocabulary."),
        "keywords": texts("Words that name it in running text, Korean and English, case-folded."),
    },
    prefix="tec_",
    search=True,
)

INDUSTRY = Node(
    "Industry",
    "An industry of the Korean standard classification (KSIC, revision 10), or of ISIC revision 4 for foreign data.",
    {**named("industry"), "code": text("Code: section letter, then digits, as in C29.")},
    prefix="ind_",
)

RELATIONSHIPS = (
    Relationship("(:Technology)-[:PART_OF]->(:Technology)", "The narrower is part of the broader.", {}),
    Relationship("(:Industry)-[:PART_OF]->(:Industry)", "The narrower is part of the broader.", {}),
)
