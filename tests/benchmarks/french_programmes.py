"""Can rules say what real programmes ask? `python -m tests.benchmarks.french_programmes PROGRAMS.json`.

Translates `eligibilityData` of each programme into a rule tree and a call's dates, counts what could be translated,
and compares every verdict with a second reading (`french_reading`). The file is not part of the project: nothing of it
is kept, copied or printed but counts and ids.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from madang_matching.eligibility import Rule, evaluate, parse_rules
from madang_matching.eligibility.dates import seoul_day
from madang_matching.errors import RuleError
from madang_matching.records import Call, Organisation

from tests.benchmarks.french_reading import Firm, meets, runs

SAMPLED = 60
FIRMS = 400
"""Of each programme."""
SECTIONS = "ABCDEFGHIJKLMNOPQRSTU"

PLACES: dict[str, str] = {
    "Guadeloupe": "01", "Martinique": "02", "Guyane": "03", "La Réunion": "04", "Mayotte": "06",
    "Île-de-France": "11", "Centre-Val de Loire": "24", "Bourgogne-Franche-Comté": "27", "Normandie": "28",
    "Hauts-de-France": "32", "Grand Est": "44", "Pays de la Loire": "52", "Bretagne": "53",
    "Nouvelle-Aquitaine": "75", "Occitanie": "76", "Auvergne-Rhône-Alpes": "84",
    "Provence-Alpes-Côte d'Azur": "93", "Corse": "94", "Saint-Pierre-Et-Miquelon": "975",
    "Saint-Barthélemy": "977", "Saint-Martin": "978", "Terres australes et antarctiques françaises": "984",
    "Wallis et Futuna": "986", "Polynésie française": "987", "Nouvelle-Calédonie": "988",
    "Landes": "7540", "Bouches-du-Rhône": "9313",
}  # fmt: skip
"""INSEE codes; a département after its region."""
FRANCE = "250"
"""ISO 3166-1 numeric, before each code, so that no code is one of Korea's."""

_PLAIN_SIZES = frozenset(("toutes tailles", "éligible aux micro-entreprises", "non éligible aux micro-entreprises"))


@dataclass(slots=True)
class Translation:
    """One programme as rules and dates."""

    programme: Mapping[str, Any]
    structured: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    prose: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    opens_at: str | None = None
    closes_at: str | None = None
    asked: int = 0
    """Structured criteria of the source."""
    refused: list[str] = field(default_factory=list[str])
    """Those that could not be translated."""

    @property
    def rules(self) -> dict[str, Any]:
        """Everything that is asked, words included."""
        return {"all": [*self.structured, *self.prose]}

    @property
    def call(self) -> Call:
        """The dated edition."""
        return Call(self.programme["id"], rules=self.rules, opens_at=self.opens_at, closes_at=self.closes_at)


def translate(programme: Mapping[str, Any]) -> Translation:
    """Return the programme as rules and dates; each key of `company` and `validity` is one criterion."""
    translation = Translation(programme)
    company: dict[str, Any] = dict(programme["eligibilityData"]["company"])
    validity: Mapping[str, str] = programme["eligibilityData"].get("validity") or {}
    open_to_public = company.get("openToPublicAdministration")
    for name, value in company.items():
        translation.asked += 1
        leaf = _leaf(name, value, bool(open_to_public))
        if leaf is None:
            translation.refused.append(name)
        elif leaf:
            translation.structured.append(leaf)
    for name, value in validity.items():
        translation.asked += 1
        day = datetime.strptime(value, "%d/%m/%Y").date()
        if name == "start":
            translation.opens_at = f"{day - timedelta(days=1)}T15:00:00Z"
        else:
            translation.closes_at = f"{day}T14:59:59Z"
    translation.prose = [{"kind": "prose", "text_ko": text} for text in _unstructured(programme)]
    return translation


def _leaf(name: str, value: Any, open_to_public: bool) -> dict[str, Any] | None:
    """Return the criterion as a rule; empty where another key's rule says it; None where it cannot be said."""
    if name == "allowedNafSections":
        sector = {"kind": "industry", "include": list(value), "revision": "nace2"}
        public = {"kind": "organisation_kind", "include": ["public_body"]}
        return _readable({"any": [sector, public]} if open_to_public else sector)
    if name == "allowedRegion":
        if not set(value) <= set(PLACES):
            return None
        return _readable({"kind": "region", "codes": [FRANCE + PLACES[each] for each in value], "site": "head_office"})
    if name in ("minEmployees", "maxEmployees"):
        limit = "employees_min" if name == "minEmployees" else "employees_max"
        return _readable({"kind": "size", limit: int(value), "bound": "inclusive"})
    if name == "excludeMicroentrepreneur":
        asked = {"kind": "statement", "key": "micro_entrepreneur", "text_ko": "소규모 자영업(micro-entrepreneur)"}
        return _readable(asked | {"text_en": "Is a micro-entrepreneur", "wanted": False}) if value else {}
    return {} if name == "openToPublicAdministration" else None


