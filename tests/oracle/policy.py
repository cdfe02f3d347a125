"""Who may see what, written a second time and apart from the product: the crawl and the oracle judge by this table.

A field that is not in the table is a failure, so that a new field cannot slip in without a decision.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from madang_graph.viewer import Viewer

from tests.small_district import District

Rule = Callable[[District, Viewer, str], bool]


def ends(district: District, start: str, kind: str) -> set[str]:
    return {end for s, k, end, _ in district.ties if s == start and k == kind}


def starts(district: District, end: str, kind: str) -> set[str]:
    return {s for s, k, e, _ in district.ties if e == end and k == kind}


def everyone(_district: District, _viewer: Viewer, _node: str) -> bool:
    return True


def administrator(_district: District, viewer: Viewer, _node: str) -> bool:
    return viewer.admin


def own(_district: District, viewer: Viewer, node: str) -> bool:
    return viewer.admin or node in viewer.organisation_ids


def own_or_manager(district: District, viewer: Viewer, node: str) -> bool:
    managed = ends(district, node, "MEMBER_OF") & set(viewer.district_ids)
    return own(district, viewer, node) or bool(managed)


def organisation(district: District, viewer: Viewer, node: str) -> bool:
    visibility = district.nodes[node][1].get("visibility")
    return (
        visibility == "public"
        or (visibility == "members" and viewer.person_id is not None)
        or own(district, viewer, node)
    )


def offer(district: District, viewer: Viewer, node: str) -> bool:
    behind = starts(district, node, "OFFERS") | starts(district, node, "SEEKS")
    return viewer.admin or any(organisation(district, viewer, one) for one in behind)


def need(district: District, viewer: Viewer, node: str) -> bool:
    return viewer.person_id is not None and offer(district, viewer, node)


def budget(district: District, viewer: Viewer, node: str) -> bool:
    return viewer.admin or bool(starts(district, node, "SEEKS") & set(viewer.organisation_ids))


def introduction(district: District, viewer: Viewer, node: str) -> bool:
    sides = starts(district, node, "ASKED") | ends(district, node, "ASKS")
    return viewer.admin or bool(sides & set(viewer.organisation_ids))


def judgement(district: District, viewer: Viewer, node: str) -> bool:
    return viewer.admin or bool(starts(district, node, "JUDGED") & set(viewer.organisation_ids))


def own_programme(district: District, viewer: Viewer, node: str) -> bool:
    return viewer.admin or bool(starts(district, node, "RUNS") & set(viewer.organisation_ids))


def own_call(district: District, viewer: Viewer, node: str) -> bool:
    return viewer.admin or any(own_programme(district, viewer, one) for one in starts(district, node, "HAS_CALL"))


def planned_call(district: District, viewer: Viewer, node: str) -> bool:
    return viewer.admin or any(own_programme(district, viewer, one) for one in starts(district, node, "PLANS"))


def rule_set(district: District, viewer: Viewer, node: str) -> bool:
    of = starts(district, node, "HAS_RULE_SET")
    return viewer.admin or any(own_call(district, viewer, one) or planned_call(district, viewer, one) for one in of)


def editors_of(district: District, rules: str) -> set[str]:
    """People who may edit for those who run the programme of a version of rules."""
    calls = starts(district, rules, "HAS_RULE_SET")
    programmes = {one for call in calls for kind in ("HAS_CALL", "PLANS") for one in starts(district, call, kind)}
    owners = {one for programme in programmes for one in starts(district, programme, "RUNS")}
    acting = [(person, tie) for person, kind, end, tie in district.ties if kind == "ACTS_FOR" and end in owners]
    return {person for person, tie in acting if tie.get("role") != "reader"}


def own_preview(district: District, viewer: Viewer, node: str) -> bool:
    return district.nodes[node][1].get("preview_by") == viewer.person_id


def entry(relationship: str) -> Rule:
    """An entry of an organisation's own lists: its own people, unless it was taken off."""

    def rule(district: District, viewer: Viewer, node: str) -> bool:
        behind = starts(district, node, relationship) & set(viewer.organisation_ids)
        return "removed_at" not in district.nodes[node][1] and (viewer.admin or bool(behind))

    return rule


def watch(district: District, viewer: Viewer, node: str) -> bool:
    return "removed_at" not in district.nodes[node][1] and viewer.person_id in starts(district, node, "KEEPS_WATCH")


def local_mail(district: District, viewer: Viewer, node: str) -> bool:
    return viewer.admin and bool(district.nodes[node][1].get("local"))


def assessment(district: District, viewer: Viewer, node: str) -> bool:
    behind = starts(district, node, "ASSESSED_BY")
    return viewer.admin or any(own_or_manager(district, viewer, one) for one in behind)


def colleague(district: District, viewer: Viewer, node: str) -> bool:
    shared = ends(district, node, "ACTS_FOR") & set(viewer.organisation_ids)
    return viewer.admin or node == viewer.person_id or bool(shared)


def oneself(_district: District, viewer: Viewer, node: str) -> bool:
    return node == viewer.person_id


NODES: dict[str, Rule] = {
    "Organisation": organisation,
    "Assessment": assessment,
    "Project": everyone,
    "Programme": everyone,
    "Call": everyone,
    "PlannedCall": planned_call,
    "Notice": administrator,
    "Doubt": administrator,
    "Space": everyone,
    "District": everyone,
    "ClusterGraph": everyone,
    "Technology": everyone,
    "Industry": everyone,
    "Need": need,
    "Offer": offer,
    "Introduction": introduction,
    "Judgement": judgement,
    "Award": entry("RECEIVED"),
    "Application": entry("APPLIED_WITH"),
    "Document": entry("KEEPS"),
    "RuleSet": rule_set,
    "Person": colleague,
    "Viewer": oneself,
    "Watch": watch,
    "Mail": local_mail,
    "Source": everyone,
    "MatchingModel": everyone,
}

