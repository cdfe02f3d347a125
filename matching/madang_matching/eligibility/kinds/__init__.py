"""The table of condition kinds. A new kind is one module here and one row below."""

from __future__ import annotations

from madang_matching.eligibility.kinds import firm_age, industry, organisation_kind, prose, region, size
from madang_matching.eligibility.requirement import Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (firm_age.KIND, region.KIND, industry.KIND, size.KIND, organisation_kind.KIND, prose.KIND)
}
