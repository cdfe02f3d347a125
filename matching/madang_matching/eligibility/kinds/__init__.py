"""The table of condition kinds. A new kind is one module here and one row below."""

from __future__ import annotations

from madang_matching.eligibility.kinds import (
    certificate,
    co_funding,
    de_minimis,
    disqualification,
    earlier_award,
    exclusive_with,
    firm_age,
    founder_age,
    industry,
    investment,
    legal_form,
    order_of_acts,
    organisation_kind,
    pre_founder,
    preference,
    prose,
    recommendation,
    region,
    size,
    sme,
    stage,
    statement,
)
from madang_matching.eligibility.requirement import Kind

_DECIDING = (
    firm_age.KIND,
    pre_founder.KIND,
    founder_age.KIND,
    region.KIND,
    industry.KIND,
    size.KIND,
    sme.KIND,
    stage.KIND,
    investment.KIND,
    co_funding.KIND,
    organisation_kind.KIND,
    legal_form.KIND,
    certificate.KIND,
    disqualification.KIND,
    earlier_award.KIND,
    exclusive_with.KIND,
    de_minimis.KIND,
    order_of_acts.KIND,
    recommendation.KIND,
    statement.KIND,
    prose.KIND,
)
KINDS: dict[str, Kind] = {kind.name: kind for kind in _DECIDING}
KINDS[preference.NAME] = preference.kind_of(KINDS)
