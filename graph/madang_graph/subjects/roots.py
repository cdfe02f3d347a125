"""What a query may start from."""

from typing import LiteralString

from madang_graph.reading.declare import NODE, Argument, Field, Many, Root, Sort
from madang_graph.reading.types import Scalar, Value, ValueField
from madang_graph.subjects.matching import ROOT as MATCHING_MODEL
from madang_graph.subjects.policies import BY_VISIBLE_ORGANISATION, NEED, ORGANISATION
from madang_graph.subjects.suggestions import REASON
from madang_graph.subjects.words import THING_KIND

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
    MATCHING_MODEL,
)

SEARCH = Many(
    "search",
    NODE,
    "",
    "Everything with a name or text that holds all the words, best first.",
    clause=(
        "UNWIND CASE WHEN $a_query = '' THEN [] ELSE [$a_query] END AS words "
        "CALL db.index.fulltext.queryNodes('named', words, {limit: 10000}) YIELD node AS {m}, score AS hit "
        "WITH {m}, hit WHERE $a_kind IS NULL OR any(label IN labels({m}) WHERE toLower(label) = $a_kind) "
        "WITH {m}, {score: hit} AS {r}"
    ),
    edge="SearchHit",
    edge_fields=(
        Field("score", Scalar.FLOAT, "{r}.score", "How well it matches; only for comparing.", nullable=False),
    ),
    sorts=(_SCORE,),
    arguments=(
        Argument("query", Scalar.STRING, "Words, all of which must occur.", required=True, enter="lucene"),
        Argument("kind", THING_KIND, "Only things of this kind."),
    ),
)

# Who may see what stands inside, because what is counted here cannot be sorted out afterwards.
_OPEN_KINDS: LiteralString = "['Programme', 'Call', 'Space', 'District', 'Technology']"
SEARCH_KINDS = Many(
    "searchKinds",
    NODE,
    "",
    "How many things of each kind a search finds; kinds without any are left out.",
    clause=(
        "UNWIND CASE WHEN $a_query = '' THEN [] ELSE [$a_query] END AS words "
        "CALL db.index.fulltext.queryNodes('named', words, {limit: 10000}) YIELD node AS hit "
        "WITH hit WHERE any(label IN labels(hit) WHERE label IN " + _OPEN_KINDS + ") "
        "OR (hit:Organisation AND " + ORGANISATION.replace("{n}", "hit") + ") "
        "OR (hit:Need AND " + NEED.replace("{n}", "hit") + ") "
        "OR (hit:Offer AND " + BY_VISIBLE_ORGANISATION.replace("{n}", "hit") + ") "
        "WITH labels(hit)[0] AS label, count(*) AS found, collect(hit)[0] AS {m} "
        "WITH {m}, {kind: toLower(label), found: found} AS {r}"
    ),
    edge="KindFound",
    edge_fields=(
        Field("kind", THING_KIND, "{r}.kind", "The kind.", nullable=False),
        Field("count", Scalar.INT, "{r}.found", "How many of it.", nullable=False),
    ),
    sorts=(Sort("KIND", "{r}.kind"),),
    arguments=(Argument("query", Scalar.STRING, "Words, all of which must occur.", required=True, enter="lucene"),),
    plain=True,
    node_name="example",
    first=10,
    most=10,
)

# Best first: names that begin with what was typed, then shorter ones. The index gives no more than a few hundred.
SUGGEST = Many(
    "suggest",
    NODE,
    "",
    "Things whose names begin so, at any word, in Korean, English or Korean initials; for suggestions while typing.",
    clause=(
        "UNWIND CASE WHEN $a_prefix = '' THEN [] ELSE [$a_prefix] END AS words "
        "CALL db.index.fulltext.queryNodes('name_starts', words, {limit: 300}) YIELD node AS {m}, score AS hit "
        "WITH {m}, {place: size({m}.name_key) - 1000 * toInteger(hit)} AS {r}"
    ),
    edge="NameHit",
    sorts=(Sort("PLACE", "{r}.place"),),
    arguments=(Argument("prefix", Scalar.STRING, "What was typed so far.", required=True, enter="name_query"),),
    plain=True,
    first=8,
    most=20,
)

PHRASE = Value(
    "Phrase",
    "A place of a sentence.",
    (
        ValueField("words", Scalar.STRING, "words", "The sentence's own words.", nullable=False),
        ValueField("start", Scalar.INT, "start", "Where it begins, in characters (code points).", nullable=False),
        ValueField("end", Scalar.INT, "end", "Where it ends.", nullable=False),
    ),
)

