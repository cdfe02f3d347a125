"""Applicants and calls as the read model hands them over, made into the records that rules are judged on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from madang_graph.writes.facts import read_facts
from madang_matching.records import Call, Organisation

from madang_server.matches.affiliates import FACT, affiliate_awards

Row = Sequence[Any]
SELF = "self"
"""Source of what the organisation itself has stated. Pages have words for it, and for "demo"."""
_PROVINCE_LENGTH = 2


def applicant_of(row: Row) -> Organisation:
    """Return the record of a row of `madang_graph.subjects.eligibility.APPLICANT`."""
    facts, fact_sources = facts_of(row[9], row[12], row[15])
    return Organisation(
        id=row[0],
        kind=row[1],
        name_ko=row[13] or "",
        name_en=row[14] or "",
        founded_on=row[2],
        employees=row[3],
        revenue_won=row[4],
        industry_code=row[5],
        stage=row[6],
        trl=row[7],
        certificates=tuple(row[8] or ()),
        region_codes=with_provinces(row[10]),
        value_sources=sources_of(row[11]) | fact_sources,
        facts=facts,
    )


def call_of(row: Row) -> Call:
    """Return the record of a row of `madang_graph.subjects.eligibility.CALL_DAYS`."""
    return Call(
        id=row[0],
        rules=rules_of(row[1]) or {},
        noticed_on=row[2],
        opens_at=row[3],
        closes_at=row[4],
        rolling=bool(row[5]),
        name_ko=row[6] or "",
        name_en=row[7] or "",
        contract_on=row[8],
    )


def rules_of(stored: str | None) -> Mapping[str, Any] | None:
    """Return the stored rule tree, {} where there is none; None: it cannot be read."""
    try:
        return orjson.loads(stored) if stored else {}
    except orjson.JSONDecodeError:
        return None


_AWARD = ("programme", "on", "ends_on", "amount_won", "state", "regime", "de_minimis_eur", "plan", "group")


def facts_of(
    stored: str | None, awards: Sequence[Row] = (), group: Row | None = None
) -> tuple[dict[str, object], dict[str, str]]:
    """Return the plain values by name, and "source · date" by name.

    Args: awards: the ledger, as in `snapshots.organisation_rows`; an empty one says nothing, because nobody may have
        kept it: that there was no support is a fact of its own.
        group: as in `madang_graph.affiliates.GROUP`; None: hidden.
    """
    facts = read_facts(stored)
    values: dict[str, object] = {name: entry["value"] for name, entry in facts.items()}
    sources = {name: _source(entry) for name, entry in facts.items()}
    if awards:
        values["awards"] = [
            {name: each for name, each in zip(_AWARD, row, strict=False) if each is not None} for row in awards
        ]
        last = max((row[9][:10] for row in awards if row[9]), default="")
        sources["awards"] = _source({"source": SELF, "on": last})
    aid = affiliate_awards(group, values.get(FACT) is not None) if group else None
    if aid is not None:
        values[FACT] = aid
        sources.setdefault(FACT, SELF)
    return values, {name: source for name, source in sources.items() if source}


def _source(fact: Mapping[str, Any]) -> str:
    return " · ".join(str(fact[name]) for name in ("source", "on") if fact.get(name))


def with_provinces(codes: Sequence[str]) -> tuple[str, ...]:
    """Return the codes and those of their provinces: ("11680",) becomes ("11680", "11")."""
    found = dict.fromkeys(codes)
    found.update(dict.fromkeys(code[:_PROVINCE_LENGTH] for code in codes))
    return tuple(found)


def sources_of(statements: Sequence[Row]) -> dict[str, str]:
    """Return "source · date" by property; the latest statement counts. Who stated the place stated the codes of its gu.

    Args: statements: [property names, source, date], oldest first.
    """
    found: dict[str, str] = {}
    for fields, source, as_of in statements:
        found.update(dict.fromkeys(fields or (), f"{source} · {as_of}" if as_of else str(source)))
    if "location" in found:
        found["region_codes"] = found["location"]
    return found
