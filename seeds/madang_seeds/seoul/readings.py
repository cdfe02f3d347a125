"""One structured criterion of the reference programmes as a condition of the eligibility engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from madang_seeds.packed import read_toml
from madang_seeds.seoul.awards import award_names, award_words

Rule = dict[str, Any]

REFERENCES = {"notice": "notice", "close": "closing", "opening": "opening", "agreement": "contract"}
_INVESTORS = {"tips_operator": "팁스 운영사"}
_TAGS = {
    "cafe": "I5622",
    "retail": "G47",
    "wholesale": "G46",
    "distribution": "G46",
    "restaurant": "I561",
    "bar": "I5621",
}
"""KSIC 10 codes of trades that notices exclude by name."""


class Criterion(NamedTuple):
    """A structured reading: what is compared, and with what."""

    programme: str
    op: str
    value: Any
    reference: str
    more: Mapping[str, Any]
    """What else the reading says: window, sources, period."""


def read_criterion(programme: str, structured: Mapping[str, Any]) -> Rule:
    """Return the condition of a criterion.

    Raises: KeyError: its field is not among those that the reference file uses.
    """
    leaf = structured.get("equivalent", structured)
    reference = REFERENCES.get(structured.get("reference", "unknown"), "unknown")
    return _READERS[leaf["field"]](Criterion(programme, leaf["op"], leaf["value"], reference, structured))


def statement(key: str, wanted: bool = True) -> Rule:
    """Return the condition that the applicant says yes (wanted) or no."""
    ko, en = read_toml("seoul_statements.toml")["statements"][key]
    return {"kind": "statement", "key": key, "text_ko": ko, "text_en": en, "wanted": wanted}


def _said(key: str) -> Callable[[Criterion], Rule]:
    return lambda criterion: statement(key, criterion.value is not False)


def _bound(criterion: Criterion) -> str:
    return "exclusive" if criterion.op in {"<", ">"} else "inclusive"


def _is_least(criterion: Criterion) -> bool:
    return criterion.op in {">", ">="}


def _age(criterion: Criterion) -> Rule:
    end = "min_years" if _is_least(criterion) else "max_years"
    return {"kind": "firm_age", end: criterion.value, "bound": _bound(criterion), "reference": criterion.reference}


def _registered(criterion: Criterion) -> Rule:
    wanted = "registered" if criterion.value else "pre_founder"
    return {"kind": "pre_founder", "wanted": wanted, "reference": criterion.reference}


def _founder(criterion: Criterion) -> Rule:
    return {"kind": "founder_age", "bands": [{"max_years": criterion.value}], "reference": criterion.reference}


def _size(name: str, **fixed: Any) -> Callable[[Criterion], Rule]:
    def read(criterion: Criterion) -> Rule:
        end = "min" if _is_least(criterion) else "max"
        unit = "" if name == "employees" else "_won"
        return {"kind": "size", f"{name}_{end}{unit}": criterion.value, "bound": _bound(criterion), **fixed}

    return read


def _investment(criterion: Criterion) -> Rule:
    rule: Rule = {"kind": "investment", "amount_min_won": criterion.value, "bound": _bound(criterion)}
    if criterion.more["field"] == "tips_operator_investment_won":
        rule["investors"] = [_INVESTORS["tips_operator"]]
    if "source_in" in criterion.more:
        rule["investors"] = list(criterion.more["source_in"])
    if criterion.more["field"] == "investment_paid_won":
        rule["paid"] = True
    if "window_days" in criterion.more:
        rule["within_months"] = round(criterion.more["window_days"] / 365 * 12)
    return {**rule, "reference": criterion.reference}


def _recommended(criterion: Criterion) -> Rule:
    bodies = criterion.value if isinstance(criterion.value, list) else [criterion.value]
    return {"kind": "recommendation", "bodies": [_INVESTORS.get(body, body) for body in bodies]}


def _awards(**limits: Any) -> Callable[[Criterion], Rule]:
    def read(criterion: Criterion) -> Rule:
        keys = [name.partition(":")[0] for name in criterion.value]
        ko, en = award_words(keys)
        names = [name for key in keys for name in award_names(key)]
        return {"kind": "earlier_award", "programmes": names, "text_ko": ko, "text_en": en, **limits}

    return read


def _past(criterion: Criterion) -> Rule:
    """Each programme has years of its own: those of the same years stand together."""
    by_years: dict[str, list[str]] = {}
    for name in criterion.value:
        key, _, years = name.partition(":")
        by_years.setdefault(years, []).append(key)
    parts: list[Rule] = []
    for years, keys in by_years.items():
        first, _, last = years.partition("-")
        limits = {"min_times": 1, "years_from": int(first), "years_to": int(last)}
        parts.append(_awards(**limits)(criterion._replace(value=keys)))
    return parts[0] if len(parts) == 1 else {"any": parts}


def _place(codes: tuple[str, ...], *sites: str) -> Rule:
    parts: list[Rule] = [{"kind": "region", "codes": list(codes), "site": site} for site in sites]
    return parts[0] if len(parts) == 1 else {"any": parts}


def _capital(criterion: Criterion) -> Rule:
    return _place((criterion.value,), "head_office")


def _trades(criterion: Criterion) -> Rule:
    return {"kind": "industry", "exclude": sorted({_TAGS[tag] for tag in criterion.value})}


def _field(criterion: Criterion) -> Rule:
    only = criterion.value[0].lower() if len(criterion.value) == 1 else f"of_{criterion.programme}"
    return statement(f"field_{only}")


def _track(criterion: Criterion) -> Rule:
    tracks = criterion.value if isinstance(criterion.value, list) else [criterion.value]
    parts = [statement(f"track_{track}") for track in tracks]
    return parts[0] if len(parts) == 1 else {"any": parts}


def _stage(criterion: Criterion) -> Rule:
    low, high = criterion.value if criterion.op == "between" else (criterion.value, None)
    return {"kind": "stage", "trl_min": low, **({} if high is None else {"trl_max": high})}


def _sme(*wanted: str) -> Callable[[Criterion], Rule]:
    return lambda _criterion: {"kind": "sme", "definition": "kr", "wanted": list(wanted)}


def _sme_or_mid(criterion: Criterion) -> Rule:
    return {"any": [_sme("sme")(criterion), statement("is_mid_sized")]}


def _university(_criterion: Criterion) -> Rule:
    return {"all": [{"kind": "organisation_kind", "include": ["research"]}, statement("is_university")]}


_READERS: dict[str, Callable[[Criterion], Rule]] = {
    "firm_age_years": _age,
    "has_registered_business": _registered,
    "is_major_shareholder": _said("is_major_shareholder"),
    "days_since_last_closure": lambda _criterion: statement("closed_within_month_of_notice", False),
    "is_sme": _sme("sme"),
    "is_small_merchant": _sme("micro"),
    "company_size": _sme_or_mid,
    "all_ceos_eligible": _said("all_ceos_eligible"),
    "applicant_site": lambda _criterion: statement("applies_as_head_office"),
    "industry_tag": _trades,
    "industry_section": lambda criterion: {"kind": "industry", "include": [criterion.value]},
    "has_default": lambda _criterion: {"kind": "disqualification", "of": ["in_default"]},
    "has_tax_arrears": lambda _criterion: {"kind": "disqualification", "of": ["tax_arrears"]},
    "past_programme": _past,
    "past_award": _awards(max_times=0),
    "past_award_completed": _awards(min_times=1, states=["completed"]),
    "employees": _size("employees"),
    "employees_incl_ceo": lambda _criterion: statement("two_people_with_ceo"),
    "revenue_won": _size("revenue"),
    "revenue_mean3y_won": _size("revenue", revenue_of="average"),
    "cumulative_investment_won": _investment,
    "tips_operator_investment_won": _investment,
    "investment_won": _investment,
    "investment_paid_won": _investment,
    "investment_after_tips_won": lambda _criterion: statement("investment_after_tips"),
    "recommended_by": _recommended,
    "hq_region": lambda _criterion: _place(("11",), "head_office"),
    "hq_or_main_office_region": lambda _criterion: _place(("11",), "head_office", "branch"),
    "any_site_region": lambda _criterion: _place(("11",), "head_office", "branch"),
    "hq_region_group": _capital,
    "ceo_age": _founder,
    "track": _track,
    "own_share_of_total": lambda criterion: {"kind": "co_funding", "share_min": criterion.value, "of": "total"},
    "tech_field": _field,
    "trl": _stage,
    "tenant_of_city_facility": _said("tenant_of_city_facility"),
    "prototype_workshop_selected": _said("prototype_workshop_selected"),
    "public_space_tenancies": lambda _criterion: {
        "kind": "exclusive_with", "groups": ["public_space"],
        "text_ko": "다른 공공 창업공간", "text_en": "another public start-up space",
    },
    "commits_to_move_within_days": lambda _criterion: statement("moves_within_60_days"),
    "commits_to_move_hq": lambda _criterion: statement("moves_head_office"),
    "certificates": lambda criterion: {
        "kind": "certificate", "names": [criterion.value], "reference": criterion.reference
    },
    "applicant_type": _university,
    "partner_registered_in": lambda criterion: statement(f"partner_in_{criterion.value}"),
    "smart_factory_level": lambda _criterion: statement("smart_factory_level_middle_1"),
    "founder_nationality": lambda _criterion: statement("founder_from_abroad"),
    "country_group": lambda _criterion: statement("in_eu_or_associated_country"),
    "unsuccessful_submissions": lambda _criterion: statement("three_unsuccessful_submissions", False),
}  # fmt: skip
