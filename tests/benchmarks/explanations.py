"""Whether reasons are true of the score: `python -m tests.benchmarks.explanations`.

Plants the synthetic district, makes the lists of everybody (ten partners, all programmes), adds up their reasons, and
of a sample of partners takes away the fact of the top reason, and instead that of another one drawn at random: which
lowers the score more? Once with the default weights, once with those fitted on the district's history.
1,000 organisations and 500 cases take under five minutes of one core.
"""

from __future__ import annotations

import argparse
from datetime import date

from madang_matching.fits.lists import default_fit_weights, programme_fits
from madang_matching.partners import default_partner_weights
from madang_matching.partners.fitting import fit_on, training_cases
from madang_matching.partners.suggestions import BOTH
from madang_matching.profiles import Profiles, build_profiles
from madang_matching.text import UniversalEncoder
from madang_seeds.synthetic import plant

from tests.explanations import Explained, adds_up, explained
from tests.synthetic_snapshot import snapshot_of

DAY = date(2026, 11, 24)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=1_000)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    encoder = UniversalEncoder()
    profiles = build_profiles(snapshot_of(plant(given.organisations, given.seed, DAY)), encoder)
    print(f"{given.organisations} organisations, seed {given.seed}\n")
    fitted = fit_on(training_cases(profiles, profiles.profiled, profiles.profiled, given.seed))
    for name, scorer, both in (
        ("default weights", default_partner_weights(), BOTH),
        ("fitted weights", fitted.weights, fitted.both),
    ):
        tell(name, explained(profiles, encoder, scorer, both, cases=given.cases, seed=given.seed))
    tell_fits(profiles)


def tell(name: str, found: Explained) -> None:
    print(f"Partners, {name}: {found.add_up:,} of {found.suggestions:,} suggestions add up to 1e-6\n")
    print("| top reason | cases | its loss lowers the score | more than that of a random other reason |")
    print("|---|---|---|---|")
    for kind, each in {"all": found.removals, **found.by_top}.items():
        lowered, greater = (f"{count} ({count / each.cases:.1%})" for count in (each.lowered, each.greater))
        print(f"| {kind} | {each.cases} | {lowered} | {greater} |")
    lost = ", ".join(f"{top} < {other} {count}" for (top, other), count in found.won_by.items())
    print(f"\nWhere it did not: {lost or 'never'}\n")


def tell_fits(profiles: Profiles) -> None:
    scorer = default_fit_weights()
    fits = [each for made in programme_fits(profiles, scorer=scorer).values() for each in made]
    print(f"Programmes: {adds_up(scorer.intercept_, fits).sum():,} of {len(fits):,} fits add up to 1e-6")


if __name__ == "__main__":
    main()
