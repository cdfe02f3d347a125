"""The lists in the README are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

from madang_matching import eligibility
from madang_matching.eligibility.kinds import KINDS
from madang_matching.fits.features import FIT_FEATURES, RULES_ONLY
from madang_matching.fits.features import INTERCEPT as FIT_INTERCEPT
from madang_matching.partners.features import INTERCEPT as PARTNER_INTERCEPT
from madang_matching.partners.features import PARTNER_FEATURES

README = (Path(__file__).parents[2] / "matching" / "README.md").read_text("utf-8")

ELIGIBILITY = (Path(eligibility.__file__).parent / "README.md").read_text("utf-8")


def _rows(heading: str, readme: str = README) -> list[str]:
    section = readme.split(f"\n{heading}\n", 1)[1].split("\n\n\n", maxsplit=1)[0]
    table = re.search(r"(?:\|.*\n)+", section)
    assert table
    return table.group().splitlines()[2:]


def test_the_feature_tables_are_those_declared() -> None:
    for heading, features in (("Partners", PARTNER_FEATURES), ("Fits", FIT_FEATURES)):
        expected = [f"| `{each.name}` | {each.weight:g} | {each.description} |" for each in features]
        assert _rows(heading) == expected
    assert f"intercept {PARTNER_INTERCEPT:g}; fits: intercept {FIT_INTERCEPT:g}" in README


def test_the_condition_kinds_are_those_of_the_table() -> None:
    rows = [
        f"| `{kind.name}` | {kind.ko} | {kind.en} | {', '.join(f'`{each.name}`' for each in kind.inputs)} |"
        for kind in KINDS.values()
    ]
    assert _rows("## Kinds", ELIGIBILITY) == rows


def test_what_counts_without_profiling_is_what_the_readme_says() -> None:
    sentence = next(line for line in README.splitlines() if "`profiling` off" in line)
    assert set(re.findall(r"`(\w+)`", sentence)) - {"profiling"} == set(RULES_ONLY)
    assert {feature.name for feature in FIT_FEATURES} >= RULES_ONLY
