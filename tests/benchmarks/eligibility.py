"""Speed of eligibility: `python -m tests.benchmarks.eligibility [--calls 2000] [--organisations 100000]`.

One organisation against all open calls with every reason, nearest fixes, and the verdicts of many organisations at
once, each beside the slower way in turn: ratios of CPU time of this process, so that other load on the machine counts
less. By seed; the verdicts of both ways are compared.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from resource import RUSAGE_SELF, getrusage
from time import process_time
from typing import Any, TypeVar

import numpy as np
from madang_matching.eligibility import Rule, evaluate, nearest_fix, read_rules, verdicts
from madang_matching.eligibility.applicant import Applicant
from madang_matching.eligibility.batches import FEW
from madang_matching.eligibility.columns import Columns
from madang_matching.eligibility.dates import dates_of
from madang_matching.eligibility.verdicts import number_of
from madang_matching.records import Call, Condition, Organisation, Verdict

from tests.eligibility_cases import draw_call, draw_leaf, draw_organisation
from tests.eligibility_kinds import LEAVES, TODAY
from tests.eligibility_reference import verdict as slow_verdict

DAY = (TODAY.year, TODAY.month, TODAY.day)
BATCH_CALLS = 200
DRAFT_FIRMS = 20_000
"""As many as a preview of a draft reads at most."""
SAMPLE = 100
"""Organisations of the batch that are judged one by one too."""
_Answer = TypeVar("_Answer")


def draw_notice(random: Random) -> dict[str, Any]:
    """Return rules as notices have them: three to seven conditions, sometimes a choice or an exclusion among them."""
    parts: list[dict[str, Any]] = []
    for _ in range(random.randint(3, 7)):
        kind = random.choice(sorted(LEAVES))
        leaf = draw_leaf(random, kind)
        if kind == "preference" or random.random() < 0.75:
            parts.append(leaf)
        elif random.random() < 0.5:
            parts.append({"not": leaf})
        else:
            other = random.choice(sorted(set(LEAVES) - {"preference"}))
            parts.append({"any": [leaf, draw_leaf(random, other)]})
    return {"all": parts}


def timed(run: Callable[[], _Answer], rounds: int = 1) -> tuple[float, _Answer]:
    """Return the least CPU time of some rounds, in seconds, and the answer."""
    times: list[float] = []
    answers: list[_Answer] = []
    for _ in range(rounds):
        start = process_time()
        answers = [run()]
        times.append(process_time() - start)
    return min(times), answers[0]


def one_organisation(calls: Sequence[Call], rules: Sequence[Rule], organisation: Organisation) -> None:
    """All verdicts and reasons of one organisation; the rules are read when the calls are, not at each question.

    Each round is a new applicant, of whom nothing is remembered.
    """

    def judge() -> list[tuple[Verdict, tuple[Condition, ...]]]:
        applicant = Applicant(organisation)
        return [evaluate(rule, applicant, call, TODAY) for rule, call in zip(rules, calls, strict=True)]

    first, _ = timed(judge)
    fast, answers = timed(judge, 10)
    slow, expected = timed(lambda: [slow_verdict(call.rules, organisation, call, DAY) for call in calls], 3)
    read, _ = timed(lambda: [read_rules(call.rules) for call in calls])
    differing = sum(answer != verdict for (answer, _), verdict in zip(answers, expected, strict=True))
    conditions = sum(len(reasons) for _, reasons in answers)
    print(f"one organisation, {len(calls)} calls, {conditions} conditions with reasons: {fast * 1000:.1f} ms")
    print(f"  reference, verdicts only: {slow * 1000:.1f} ms, {slow / fast:.1f} times; {differing} verdicts differ")
    print(f"  the first time, when the texts of the rules are made: {first * 1000:.1f} ms")
    print(f"  reading the stored rules of all calls once: {read * 1000:.1f} ms")


def fixes(calls: Sequence[Call], rules: Sequence[Rule], organisation: Organisation) -> None:
    """The nearest fix of each call that the organisation is not eligible for."""
    times: list[float] = []
    found = 0
    for rule, call in zip(rules, calls, strict=True):
        if evaluate(rule, organisation, call, TODAY)[0] != "eligible":
            spent, fix = timed(lambda rule=rule, call=call: nearest_fix(rule, organisation, call, TODAY))
            times.append(spent)
            found += fix is not None
    ordered = sorted(times)
    print(
        f"nearest fix, {len(times)} calls, {found} with one: median {statistics.median(times) * 1000:.2f} ms, "
        f"95 of 100 within {ordered[int(0.95 * len(ordered))] * 1000:.1f} ms, longest {ordered[-1] * 1000:.0f} ms"
    )


def batch(calls: Sequence[Call], rules: Sequence[Rule], organisations: Sequence[Organisation]) -> None:
    """All verdicts of many organisations, as after a change of rules or of the day; one by one, values are read once
    for each organisation."""
    dates = [dates_of(call, TODAY) for call in calls]
    columns = Columns.of(organisations)
    first, answers = timed(lambda: verdicts(rules, columns, dates))
    again, _ = timed(lambda: verdicts(rules, columns, dates))
    places = np.linspace(0, len(organisations) - 1, SAMPLE).astype(int)
    judged = list(zip(rules, calls, strict=True))
    single, expected = timed(
        lambda: [
            [number_of(evaluate(rule, applicant, call, TODAY)[0]) for rule, call in judged]
            for applicant in [Applicant(organisations[each]) for each in places]
        ]
    )
    pairs, alone = answers.size, SAMPLE * len(calls) / single
    print(f"batch, {len(organisations)} firms x {len(calls)} calls: {first:.1f} s, with known columns {again:.1f} s")
    print(
        f"  {pairs / first:,.0f} verdicts a second with the columns, then {pairs / again:,.0f}; one by one {alone:,.0f}"
    )
    print(f"  {pairs / first / alone:.1f} times, then {pairs / again / alone:.1f} times as fast")
    print(
        f"  {np.count_nonzero(answers[places] != np.array(expected))} of {SAMPLE * len(calls)} sampled verdicts differ"
    )
    print(f"  most memory of the process {getrusage(RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB, organisations included")


def few(calls: Sequence[Call], rules: Sequence[Rule], organisations: Sequence[Organisation]) -> None:
    """Up to FEW organisations are judged one by one, more over arrays."""
    dates = [dates_of(call, TODAY) for call in calls]
    for many in (1, FEW, FEW + 1, 4 * FEW):
        spent, _ = timed(lambda many=many: verdicts(rules, Columns.of(organisations[:many]), dates), 3)
        print(f"  {many} firms x {len(calls)} calls: {spent * 1000:.0f} ms")


def drafts(calls: Sequence[Call], rules: Sequence[Rule], organisations: Sequence[Organisation]) -> None:
    """Two trees for one call, as an owner looks who would pass a draft: each time from organisations as stored."""
    firms = organisations[:DRAFT_FIRMS]
    spent = [
        timed(
            lambda at=at: verdicts(
                rules[at : at + 2], Columns.of(firms), [dates_of(calls[at], TODAY), dates_of(calls[at], TODAY)]
            )
        )[0]
        for at in range(0, min(len(rules) - 1, 40), 2)
    ]
    print(
        f"draft against rules in force, {len(firms)} firms, {len(spent)} calls: median "
        f"{statistics.median(spent) * 1000:.0f} ms, longest {max(spent) * 1000:.0f} ms"
    )


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--organisations", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=20260901)
    options = parser.parse_args()
    random = Random(options.seed)
    calls = [replace(draw_call(random, number), rules=draw_notice(random)) for number in range(options.calls)]
    rules = [read_rules(call.rules) for call in calls]
    organisation = draw_organisation(random, calls[0])
    one_organisation(calls, rules, organisation)
    fixes(calls[:500], rules[:500], organisation)
    organisations = [draw_organisation(random, random.choice(calls), each) for each in range(options.organisations)]
    batch(calls[:BATCH_CALLS], rules[:BATCH_CALLS], organisations)
    few(calls[:BATCH_CALLS], rules[:BATCH_CALLS], organisations)
    drafts(calls[:BATCH_CALLS], rules[:BATCH_CALLS], organisations)


if __name__ == "__main__":
    main()
