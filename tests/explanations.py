"""Measures whether reasons are true of the score: they add up to it, and without their fact it is lower.

A fact is taken out of the record of the organisation that the reason speaks of: the need or offer, the technology, the
projects, the address. Its rows of the arrays are made anew from what is left and the pair is scored again. What all
organisations share (rarity of technologies, what texts have in common, n-grams) stays as it was, so that nothing but
the fact is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from madang_matching import evaluation
from madang_matching.evaluation import Removals
from madang_matching.lists import Combination
from madang_matching.partners import partner_suggestions
from madang_matching.partners.suggestions import BOTH, score_pairs, start_of
from madang_matching.profiles import Profiles, TextTable, build_profiles
from madang_matching.profiles.build import seoul_today
from madang_matching.profiles.network import network_of
from madang_matching.records import Fit, Organisation, Partner, Project, Reason, Snapshot, Text
from madang_matching.scoring.ports import Scorer
from madang_matching.sparse import Floats, Sparse, dense_row, scaled_columns, unit_rows
from madang_matching.text.encoder import TextEncoder
from scipy.sparse import csr_array, vstack


@dataclass(frozen=True, slots=True)
class Explained:
    """What was counted over the lists of partners of everybody."""

    suggestions: int
    add_up: int
    """Of these: start and weights of the reasons give the log-odds of the score to 1e-6."""
    removals: Removals
    """Over a sample of the suggestions."""
    by_top: Mapping[str, Removals]
    """The same by the kind of the top reason, most frequent first."""
    won_by: Mapping[tuple[str, str], int]
    """Where the other fact lowered the score as much or more: kinds of the top and of the other reason, counted."""


def explained(
    profiles: Profiles,
    encoder: TextEncoder,
    scorer: Scorer,
    both: Combination = BOTH,
    limit: int = 10,
    cases: int = 500,
    seed: int = 0,
) -> Explained:
    """Make the lists of everybody and check what their reasons say.

    Args:
        limit: suggestions of each organisation.
        cases: suggestions drawn for taking facts away; all where there are fewer.
    """
    lists = partner_suggestions(profiles, limit=limit, scorer=scorer, both=both)
    made = [(name, partner) for name, partners in lists.items() for partner in partners]
    adding = adds_up(start_of(scorer, both), [partner for _, partner in made])
    chosen = np.sort(np.random.default_rng(seed).permutation(len(made))[:cases])
    sample = [made[index] for index in chosen.tolist()]
    tops, others = evaluation.top_and_other(reason_weights([partner for _, partner in sample]), seed)
    kinds: list[tuple[str, str]] = []
    scores = np.full((len(sample), 3), np.nan)
    for index, (name, partner) in enumerate(sample):
        picked = [partner.reasons[each] for each in (int(tops[index]), int(others[index])) if each >= 0]
        kinds.append((picked[0].kind, picked[1].kind) if picked else ("", ""))
        seeker, other = profiles.rows[name], profiles.rows[partner.organisation_id]
        less = [without_fact(profiles, encoder, seeker, other, reason) for reason in picked]
        for column, each in enumerate([profiles, *less]):
            scores[index, column] = _score(each, seeker, other, scorer, both)
    return Explained(len(made), int(adding.sum()), _count(scores), _by_top(kinds, scores), _won_by(kinds, scores))


def adds_up(start: float, suggestions: Collection[Partner | Fit]) -> np.ndarray:
    """Return whether `start` and the weights of the reasons give the log-odds of each score, shape (m,)."""
    scores = np.array([each.score for each in suggestions])
    return evaluation.add_up(start, reason_weights(suggestions), scores)


def reason_weights(suggestions: Collection[Partner | Fit]) -> Floats:
    """Return the weights of the reasons of each suggestion, in their order, then zeros."""
    weights = np.zeros((len(suggestions), max(len(each.reasons) for each in suggestions)))
    for row, each in zip(weights, suggestions, strict=True):
        row[: len(each.reasons)] = [reason.weight for reason in each.reasons]
    return weights


def _score(profiles: Profiles, seeker: int, other: int, scorer: Scorer, both: Combination) -> float:
    return float(score_pairs(profiles, seeker, np.array([other]), scorer, both).log_odds[0])


def _count(scores: Floats) -> Removals:
    return evaluation.count_removals(*scores.T)


def _by_top(kinds: list[tuple[str, str]], scores: Floats) -> dict[str, Removals]:
    tops = np.array([top for top, _ in kinds])
    counted = {kind: _count(scores[tops == kind]) for kind in sorted(set(tops.tolist()) - {""})}
    return dict(sorted(counted.items(), key=lambda each: -each[1].cases))


def _won_by(kinds: list[tuple[str, str]], scores: Floats) -> dict[tuple[str, str], int]:
    lost: dict[tuple[str, str], int] = {}
    for pair, (_, top, other) in zip(kinds, scores.tolist(), strict=True):
        if other <= top:
            lost[pair] = lost.get(pair, 0) + 1
    return dict(sorted(lost.items(), key=lambda each: (-each[1], each[0])))


def without_fact(profiles: Profiles, encoder: TextEncoder, seeker: int, other: int, reason: Reason) -> Profiles:
    """Return the arrays without what a reason says of `other`, as if its record had never held it.

    Raises: KeyError: a kind of reason whose fact nothing here can take away.
    """
    if reason.kind in _PROJECTS:
        return _left_projects(profiles, other, _PROJECTS[reason.kind](profiles, seeker, other, reason.fact))
    return _rewritten(profiles, encoder, other, _RECORDS[reason.kind](profiles, other, reason.fact))


def _rewritten(profiles: Profiles, encoder: TextEncoder, row: int, organisation: Organisation) -> Profiles:
    """Return the arrays with one row made anew from a changed record."""
    alone = build_profiles(
        Snapshot((organisation,), (), (), profiles.technologies, frozenset(), profiles.taken_at), encoder, profiles
    )
    organisations = (*profiles.organisations[:row], organisation, *profiles.organisations[row + 1 :])
    dense = ("vectors", "industries", "gu", "places", "kinds", "countries", "cities", "employees", "stages")
    fields: dict[str, Any] = {name: getattr(profiles, name).copy() for name in (*dense, "centred")}
    for name in dense:
        fields[name][row] = getattr(alone, name)[0]
    if not alone.vectors.any():
        fields["centred"][row] = 0.0
    units = unit_rows(scaled_columns(alone.uses, profiles.rarity))
    return replace(
        profiles,
        organisations=organisations,
        wording=_with_row(profiles.wording, row, alone.wording),
        uses=_with_row(profiles.uses, row, alone.uses),
        uses_unit=_with_row(profiles.uses_unit, row, units),
        needs=_with_texts(profiles.needs, row, alone.needs),
        offers=_with_texts(profiles.offers, row, alone.offers),
        **fields,
    )


def _with_row(matrix: Sparse, row: int, changed: Sparse) -> Sparse:
    return csr_array(vstack((matrix[:row], changed, matrix[row + 1 :])))


def _with_texts(table: TextTable, row: int, kept: TextTable) -> TextTable:
    """Return the table with only the kept texts of one owner, with their technologies; an empty row matches nothing."""
    places = {text.id: place for place, text in enumerate(kept.texts)}
    own = table.of(row)
    centred, technologies = table.centred.copy(), table.technologies
    for index in range(own.start, own.stop):
        place = places.get(table.texts[index].id)
        if place is None:
            centred[index] = 0.0
            technologies = _with_row(technologies, index, csr_array((1, technologies.shape[1])))
        else:
            technologies = _with_row(technologies, index, kept.technologies[[place]])
    return replace(table, centred=centred, technologies=technologies)


def _left_projects(profiles: Profiles, row: int, left: Callable[[Project], bool]) -> Profiles:
    """Return the arrays as if an organisation had not been in some of its projects."""
    name = profiles.organisations[row].id
    projects = tuple(
        replace(each, members=tuple(member for member in each.members if member != name))
        if name in each.members and left(each)
        else each
        for each in profiles.projects
    )
    hidden = frozenset(np.flatnonzero(~profiles.profiled).tolist())
    network = network_of(projects, profiles.rows, seoul_today(profiles.taken_at), hidden)
    return replace(profiles, projects=projects, network=network)


def _with_common_partners(profiles: Profiles, seeker: int, other: int, _fact: str) -> Callable[[Project], bool]:
    linked = profiles.network.linked
    common = np.flatnonzero(dense_row(linked, seeker) * dense_row(linked, other))
    names = {profiles.organisations[row].id for row in common.tolist()}
    return lambda project: not names.isdisjoint(project.members)


def _all_projects(_profiles: Profiles, _seeker: int, _other: int, _fact: str) -> Callable[[Project], bool]:
    return lambda _project: True


_PROJECTS: dict[str, Callable[[Profiles, int, int, str], Callable[[Project], bool]]] = {
    "common_partners": _with_common_partners,
    "subjects": lambda _profiles, _seeker, _other, fact: lambda project: fact in project.subjects,
    "activity": _all_projects,
    "circles": _all_projects,
}
"""By kind of reason: which projects the other would not have been in."""


def _without(texts: tuple[Text, ...], fact: str) -> tuple[Text, ...]:
    named = fact.split()
    return tuple(text for text in texts if text.id not in named)


def _about_less(texts: tuple[Text, ...], names: Collection[str]) -> tuple[Text, ...]:
    return tuple(
        replace(text, technologies=tuple(name for name in text.technologies if name not in names)) for text in texts
    )


def _less_technology(profiles: Profiles, other: int, fact: str) -> Organisation:
    """Who works with a part of a technology works with the technology: its parts go with it."""
    names = {fact, *(each.id for each in profiles.technologies if each.parent == fact)}
    organisation = profiles.organisations[other]
    own = tuple(name for name in organisation.technologies if name not in names)
    return replace(organisation, technologies=own, offers=_about_less(organisation.offers, names))


def _blank(**values: object) -> Callable[[Profiles, int, str], Organisation]:
    return lambda profiles, other, _fact: replace(profiles.organisations[other], **values)  # type: ignore[arg-type]


def _changed(
    field: str, change: Callable[[tuple[Text, ...], str], tuple[Text, ...]]
) -> Callable[[Profiles, int, str], Organisation]:
    def changed(profiles: Profiles, other: int, fact: str) -> Organisation:
        organisation = profiles.organisations[other]
        return replace(organisation, **{field: change(getattr(organisation, field), fact)})

    return changed


_RECORDS: dict[str, Callable[[Profiles, int, str], Organisation]] = {
    "need_answered": _changed("offers", _without),
    "offer_wanted": _changed("needs", _without),
    "technology_sought": _less_technology,
    "technology_wanted": _changed("needs", lambda texts, fact: _about_less(texts, {fact})),
    "technology_shared": _less_technology,
    "place": _blank(region_codes=(), location=None),
    "country": _blank(country=""),
    "partners_country": _blank(country=""),
    "city": _blank(city=""),
    "summaries": _blank(summary_ko="", summary_en=""),
    "industries": _blank(industry_code=None),
    "kinds": _blank(kind=""),
    "sizes": _blank(employees=None),
    "stages": _blank(stage=None),
}
"""By kind of reason: the record of the other without the fact."""

FACTS = frozenset({*_PROJECTS, *_RECORDS})
"""Kinds of reasons whose fact `without_fact` can take away."""
