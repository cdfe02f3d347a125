"""From a snapshot of records to the arrays that features read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np

from madang_matching.eligibility.dates import SEOUL
from madang_matching.industries import normal_code
from madang_matching.profiles.arrays import Profiles, TextTable
from madang_matching.profiles.network import Network, network_of
from madang_matching.profiles.vectors import Common, call_text, centred, fill_vectors, organisation_text, stack
from madang_matching.profiles.yardstick import Yardstick, rarity_of
from madang_matching.records import Call, Organisation, Snapshot, Technology, Text, Vector
from madang_matching.regions import finest
from madang_matching.sparse import Floats, Sparse, from_entries, row_counts, unit_rows
from madang_matching.text.encoder import TextEncoder
from madang_matching.text.ngrams import CharacterNgrams

BROADER = 0.5
"""Weight of the technology that a used one is part of."""

USUAL = 0.9
"""Share of all organisations from which on their country is the usual one."""

WELL = frozenset({"useful", "accepted", "worked"})
"""Verdicts that speak for a pair; the others speak against it."""

_GU_LENGTH = 5


def build_profiles(
    snapshot: Snapshot, encoder: TextEncoder, previous: Profiles | None = None, yardstick: Yardstick | None = None
) -> Profiles:
    """Return the arrays of a snapshot.

    Vectors are taken from the records, or from `previous` where the text is unchanged; only the missing ones are
    made, and stand in `new_vectors` for the caller to store. With `previous` the n-grams are not learnt again.

    Args: yardstick: of all organisations, where the snapshot holds a few of them.
    """
    organisations, calls, technologies = _by_id(snapshot)
    rows = {organisation.id: row for row, organisation in enumerate(organisations)}
    columns = {technology.id: column for column, technology in enumerate(technologies)}
    texts, vectors, made = _vectors(snapshot, encoder, previous)
    shown = [_profiled(organisation) for organisation in organisations]
    summaries = [organisation_text(organisation) for organisation in shown]
    call_texts = [call_text(call) for call in calls]
    ngrams = _ngrams(previous, yardstick) or CharacterNgrams().fit([*summaries, *call_texts])
    uses = _uses(shown, technologies, columns)
    rarity = _rarity(uses) if yardstick is None else yardstick.rarities(technologies)
    summary_vectors = stack([organisation.id for organisation in organisations], vectors)
    return Profiles(
        organisations=organisations,
        rows=rows,
        calls=calls,
        call_rows={call.id: row for row, call in enumerate(calls)},
        technologies=technologies,
        profiled=np.array([organisation.profiling for organisation in organisations], dtype=np.bool_),
        nameable=np.array([organisation.id not in snapshot.silent for organisation in organisations], dtype=np.bool_),
        vectors=summary_vectors,
        centred=centred(summary_vectors, summaries, yardstick.summaries if yardstick else None),
        wording=ngrams.transform(summaries),
        uses=uses,
        uses_unit=unit_rows(_times_columns(uses, rarity)),
        rarity=rarity,
        needs=_text_table([each.needs for each in shown], vectors, columns, yardstick.needs if yardstick else None),
        offers=_text_table([each.offers for each in shown], vectors, columns, yardstick.offers if yardstick else None),
        call_centred=centred(stack([call.id for call in calls], vectors), call_texts),
        call_wording=ngrams.transform(call_texts),
        call_technologies=_membership([call.technologies for call in calls], columns),
        industries=np.array([normal_code(organisation.industry_code) for organisation in shown], dtype=np.str_),
        gu=np.array([_gu(organisation) for organisation in shown], dtype=np.str_),
        places=_places(shown),
        kinds=np.array([organisation.kind for organisation in shown], dtype=np.str_),
        projects=snapshot.projects,
        network=_network(snapshot, rows, previous),
        countries=np.array([organisation.country for organisation in shown], dtype=np.str_),
        usual_country=_usual_country(shown) if yardstick is None else yardstick.usual_country,
        cities=np.array([organisation.city for organisation in shown], dtype=np.str_),
        dismissed=snapshot.dismissed,
        refusals=_refusals(snapshot, rows),
        judged=_judged(snapshot, rows),
        employees=np.array([np.nan if each.employees is None else float(each.employees) for each in shown]),
        stages=np.array([organisation.stage or "" for organisation in shown], dtype=np.str_),
        taken_at=snapshot.taken_at,
        ngrams=ngrams,
        new_vectors=made,
        source_texts=texts,
        text_vectors=vectors,
    )


def seoul_today(instant: datetime) -> str:
    """Return the day in Seoul, YYYY-MM-DD."""
    return instant.astimezone(SEOUL).date().isoformat()


def _network(snapshot: Snapshot, rows: Mapping[str, int], previous: Profiles | None) -> Network:
    """Return the network of today; that of the earlier profiles, with what was computed on it, where it is the same."""
    today = seoul_today(snapshot.taken_at)
    hidden = frozenset(rows[each.id] for each in snapshot.organisations if not each.profiling)
    if previous is None or (previous.network.day, previous.rows) != (today, rows):
        return network_of(snapshot.projects, rows, today, hidden)
    same = previous.projects is snapshot.projects and hidden == frozenset(np.flatnonzero(~previous.profiled).tolist())
    return previous.network if same else network_of(snapshot.projects, rows, today, hidden)


def _judged(snapshot: Snapshot, rows: Mapping[str, int]) -> tuple[tuple[int, int, bool], ...]:
    return tuple(
        (rows[said.seeker], rows[said.subject], said.verdict in WELL)
        for said in snapshot.judgements
        if said.seeker in rows and said.subject in rows
    )


def _refusals(snapshot: Snapshot, rows: Mapping[str, int]) -> dict[int, tuple[tuple[int, str], ...]]:
    found: dict[int, tuple[tuple[int, str], ...]] = {}
    for said in snapshot.judgements:
        if said.verdict == "not_relevant" and said.seeker in rows and said.subject in rows:
            row = rows[said.seeker]
            found[row] = (*found.get(row, ()), (rows[said.subject], said.reason))
    return found


def _ngrams(previous: Profiles | None, yardstick: Yardstick | None) -> CharacterNgrams | None:
    if yardstick is not None:
        return yardstick.ngrams
    return None if previous is None else previous.ngrams


def _vectors(
    snapshot: Snapshot, encoder: TextEncoder, previous: Profiles | None
) -> tuple[dict[str, str], dict[str, Vector], dict[str, Vector]]:
    if previous is None:
        return fill_vectors(snapshot, encoder, {}, {})
    return fill_vectors(snapshot, encoder, previous.source_texts, previous.text_vectors)


def _by_id(snapshot: Snapshot) -> tuple[tuple[Organisation, ...], tuple[Call, ...], tuple[Technology, ...]]:
    return (
        tuple(sorted(snapshot.organisations, key=lambda each: each.id)),
        tuple(sorted(snapshot.calls, key=lambda each: each.id)),
        tuple(sorted(snapshot.technologies, key=lambda each: each.id)),
    )


def _usual_country(organisations: Sequence[Organisation]) -> str:
    names, counts = np.unique([each.country for each in organisations], return_counts=True)
    return str(names[counts.argmax()]) if len(names) and counts.max() > USUAL * counts.sum() else ""


def _profiled(organisation: Organisation) -> Organisation:
    """Nothing but id and kind of those who opted out."""
    return organisation if organisation.profiling else Organisation(organisation.id, organisation.kind)


def _text_table(
    lists: Sequence[Sequence[Text]],
    vectors: Mapping[str, Vector],
    columns: Mapping[str, int],
    common: Common | None,
) -> TextTable:
    texts = [text for entries in lists for text in entries]
    counts = np.array([len(entries) for entries in lists], dtype=np.int64)
    table = stack([text.id for text in texts], vectors)
    return TextTable(
        texts=tuple(texts),
        owners=np.repeat(np.arange(len(lists), dtype=np.int64), counts),
        vectors=table,
        centred=centred(table, [text.text for text in texts], common),
        technologies=_membership([text.technologies for text in texts], columns),
        starts=np.concatenate((np.zeros(1, np.int64), np.cumsum(counts))),
    )


def _membership(lists: Sequence[Iterable[str]], columns: Mapping[str, int]) -> Sparse:
    entries = [
        (row, columns[name]) for row, names in enumerate(lists) for name in sorted(set(names)) if name in columns
    ]
    return from_entries(
        [row for row, _ in entries], [column for _, column in entries], [1.0] * len(entries), (len(lists), len(columns))
    )


def _uses(
    organisations: Sequence[Organisation], technologies: Sequence[Technology], columns: Mapping[str, int]
) -> Sparse:
    rows: list[int] = []
    places: list[int] = []
    values: list[float] = []
    for row, organisation in enumerate(organisations):
        own = {name for name in organisation.technologies if name in columns}
        own |= {name for offer in organisation.offers for name in offer.technologies if name in columns}
        weights = dict.fromkeys(own, 1.0)
        for name in sorted(own):
            parent = technologies[columns[name]].parent
            if parent is not None and parent in columns:
                weights.setdefault(parent, BROADER)
        rows += [row] * len(weights)
        places += [columns[name] for name in weights]
        values += list(weights.values())
    return from_entries(rows, places, values, (len(organisations), len(columns)))


def _rarity(uses: Sparse) -> Floats:
    return rarity_of(row_counts(uses.T.tocsr()).astype(np.float64), uses.shape[0])


def _times_columns(matrix: Sparse, factors: Floats) -> Sparse:
    scaled = matrix.copy()
    scaled.data = scaled.data * factors[scaled.indices]
    return scaled


def _gu(organisation: Organisation) -> str:
    code = finest(organisation.region_codes) or ""
    return code if len(code) >= _GU_LENGTH else ""


def _places(organisations: Sequence[Organisation]) -> Floats:
    places = np.full((len(organisations), 2), np.nan)
    for row, organisation in enumerate(organisations):
        if organisation.location and all(math.isfinite(degree) for degree in organisation.location):
            places[row] = organisation.location
    return places
