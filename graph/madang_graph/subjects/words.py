"""The closed word lists of the API, made from those of the vocabulary."""

from madang_graph.model.applications import APPLICATION_STATES
from madang_graph.model.awards import AWARD_STATES, REGIMES
from madang_graph.model.districts import DISTRICT_KINDS
from madang_graph.model.documents import DOCUMENT_KINDS
from madang_graph.model.introductions import INTRODUCTION_STATES
from madang_graph.model.judgements import JUDGEMENT_REASONS, JUDGEMENT_VERDICTS
from madang_graph.model.needs import BARRIERS, NEED_STATES
from madang_graph.model.notices import DOUBT_STATES, NOTICE_STATES
from madang_graph.model.organisations import ORGANISATION_KINDS, STAGES, VISIBILITIES
from madang_graph.model.programmes import PURPOSES
from madang_graph.model.rule_sets import RULE_SET_STATES
from madang_graph.model.spaces import SPACE_KINDS, SPACE_STATES
from madang_graph.model.suggestions import CALL_PARTS, VERDICTS
from madang_graph.reading.types import Words

ORGANISATION_KIND = Words("OrganisationKind", ORGANISATION_KINDS, "What an organisation is.")
STAGE = Words("Stage", STAGES, "Stage of a firm.")
VISIBILITY = Words("Visibility", VISIBILITIES, "Who may see an organisation.")
PURPOSE = Words("Purpose", PURPOSES, "What support gives.")
CALL_STATE = Words("CallState", ("upcoming", "open", "closed", "unknown"), "Where a call stands now.")
INTAKE = Words(
    "Intake",
    ("upcoming", "open", "rolling", "until_funds", "closed", "unknown"),
    "How a call takes applications now. OPEN: until a day. ROLLING: at any time. UNTIL_FUNDS: until its budget is "
    "used. UNKNOWN: its dates are not known, so it may be open.",
)
SPACE_KIND = Words("SpaceKind", SPACE_KINDS, "What a space is.")
SPACE_STATE = Words("SpaceState", SPACE_STATES, "Whether a space runs.")
DISTRICT_KIND = Words("DistrictKind", DISTRICT_KINDS, "What a district is.")
BARRIER = Words("Barrier", BARRIERS, "What stands in the way of a need.")
NEED_STATE = Words("NeedState", NEED_STATES, "State of a need.")
INTRODUCTION_STATE = Words("IntroductionState", INTRODUCTION_STATES, "State of an introduction.")
JUDGEMENT_VERDICT = Words("JudgementVerdict", JUDGEMENT_VERDICTS, "What was said of a suggestion, or became of it.")
JUDGEMENT_REASON = Words("JudgementReason", JUDGEMENT_REASONS, "Why a suggestion is not relevant.")
VERDICT = Words("Verdict", VERDICTS, "May it apply? CHECK: not enough is known, or prose must be read.")
CALL_PART = Words("CallPart", CALL_PARTS, "What of a call has changed.")
AWARD_STATE = Words("AwardState", AWARD_STATES, "How far an award is.")
REGIME = Words("Regime", REGIMES, "Under which rules of state aid something was granted.")
APPLICATION_STATE = Words("ApplicationState", APPLICATION_STATES, "How far an application is.")
DOCUMENT_KIND = Words("DocumentKind", DOCUMENT_KINDS, "A paper that calls ask for.")
RULE_SET_STATE = Words("RuleSetState", RULE_SET_STATES, "Where a version of a call's rules stands.")
THING_KIND = Words(
    "ThingKind",
    ("organisation", "programme", "call", "space", "district", "technology", "need", "offer"),
    "What something that a search finds is.",
)
NOTICE_STATE = Words("NoticeState", NOTICE_STATES, "Whether its source still lists a notice.")
DOUBT_STATE = Words("DoubtState", DOUBT_STATES, "Whether two notices announce one call: undecided, yes, no.")
