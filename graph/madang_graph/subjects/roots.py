"""What a query may start from."""

from madang_graph.reading.declare import NODE, Argument, Field, Many, Root, Sort
from madang_graph.reading.types import Scalar
from madang_graph.subjects.policies import ORGANISATION
from madang_graph.subjects.suggestions import REASON

_ID = Argument("id", Scalar.ID, "Public id.", required=True)
_SCORE = Sort("SCORE", "{r}.score", descending=True)
MOST_IDS = 100


def _by_id(name: str, target: str) -> Root:
    return Root(name, target, "", f"The {name} with this id; null when there is none that the viewer may see.", (_ID,))


def _all(name: str, target: str, description: str) -> Many:
    return Many(name, target, "", description)


ONES: tuple[Root, ...] = (
    Root("viewer", "Viewer", "MATCH ({m}:Person {id: $viewer_person})", "Who is signed in; null for nobody."),
    Root("node", NODE, "", "The node with this id; null when there is none that the viewer may see.", (_ID,)),
    _by_id("organisation", "Organisation"),
    _by_id("programme", "Programme"),
    _by_id("call", "Call"),
    _by_id("space", "Space"),
    _by_id("need", "Need"),
    _by_id("technology", "Technology"),
    _by_id("district", "District"),
)

SEARCH = Many(
    "search",
    NODE,
    "",
    "Everything with a name or text that holds all the words, best first.",
    clause=(
        "UNWIND CASE WHEN $a_query = '' THEN [] ELSE [$a_query] END AS words "
        "CALL db.index.fulltext.queryNodes('named', words, {limit: 500}) YIELD node AS {m}, score AS hit "
        "WITH {m}, {score: hit} AS {r}"
    ),
    edge="SearchHit",
    edge_fields=(
        Field("score", Scalar.FLOAT, "{r}.score", "How well it matches; only for comparing.", nullable=False),
    ),
    sorts=(_SCORE,),
    arguments=(Argument("query", Scalar.STRING, "Words, all of which must occur.", required=True, enter="lucene"),),
)

# Candidates: organisations whose offers are near the sentence, and those with an offer about a technology it names.
# Score: logistic over the likeness of the best offer and the share of the named technologies that it works with; the
# weights come with the sentence, so that they stand in the matching alone.
PARTNER_SEARCH = Many(
    "partnerSearch",
    "Organisation",
    "",
    "Organisations that can supply what a sentence asks for, best first, each with reasons.",
    clause=(
        "CALL () { "
        "UNWIND CASE WHEN $a_text.vector IS NULL THEN [] ELSE [$a_text.vector] END AS asked "
        "CALL db.index.vector.queryNodes('offer_text', 200, asked) YIELD node AS offer "
        "RETURN offer "
        "UNION "
        "MATCH (named:Technology) WHERE named.id IN $a_text.technologies "
        "MATCH (offer:Offer)-[:ABOUT]->(named) "
        "RETURN offer "
        "} "
        "MATCH ({m}:Organisation)-[:OFFERS]->(offer) WHERE " + ORGANISATION.replace("{n}", "{m}") + " "
        "WITH {m}, offer, "
        "coalesce(2 * vector.similarity.cosine(offer.text_vector, $a_text.vector) - 1, 0.0) AS likeness "
        "ORDER BY likeness DESC, offer.id "
        "WITH {m}, collect({text: offer.text, likeness: likeness})[0] AS best "
        "WITH {m}, best, COLLECT { MATCH (known:Technology) WHERE known.id IN $a_text.technologies AND "
        "(EXISTS { ({m})-[:USES]->(known) } OR EXISTS { ({m})-[:OFFERS]->(:Offer)-[:ABOUT]->(known) }) "
        "RETURN known.id ORDER BY known.id } AS held "
        "WITH {m}, best, held, "
        "CASE WHEN best.likeness < $a_text.low THEN 0.0 WHEN best.likeness > $a_text.high THEN 1.0 "
        "ELSE (best.likeness - $a_text.low) / ($a_text.high - $a_text.low) END AS near, "
        "CASE WHEN size($a_text.technologies) = 0 THEN 0.0 "
        "ELSE toFloat(size(held)) / size($a_text.technologies) END AS share "
        "WITH {m}, {offer: best.text, likeness: best.likeness, held: held, named: $a_text.technologies, "
        "words: $a_text.words, score: 1 / (1 + exp(-($a_text.intercept + $a_text.likeness_weight * near "
        "+ $a_text.technology_weight * share)))} AS {r}"
    ),
    edge="PartnerSearchHit",
    edge_fields=(
        Field("score", Scalar.FLOAT, "{r}.score", "How well it fits, 0 to 1.", nullable=False),
        Field(
            "reasons",
            REASON,
            "[{r}.offer, {r}.likeness, {r}.held, {r}.named, {r}.words]",
            "Why, strongest first.",
            nullable=False,
            many=True,
            compute="partner_search_reasons",
        ),
    ),
    sorts=(_SCORE,),
    arguments=(
        Argument("text", Scalar.STRING, "What is looked for, in plain words.", required=True, enter="asked_sentence"),
    ),
)

MANYS: tuple[Many, ...] = (
    _all("organisations", "Organisation", "Organisations."),
    _all("programmes", "Programme", "Programmes."),
    _all("calls", "Call", "Calls of all programmes."),
    _all("spaces", "Space", "Spaces."),
    _all("needs", "Need", "Needs; for signed-in people."),
    _all("technologies", "Technology", "Technologies."),
    _all("industries", "Industry", "Industries."),
    _all("districts", "District", "Districts."),
    _all("sources", "Source", "Sources of the data."),
    SEARCH,
    PARTNER_SEARCH,
)