def _readable(leaf: dict[str, Any]) -> dict[str, Any] | None:
    try:
        parse_rules(leaf)
    except RuleError:
        return None
    return leaf


def _unstructured(programme: Mapping[str, Any]) -> Iterator[str]:
    """What the programme asks in words only."""
    asked: Mapping[str, list[str]] = programme["conditions d'éligibilité"]
    company: Mapping[str, Any] = programme["eligibilityData"]["company"]
    yield from asked.get("autres critères d'éligibilité", ())
    yield from (text for text in asked["nombre d'années d'activité"] if text != "Éligible à toutes les entreprises")
    if not {"minEmployees", "maxEmployees"} & set(company):
        yield from (text for text in asked["taille de l'entreprise"] if text.lower() not in _PLAIN_SIZES)
    if "allowedRegion" not in company:
        yield from (text for text in asked["secteur géographique"] if not text.startswith("France"))
    for each in programme.get("champs conditionnels", ()):
        yield from each.get("autres critères d'éligibilité", ())


def firms(programme: Mapping[str, Any], random: Random) -> list[Firm]:
    """Return firms on every bound of the programme and beside it, in random order."""
    company: Mapping[str, Any] = programme["eligibilityData"]["company"]
    limits = {int(company[name]) for name in ("minEmployees", "maxEmployees") if name in company} | {10}
    people = sorted({max(0, limit + step) for limit in limits for step in (-1, 0, 1)})
    named = [name for name in company.get("allowedRegion", ()) if name in PLACES]
    places = [*named, *random.sample(sorted(PLACES), 4)]
    everyone = list(itertools.product(places, SECTIONS, people, (False, True), (False, True)))
    random.shuffle(everyone)
    return [Firm(_around(place), section, count, micro, public) for place, section, count, micro, public in everyone]


def _around(place: str) -> frozenset[str]:
    region = next((name for name, code in PLACES.items() if code == PLACES[place][:2]), place)
    return frozenset((place, region))


def organisation(firm: Firm) -> Organisation:
    """The same firm as the matching knows it; a region is given by a département that no programme names."""
    code = max((PLACES[place] for place in firm.places), key=len)
    return Organisation(
        "org_fr",
        "public_body" if firm.public else "sme",
        employees=firm.employees,
        industry_code=firm.section,
        region_codes=(FRANCE + (code if len(firm.places) > 1 else f"{code}99"),),
        facts={"industry_revision": "nace2", "statements": {"micro_entrepreneur": firm.micro}},
    )


def _wrong(translation: Translation, firm: Firm, rules: Rule, structured: Rule | None) -> bool:
    call, day = translation.call, date(2026, 1, 15)
    mine = evaluate(structured, organisation(firm), call, day)[0] if structured else "eligible"
    said = "eligible" if meets(translation.programme, firm) else "not_eligible"
    whole = evaluate(rules, organisation(firm), call, day)[0]
    expected = "check" if said == "eligible" and translation.prose else said
    return mine != said or whole != expected


def _wrong_days(translation: Translation) -> int:
    call, wrong = translation.call, 0
    first, last = seoul_day(call.opens_at), seoul_day(call.closes_at)
    for day in {each + timedelta(days=step) for each in (first, last) if each for step in (-1, 0, 1)}:
        inside = (first is None or first <= day) and (last is None or day <= last)
        wrong += inside != runs(translation.programme, day)
    return wrong


def compare(translation: Translation, random: Random) -> tuple[int, int, bool]:
    """Return verdicts compared, those that differ, and whether all firms that meet every rule are to check."""
    rules = parse_rules(translation.rules)
    structured = parse_rules({"all": translation.structured}) if translation.structured else None
    everyone = firms(translation.programme, random)
    applicants = everyone[:FIRMS]
    wrong = sum(_wrong(translation, firm, rules, structured) for firm in applicants) + _wrong_days(translation)
    passing = [firm for firm in everyone if meets(translation.programme, firm)][:FIRMS]
    answers = {evaluate(rules, organisation(firm), translation.call, date(2026, 1, 15))[0] for firm in passing}
    return len(applicants), wrong, answers == {"check"}


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programmes", type=Path)
    parser.add_argument("--seed", type=int, default=20260901)
    options = parser.parse_args()
    random = Random(options.seed)
    translations = [translate(each) for each in json.loads(options.programmes.read_text("utf-8"))]
    asked, refused = sum(each.asked for each in translations), sum(len(each.refused) for each in translations)
    print(f"{len(translations)} programmes, {asked} structured criteria")
    print(f"translated {asked - refused} ({(asked - refused) / asked:.1%})")
    sampled = random.sample(translations, SAMPLED)
    for name, chosen in (("sampled", sampled), ("all", translations)):
        results = [compare(each, random) for each in chosen]
        worded = [check for each, (_, _, check) in zip(chosen, results, strict=True) if each.prose]
        print(
            f"{name}: {len(chosen)} programmes, {sum(n for n, _, _ in results)} verdicts, "
            f"{sum(wrong for _, wrong, _ in results)} wrong; in words too: {len(worded)}, to check: {sum(worded)}"
        )


if __name__ == "__main__":
    main()
