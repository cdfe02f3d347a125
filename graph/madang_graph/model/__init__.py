"""The whole vocabulary of the graph, gathered from the subjects, for the schema, the docs page and the tests."""

from madang_graph.model import (
    districts,
    introductions,
    judgements,
    matching,
    needs,
    operations,
    organisations,
    people,
    programmes,
    sources,
    spaces,
    suggestions,
    technologies,
)
from madang_graph.model.declare import Kind, Node, Property, Relationship

__all__ = ["NODES", "RELATIONSHIPS", "Kind", "Node", "Property", "Relationship"]

NODES: tuple[Node, ...] = (
    organisations.ORGANISATION,
    organisations.ASSESSMENT,
    organisations.PROJECT,
    programmes.PROGRAMME,
    programmes.CALL,
    spaces.SPACE,
    districts.DISTRICT,
    districts.CLUSTER_GRAPH,
    technologies.TECHNOLOGY,
    technologies.INDUSTRY,
    needs.NEED,
    needs.OFFER,
    introductions.INTRODUCTION,
    judgements.JUDGEMENT,
    people.PERSON,
    people.SESSION,
    people.TOKEN,
    sources.SOURCE,
    sources.IMPORT,
    matching.MATCHING_MODEL,
    operations.OUTBOX,
    operations.EFFECT,
    operations.REQUEST,
    operations.AUDIT,
    operations.MIGRATION,
    operations.LOCK,
)

RELATIONSHIPS: tuple[Relationship, ...] = (
    *organisations.RELATIONSHIPS,
    *programmes.RELATIONSHIPS,
    *spaces.RELATIONSHIPS,
    *districts.RELATIONSHIPS,
    *technologies.RELATIONSHIPS,
    *needs.RELATIONSHIPS,
    *suggestions.RELATIONSHIPS,
    *introductions.RELATIONSHIPS,
    *judgements.RELATIONSHIPS,
    *people.RELATIONSHIPS,
    *sources.RELATIONSHIPS,
    *operations.RELATIONSHIPS,
)
