"""What people may read of the matching model: what it uses, how good it is, whether it is basic matching."""

from madang_graph.model.matching import BASIC_REASONS, MATCHING_MODEL
from madang_graph.reading.declare import Entity, Field, Root, boolean, stored
from madang_graph.reading.types import Scalar, Value, ValueField, Words
from madang_graph.subjects.policies import ADMINISTRATOR
from madang_graph.subjects.suggestions import from_json

_SUBJECT = Words("MatchingSubject", ("partners", "programmes"), "What a score ranks.")
_BASIC_REASON = Words(
    "BasicReason",
    BASIC_REASONS,
    "Why matching is basic. ENCODER: texts cannot be compared. MODEL: no sound model file.",
)
_TITLE = ValueField("title", Scalar.STRING, "title", "Its name.", nullable=False, localised=True)
_TEXT = ValueField("text", Scalar.STRING, "text", "What it means, in a sentence.", nullable=False, localised=True)

FEATURE = Value(
    "MatchingFeature",
    "One kind of evidence that a score adds up.",
    (
        ValueField("subject", _SUBJECT, "subject", "Which score it belongs to.", nullable=False),
        ValueField("name", Scalar.STRING, "name", "Kind of the reasons that it gives.", nullable=False),
        _TITLE,
        _TEXT,
        ValueField("weight", Scalar.FLOAT, "weight", "Most that it adds to a score, in log-odds.", nullable=False),
    ),
)
METRIC = Value(
    "MatchingMetric",
    "One figure of how good a score is, on history that it had not seen.",
    (
        ValueField("subject", _SUBJECT, "subject", "Which score it is about.", nullable=False),
        ValueField("name", Scalar.STRING, "name", "Short name, as in ndcg.", nullable=False),
        _TITLE,
        _TEXT,
        ValueField("value", Scalar.FLOAT, "value", "The figure; null: not measured."),
        ValueField("low", Scalar.FLOAT, "low", "Lower end of its 95 % interval; null: it has none."),
        ValueField("high", Scalar.FLOAT, "high", "Upper end."),
        ValueField("cases", Scalar.INT, "cases", "Organisations or pairs that it was measured on.", nullable=False),
    ),
)

ENTITY = Entity(
    "MatchingModel",
    MATCHING_MODEL,
    MATCHING_MODEL.description,
    (
        stored(MATCHING_MODEL, "id"),
        stored(MATCHING_MODEL, "version"),
        stored(MATCHING_MODEL, "data_date"),
        stored(MATCHING_MODEL, "since"),
        boolean("basic", "{n}.basic", MATCHING_MODEL.properties["basic"].description),
        stored(MATCHING_MODEL, "basic_reason", words=_BASIC_REASON),
        stored(MATCHING_MODEL, "seed"),
        stored(MATCHING_MODEL, "organisations"),
        stored(MATCHING_MODEL, "projects"),
        stored(MATCHING_MODEL, "judgements"),
        stored(MATCHING_MODEL, "partner_pairs"),
        stored(MATCHING_MODEL, "programme_pairs"),
        Field(
            "features",
            FEATURE,
            "{n}.features",
            "What it uses, heaviest first by subject.",
            nullable=False,
            many=True,
            compute=from_json,
            cost=30,
        ),
        Field(
            "metrics",
            METRIC,
            "{n}.metrics",
            "How good it is.",
            nullable=False,
            many=True,
            compute=from_json,
            cost=20,
        ),
        stored(MATCHING_MODEL, "card", visible=ADMINISTRATOR),
    ),
)

ROOT = Root(
    "matchingModel",
    "MatchingModel",
    "MATCH ({m}:MatchingModel)",
    "The matching model that the latest lists were made with; null before the first.",
)
