"""The read model of every subject. The API's types, its policy and its statements come from these declarations."""

from madang_graph.reading.declare import Entity
from madang_graph.subjects import (
    clusters,
    districts,
    introductions,
    judgements,
    matching,
    needs,
    organisations,
    people,
    programmes,
    sources,
    spaces,
    technologies,
)

ENTITIES: tuple[Entity, ...] = (
    organisations.ENTITY,
    organisations.ASSESSMENT_ENTITY,
    organisations.PROJECT_ENTITY,
    programmes.PROGRAMME_ENTITY,
    programmes.CALL_ENTITY,
    spaces.ENTITY,
    districts.ENTITY,
    clusters.ENTITY,
    technologies.TECHNOLOGY_ENTITY,
    technologies.INDUSTRY_ENTITY,
    needs.NEED_ENTITY,
    needs.OFFER_ENTITY,
    introductions.ENTITY,
    judgements.ENTITY,
    people.PERSON_ENTITY,
    people.VIEWER_ENTITY,
    sources.ENTITY,
    matching.ENTITY,
)
