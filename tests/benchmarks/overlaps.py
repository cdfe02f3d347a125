"""Speed of the report of overlaps: `python -m tests.benchmarks.overlaps [--calls 2000] [--firms 2000]`.

Random notices of some hundred programmes, and firms as the public sees them: sizes and answers are not known. CPU time
of this process, so that other load on the machine counts less.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import timedelta
from random import Random

from madang_matching.eligibility.columns import Columns
from madang_matching.overlaps import overlaps
from madang_matching.records import Call, Organisation

from tests.benchmarks.eligibility import draw_notice, timed
from tests.eligibility_cases import draw_organisation
from tests.eligibility_kinds import TODAY

PURPOSES = ("money", "space", "equipment", "mentoring", "data", "testing")
CALLS_OF_ONE = 5


def draw_edition(random: Random, number: int, programmes: int) -> Call:
    """Return a call of some weeks within a year of today, most of them not ended."""
    opens = TODAY + timedelta(days=random.randint(-120, 245))
    closes = opens + timedelta(days=random.randint(7, 90))
    return Call(
        f"call_{number}",
        purposes=tuple(random.sample(PURPOSES, random.randint(1, 3))),
        rules=draw_notice(random),
        noticed_on=opens.isoformat(),
        opens_at=f"{opens}T00:00:00Z",
        closes_at=f"{closes}T09:00:00Z",
        programme=f"prg_{random.randrange(programmes)}",
    )


def draw_firm(random: Random, calls: list[Call], number: int) -> Organisation:
    firm = draw_organisation(random, random.choice(calls), number)
    return replace(firm, employees=None, revenue_won=None, facts={})


def main() -> None:
    """Print what the report of random calls and firms costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--firms", type=int, default=2000)
    asked = parser.parse_args()
    random = Random("overlaps")
    programmes = max(asked.calls // CALLS_OF_ONE, 2)
    calls = [draw_edition(random, number, programmes) for number in range(asked.calls)]
    firms = [draw_firm(random, calls, number) for number in range(asked.firms)]
    report_s, found = timed(lambda: overlaps(calls, Columns.of(firms), TODAY), 3)
    page_s, _ = timed(lambda: found[:20], 3)
    print(f"{asked.calls} calls of {found.programmes} programmes, {asked.firms} firms: {len(found)} pairs")
    print(f"  report: {report_s:.2f} s; what is said of the first twenty: {page_s * 1000:.1f} ms")


if __name__ == "__main__":
    main()
