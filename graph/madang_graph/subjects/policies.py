"""Who may see what, as predicates over a node `{n}` or an edge from it. The one place where these sentences stand."""

from typing import LiteralString

SIGNED_IN: LiteralString = "$viewer_signed_in"

ADMINISTRATOR: LiteralString = "$viewer_admin"

OWN: LiteralString = "({n}.id IN $viewer_organisations OR $viewer_admin)"
"""The organisation's own people, and administrators."""

OWN_OR_MANAGER: LiteralString = (
    "({n}.id IN $viewer_organisations OR $viewer_admin OR ($viewer_manages AND "
    "EXISTS { ({n})-[:MEMBER_OF]->(managed:District) WHERE managed.id IN $viewer_districts }))"
)
"""As OWN, and those who manage a district that the organisation belongs to."""

ORGANISATION: LiteralString = (
    "({n}.visibility IN $viewer_visibilities OR {n}.id IN $viewer_organisations OR $viewer_admin)"
)
"""Public organisations to all, `members` ones to signed-in people, private ones to their own people."""

BY_VISIBLE_ORGANISATION: LiteralString = (
    "($viewer_admin OR EXISTS { ({n})<-[:SEEKS|OFFERS]-(behind:Organisation) "
    "WHERE behind.visibility IN $viewer_visibilities OR behind.id IN $viewer_organisations })"
)
"""A need or offer is as visible as the organisation behind it."""

NEED: LiteralString = "($viewer_signed_in AND " + BY_VISIBLE_ORGANISATION + ")"

BUDGET: LiteralString = (
    "($viewer_admin OR EXISTS { ({n})<-[:SEEKS]-(behind:Organisation) WHERE behind.id IN $viewer_organisations })"
)

INTRODUCTION: LiteralString = (
    "($viewer_admin OR EXISTS { ({n})<-[:ASKED]-(side:Organisation) WHERE side.id IN $viewer_organisations } "
    "OR EXISTS { ({n})-[:ASKS]->(side:Organisation) WHERE side.id IN $viewer_organisations })"
)
"""Both sides of an introduction."""

JUDGEMENT: LiteralString = (
    "($viewer_admin OR EXISTS { ({n})<-[:JUDGED]-(behind:Organisation) WHERE behind.id IN $viewer_organisations })"
)
"""The own people of the organisation that judged, and administrators."""

ASSESSMENT: LiteralString = (
    "($viewer_admin OR EXISTS { ({n})<-[:ASSESSED_BY]-(o:Organisation) WHERE o.id IN $viewer_organisations OR "
    "EXISTS { (o)-[:MEMBER_OF]->(managed:District) WHERE managed.id IN $viewer_districts } })"
)

COLLEAGUE: LiteralString = (
    "({n}.id = $viewer_person OR $viewer_admin OR EXISTS { ({n})-[:ACTS_FOR]->(shared:Organisation) "
    "WHERE shared.id IN $viewer_organisations })"
)
"""Oneself, and people who act for the same organisation."""

ONESELF: LiteralString = "{n}.id = $viewer_person"

AWARD: LiteralString = (
    "({n}.removed_at IS NULL AND ($viewer_admin OR EXISTS { ({n})<-[:RECEIVED]-(behind:Organisation) "
    "WHERE behind.id IN $viewer_organisations }))"
)
"""The own people of the organisation that received it, and administrators; nobody what was taken off the ledger."""

APPLICATION: LiteralString = (
    "({n}.removed_at IS NULL AND ($viewer_admin OR EXISTS { ({n})<-[:APPLIED_WITH]-(behind:Organisation) "
    "WHERE behind.id IN $viewer_organisations }))"
)

DOCUMENT: LiteralString = (
    "({n}.removed_at IS NULL AND ($viewer_admin OR EXISTS { ({n})<-[:KEEPS]-(behind:Organisation) "
    "WHERE behind.id IN $viewer_organisations }))"
)

WATCH: LiteralString = (
    "({n}.removed_at IS NULL AND EXISTS { ({n})<-[:KEEPS_WATCH]-(keeper:Person) WHERE keeper.id = $viewer_person })"
)
"""The person alone, not even administrators; nobody what was taken off."""

LOCAL_MAIL: LiteralString = "($viewer_admin AND {n}.local)"
"""Administrators, and only what no mail server was there to take."""

OWN_PROGRAMME: LiteralString = (
    "($viewer_admin OR EXISTS { ({n})<-[:RUNS]-(runner:Organisation) WHERE runner.id IN $viewer_organisations })"
)
"""The own people of the organisation that runs the programme, and administrators."""

OWN_CALL: LiteralString = (
    "($viewer_admin OR EXISTS { ({n})<-[:HAS_CALL]-(:Programme)<-[:RUNS]-(runner:Organisation) "
    "WHERE runner.id IN $viewer_organisations })"
)

PLANNED_CALL: LiteralString = (
    "($viewer_admin OR EXISTS { ({n})<-[:PLANS]-(:Programme)<-[:RUNS]-(runner:Organisation) "
    "WHERE runner.id IN $viewer_organisations })"
)
"""Nobody learns of an edition before it is published, but who runs the programme."""

RULE_SET: LiteralString = (
    "($viewer_admin OR EXISTS { ({n})<-[:HAS_RULE_SET]-(:Call|PlannedCall)<-[:HAS_CALL|PLANS]-(:Programme)<-[:RUNS]-"
    "(runner:Organisation) WHERE runner.id IN $viewer_organisations })"
)

OWN_PREVIEW: LiteralString = "{n}.preview_by = $viewer_person"
"""Who asked for the preview: it was judged by what that person may see of firms."""
