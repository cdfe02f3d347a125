"""What a query may start from."""

from typing import LiteralString

from madang_graph.reading.declare import NODE, Argument, Field, Many, Root, Sort
from madang_graph.reading.types import Scalar, Value, ValueField
from madang_graph.subjects.eligibility import ROOT as ELIGIBILITY
from madang_graph.subjects.facts import FACT_FIELDS
from madang_graph.subjects.matching import ROOT as MATCHING_MODEL
from madang_graph.subjects.overlaps import FIRMS as OVERLAP_FIRMS
from madang_graph.subjects.overlaps import ROOT as OVERLAPS
from madang_graph.subjects.policies import BY_VISIBLE_ORGANISATION, NEED, ORGANISATION
from madang_graph.subjects.rule_sets import ROOT as CONDITION_KINDS
from madang_graph.subjects.suggestions import REASON, scored_reasons
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
    Root(
        "plannedCall",
        "PlannedCall",
        "",
        "The edition in preparation with this id; null when there is none that the viewer may see.",
        (_ID,),
    ),
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

# The matching scores what `candidates` finds, and this statement lets through what the viewer may see of it.
PARTNER_SEARCH = Many(
    "partnerSearch",
    "Organisation",
    "",
    "Organisations that can supply what a sentence asks for, best first, each with reasons: scored by the model that "
    "makes the lists, with the sentence as the need.",
    clause=(
        "UNWIND $a_prepared AS hit MATCH ({m}:Organisation {id: hit.id}) "
        "WITH {m}, {score: hit.score, reasons: hit.reasons} AS {r}"
    ),
    prepare="partner_search",
    edge="PartnerSearchHit",
    edge_fields=(
        Field("score", Scalar.FLOAT, "{r}.score", "How well it fits, 0 to 1.", nullable=False),
        Field(
            "reasons",
            REASON,
            "[{r}.reasons, {r}.score]",
            "Why, strongest first.",
            nullable=False,
            many=True,
            compute=scored_reasons,
        ),
    ),
    sorts=(_SCORE,),
    arguments=(
        Argument("text", Scalar.STRING, "What is looked for, in plain words.", required=True),
        Argument("without", Scalar.ID, "Technologies that the sentence names but does not mean.", many=True),
        Argument(
            "organisation",
            Scalar.ID,
            "Who asks: an organisation that the viewer acts for; its profile then counts too. Others count as nobody.",
        ),
    ),
)

LEAVES: tuple[Field, ...] = (ELIGIBILITY, FACT_FIELDS, CONDITION_KINDS, OVERLAPS)
"""Values that a query starts from."""

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
    _all("doubts", "Doubt", "Pairs of notices that may announce one call; for administrators."),
    _all("sources", "Source", "Sources of the data."),
    _all("mails", "Mail", "Letters in the local outbox; for administrators."),
    SEARCH,
    SEARCH_KINDS,
    SUGGEST,
    NAMED_TECHNOLOGIES,
    PARTNER_SEARCH,
    OVERLAP_FIRMS,
)
