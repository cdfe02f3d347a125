"""Measures the engine on the history of an export: its latest part is held back and ranked from what came before."""

from __future__ import annotations

from collections.abc import Iterator

from madang_matching import evaluation
from madang_matching.evaluation import mean_known
from madang_matching.exports.held_out import ENGINE, Held, held_partners, held_programmes
from madang_matching.exports.records import Export
from madang_matching.exports.snapshots import snapshot_of
from madang_matching.profiles.build import build_profiles
from madang_matching.text.encoder import TextEncoder

COLUMNS = (
    "ranking", "NDCG@10", "engine less it, 95 %", "recall@5", "recall@20", "MRR", "coverage@10", "hub share", "Gini",
    "novelty, bits",
)  # fmt: skip


def evaluate_export(export: Export, encoder: TextEncoder, seed: int = 0) -> Iterator[str]:
    """Yield lines of Markdown: rankings of engine and baselines with paired intervals, calibration, reasons.

    Everything is measured inside the history: partners first met in its latest year, or memberships of organisations
    left out one fold after the other. So the figures differ from those of a test on later data.
    """
    snapshot = snapshot_of(export)
    if export.candidates == "organisations":
        held = held_partners(export, build_profiles(snapshot, encoder), seed)
    else:
        held = held_programmes(snapshot, encoder, seed)
    if held is None:
        yield "Nothing can be held back: the history has no dated projects and no memberships."
        return
    yield f"{held.title}: {held.relevant.shape[0]:,} queries, {held.candidates:,} candidates, seed {seed}"
    yield from rankings_table(held, seed)
    yield from calibration_table(held)


def rankings_table(held: Held, seed: int) -> Iterator[str]:
    """Yield one row per ranking; the interval is that of the engine's NDCG@10 less the row's."""
    yield f"\n| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|"
    ours = evaluation.ndcg(held.rankings[ENGINE], held.relevant)
    for name, ranked in held.rankings.items():
        values = evaluation.ndcg(ranked, held.relevant)
        gain = evaluation.paired_interval(ours, values, seed=seed) if name != ENGINE else None
        cells = [
            name,
            f"{mean_known(values):.4f}",
            f"{gain.mean:+.4f} ({gain.low:+.4f} to {gain.high:+.4f})" if gain else "",
            *(f"{mean_known(evaluation.recall(ranked, held.relevant, k)):.3f}" for k in (5, 20)),
            f"{mean_known(evaluation.reciprocal_rank(ranked, held.relevant)):.3f}",
            f"{evaluation.coverage(ranked, held.candidates, 10):.3f}",
            f"{evaluation.hub_share(ranked, held.popularity, 10):.3f}",
            f"{evaluation.gini(evaluation.exposures(ranked, held.candidates, 10)):.3f}",
            f"{evaluation.novelty(ranked, held.popularity, held.people, 10):.2f}",
        ]
        yield "| " + " | ".join(cells) + " |"


def calibration_table(held: Held) -> Iterator[str]:
    """Yield the calibration error of the shown probabilities and the reliability table."""
    if not len(held.probabilities):
        return
    error = evaluation.calibration_error(held.probabilities, held.outcomes, weights=held.weights)
    yield f"\nCalibration error of the probabilities shown in the first ten: {error:.4f}{_by_group(held)}"
    yield "\n| said | happened | share of pairs |\n|---|---|---|"
    for each in evaluation.reliability_table(held.probabilities, held.outcomes, 10, held.weights):
        yield f"| {each.said:.4f} | {each.happened:.4f} | {each.mass:.2f} |"


def _by_group(held: Held) -> str:
    errors = held.group_errors or {}
    worst = max(errors, key=lambda name: errors[name], default="")
    return f"; worst of {len(errors)} sectors: {worst} {errors[worst]:.4f}" if errors else ""