NAMED_TECHNOLOGIES = Many(
    "namedTechnologies",
    "Technology",
    "",
    "Technologies that a sentence names, in the order of their first mention: what a search for partners understands.",
    clause=(
        "UNWIND range(0, size($a_text) - 1) AS place "
        "MATCH ({m}:Technology {id: $a_text[place].id}) "
        "WITH {m}, {place: place, phrases: $a_text[place].phrases} AS {r}"
    ),
    edge="NamedTechnology",
    edge_fields=(
        Field("phrases", PHRASE, "{r}.phrases", "Every place that names it.", nullable=False, many=True, cost=20),
    ),
    sorts=(Sort("PLACE", "{r}.place"),),
    arguments=(Argument("text", Scalar.STRING, "The sentence.", required=True, enter="named_technologies"),),
)

# Candidates: organisations whose offers are near the sentence, and those with an offer about a technology it names.
# Score: logistic over the likeness of the best offer and the share of the named technologies that it works with; the
# weights and the least score of a hit come with the sentence, so that they stand in the matching alone.
PARTNER_SEARCH = Many(
    "partnerSearch",
    "Organisation",
    "",
    "Organisations that can supply what a sentence asks for, best first, each with reasons.",
    clause=(
        "WITH [at IN range(0, size($a_text.technologies) - 1) "
        "WHERE $a_without[$a_text.technologies[at]] IS NULL] AS meant "
        "WITH [at IN meant | $a_text.technologies[at]] AS named, [at IN meant | $a_text.words[at]] AS words "
        "CALL (named) { "
        "UNWIND CASE WHEN $a_text.vector IS NULL THEN [] ELSE [$a_text.vector] END AS asked "
        "CALL db.index.vector.queryNodes('offer_text', 200, asked) YIELD node AS offer "
        "RETURN offer "
        "UNION "
        "UNWIND named AS wanted "
        "MATCH (offer:Offer)-[:ABOUT]->(:Technology {id: wanted}) "
        "RETURN offer "
        "} "
        "MATCH ({m}:Organisation)-[:OFFERS]->(offer) WHERE " + ORGANISATION.replace("{n}", "{m}") + " "
        "WITH {m}, offer, named, words, "
        "coalesce(2 * vector.similarity.cosine(offer.text_vector, $a_text.vector) - 1, 0.0) AS likeness "
        "ORDER BY likeness DESC, offer.id "
        "WITH {m}, named, words, collect({text: offer.text, likeness: likeness})[0] AS best "
        "WITH {m}, named, words, best, COLLECT { UNWIND named AS wanted MATCH (known:Technology {id: wanted}) WHERE "
        "EXISTS { ({m})-[:USES]->(known) } OR EXISTS { ({m})-[:OFFERS]->(:Offer)-[:ABOUT]->(known) } "
        "RETURN known.id ORDER BY known.id } AS held "
        "WITH {m}, named, words, best, held, "
        "CASE WHEN best.likeness < $a_text.low THEN 0.0 WHEN best.likeness > $a_text.high THEN 1.0 "
        "ELSE (best.likeness - $a_text.low) / ($a_text.high - $a_text.low) END AS near, "
        "CASE WHEN size(named) = 0 THEN 0.0 ELSE toFloat(size(held)) / size(named) END AS share "
        "WITH {m}, best, held, named, words, near > 0 OR share > 0 AS evident, "
        "1 / (1 + exp(-($a_text.intercept + $a_text.likeness_weight * near + $a_text.technology_weight * share))) "
        "AS score "
        "WITH {m}, {offer: best.text, likeness: best.likeness, held: held, named: named, words: words, score: score, "
        "found: evident AND score >= $a_text.least} AS {r}"
    ),
    condition="{r}.found",
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
        Argument("without", Scalar.ID, "Technologies that the sentence names but does not mean.", many=True),
    ),
)

MANYS: tuple[Many, ...] = (
    _all("organisations", "Organisation", "Organisations."),
    _all("programmes", "Programme", "Programmes."),
    _all("calls", "Call", "Calls of all programmes."),
    _all("spaces", "Space", "Spaces."),
    _all("needs", "Need", "Needs; for signed-in people."),
    _all("projects", "Project", "Joint projects."),
    _all("judgements", "Judgement", "What organisations said of suggestions; one's own, and all for administrators."),
    _all("technologies", "Technology", "Technologies."),
    _all("industries", "Industry", "Industries."),
    _all("districts", "District", "Districts."),
    _all("sources", "Source", "Sources of the data."),
    SEARCH,
    SEARCH_KINDS,
    SUGGEST,
    NAMED_TECHNOLOGIES,
    PARTNER_SEARCH,
)