# Fields whose value fewer people may see than the node itself. Every other field of the read types is as visible as
# its node; `OPEN` names them all, so that the table is complete.
FIELDS: dict[str, Rule] = {
    "Organisation.employees": own_or_manager,
    "Organisation.revenueWon": own_or_manager,
    "Organisation.maturity": own_or_manager,
    "Organisation.assessments": own_or_manager,
    "Organisation.visibility": own,
    "Organisation.version": own,
    "Organisation.profiling": own,
    "Organisation.changedFields": own,
    "Organisation.facts": own,
    "Organisation.helpfulQuestion": own,
    "Organisation.programmeFits": own,
    "Organisation.partnerSuggestions": own,
    "Organisation.dismissedCalls": own,
    "Organisation.dismissedPartners": own,
    "Organisation.judgements": own,
    "Organisation.awards": own,
    "Organisation.applications": own,
    "Organisation.documents": own,
    "Organisation.deMinimis": own,
    "Organisation.affiliates": own,
    "Organisation.introductionsAsked": own,
    "Organisation.introductionsReceived": own,
    "Organisation.people": own,
    "Call.ruleSets": own_call,
    "RuleSet.preview": own_preview,
    "RuleSet.passing": own_preview,
    "RuleSet.gaining": own_preview,
    "RuleSet.losing": own_preview,
    "Need.budgetWon": budget,
    "MatchingModel.card": administrator,
}

_NAMED = "id name nameKo nameEn synthetic"
_SUMMED = "summary summaryKo summaryEn"
OPEN: dict[str, str] = {
    "Organisation": f"{_NAMED} {_SUMMED} kind foundedOn stage trl industryCode homepage country certificates updatedAt "
    "longitude latitude isMine district industry districts technologies needs offers programmes spaces projects "
    "memberships sources",
    "Assessment": "id takenOn questionnaire strategy processes data technology people customers total",
    "Project": f"{_NAMED} startedOn endedOn size amountEur participants technologies fundedBy sources",
    "Programme": f"{_NAMED} {_SUMMED} ownerName purposes asOfYear sourceNote mayEdit calls plannedCalls technologies "
    "runBy members projects sources",
    "Notice": "id title agency opensOn closesOn url state withdrawnOn call source",
    "Doubt": "id score why state earlier decidedAt version notices",
    "Call": f"{_NAMED} {_SUMMED} url withdrawnOn documents archivedAt mayEdit rulePlaces purposes noticedOn opensAt "
    "closesAt rolling amountMaxWon ownShare amountNote demoDates asOfYear sourceNote state daysLeft rules "
    "untilFunds intake ourEligibility regionCodes updatedAt watch programme technologies fitsOf dismissedBy returnedTo "
    "sources contractOn version",
    "PlannedCall": f"{_NAMED} {_SUMMED} purposes noticedOn opensAt closesAt contractOn rolling untilFunds amountMaxWon "
    "ownShare amountNote url documents archivedAt version updatedAt rulePlaces programme technologies ruleSets",
    "Space": f"{_NAMED} {_SUMMED} kind focus openedYear sizeNote tenancyNote state dong asOfYear sourceNote longitude "
    "latitude district technologies runBy sources",
    "District": f"{_NAMED} kind code specialisation designation asOfYear sourceNote longitude latitude boundary isMine "
    "parent parts covers members spaces clusterGraph sources",
    "ClusterGraph": "id computedAt version nodeCount edgeCount edges communities specialisations communityTies "
    "crossings tieStarts nodes bridges",
    "Technology": f"{_NAMED} code parent children organisations calls",
    "Industry": f"{_NAMED} code parent children organisations",
    "Need": "id text language barrier state postedAt organisation technologies sources",
    "Offer": "id text language postedAt organisation technologies sources",
    "Introduction": "id state message answer askedAt answeredAt expiresAt asker asked need judgements",
    "Judgement": "id verdict reason note saidAt endedAt holds score rank listVersion modelVersion reasons organisation "
    "partner call person introduction",
    "Award": "id name amountWon receivedOn endsOn state regime deMinimisEur plan programmeGroup version recordedAt "
    "organisation programme",
    "Application": "id name state appliedOn note version recordedAt conflicts organisation call",
    "Document": "id kind expiresOn note version recordedAt organisation",
    "RuleSet": "id number state version savedAt publishedAt documents rules places coverage clashes call "
    "editors publishers mayPublish sentBy",
    "Person": "id name",
    "Viewer": "id name email language isAdmin digest feedToken organisations districts watches",
    "Watch": "id kind name query changed changedAt lookedAt createdAt call found",
    "Mail": "id subject text html language madeAt sentAt recipient",
    "MatchingModel": "id version dataDate since basic basicReason seed organisations projects judgements partnerPairs "
    "programmePairs features metrics",
    "Source": "id key title attribution licence url asOf synthetic",
}

# Lists of organisations that show only those the viewer acts for, whatever their visibility.
MINE_ONLY = {"Call.fitsOf", "Call.dismissedBy", "Call.returnedTo"}


def may_see(district: District, viewer: Viewer, type_name: str, node: str) -> bool:
    return NODES[type_name](district, viewer, node)


def may_read(district: District, viewer: Viewer, type_name: str, field: str, node: str) -> bool:
    rule = FIELDS.get(f"{type_name}.{field}")
    if rule is not None:
        return rule(district, viewer, node)
    if field not in OPEN[type_name].split():
        raise AssertionError(f"{type_name}.{field} has no policy in the oracle.")
    return True


def value_of(node: tuple[str, dict[str, Any]], name: str) -> Any:
    return node[1].get(name)
