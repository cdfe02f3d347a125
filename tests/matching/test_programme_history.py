"""History of programmes: evidence without one's own row, rankings that stand alone, hostile texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from madang_matching.fits.history import (
    FEATURES,
    ProgrammeHistory,
    Texts,
    encoded_texts,
    fit_history,
    history_features,
    profiled_texts,
    rank_programmes,
)
from madang_matching.fits.history import evidence as evidence_module
from madang_matching.fits.history.evidence import ITEM_COLUMN
from madang_matching.fits.history.items import CommonMembers
from madang_matching.fits.history.joined import joined_of
from madang_matching.fits.history.listwise import Choices, fit_choices
from madang_matching.fits.history.neighbours import nearest_members, neighbour_shares
from madang_matching.fits.history.ridge import LeaveOneOutRidge
from madang_matching.profiles import build_profiles
from madang_matching.records import Call, Membership, Organisation, Snapshot, Technology
from madang_matching.text import UniversalEncoder

from tests.matching.builders import make_call, make_organisation, make_snapshot

FIELDS = {
    "clouds": ("cloud containers orchestration", "virtual machines in the cloud", "kubernetes hosting services"),
    "banks": ("payments for banks", "bank software and lending", "trading of stocks and bonds"),
    "cars": ("software for cars", "electric car charging", "sensors of autonomous vehicles"),
    "chips": ("chip design tools", "processor cores and chips", "semiconductor verification"),
}


def _organisation(identity: str, text: str) -> Organisation:
    return make_organisation(id=identity, name_ko="", name_en=identity, summary_en=text)


def _call(identity: str, text: str) -> Call:
    return make_call(id=f"call_{identity}", programme=identity, name_ko="", name_en=identity, summary_en=text)


def _district(extra: Sequence[Organisation] = ()) -> Snapshot:
    """Eight members of each of four programmes; those of clouds are often in chips too."""
    organisations = [
        _organisation(f"{field}{number}", f"We make {texts[number % 3]} number {number}")
        for field, texts in FIELDS.items()
        for number in range(8)
    ]
    memberships = [Membership(each.id, each.id[:-1]) for each in organisations]
    memberships += [Membership(f"clouds{number}", "chips") for number in range(5)]
    return make_snapshot(
        organisations=(*organisations, *extra),
        calls=tuple(_call(field, f"The foundation of {field}") for field in FIELDS),
        memberships=tuple(memberships),
    )


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return _district(
        (
            _organisation("new_bank", "A bank that lends and trades bonds"),
            _organisation("new_car", "Charging of electric cars"),
            _organisation("new_silent", ""),
        )
    )


@pytest.fixture(scope="module")
def texts(snapshot: Snapshot, encoder: UniversalEncoder) -> Texts:
    return encoded_texts(snapshot, encoder)


@pytest.fixture(scope="module")
def history(snapshot: Snapshot, texts: Texts) -> ProgrammeHistory:
    return fit_history(texts, snapshot.memberships)


def _kernel(generator: np.random.Generator, count: int) -> np.ndarray:
    points = generator.standard_normal((count, 6)).astype(np.float32)
    return points @ points.T


def test_left_out_predictions_equal_those_of_a_fit_without_the_case() -> None:
    generator = np.random.default_rng(1)
    kernel, targets = _kernel(generator, 24), (generator.random((24, 3)) < 0.3).astype(float)
    left_out = LeaveOneOutRidge(0.7).fit(kernel, targets).left_out_
    for row in range(24):
        rest = np.arange(24) != row
        without = LeaveOneOutRidge(0.7).fit(kernel[np.ix_(rest, rest)], targets[rest])
        np.testing.assert_allclose(without.predict(kernel[[row]][:, rest])[0], left_out[row], atol=1e-6)


def test_all_members_as_landmarks_give_the_exact_fit() -> None:
    generator = np.random.default_rng(2)
    kernel = _kernel(generator, 20) + np.eye(20, dtype=np.float32)
    targets = generator.random((20, 2))
    exact = LeaveOneOutRidge(0.5).fit(kernel, targets)
    landmarks = LeaveOneOutRidge(0.5).fit(kernel, targets, np.arange(20))
    np.testing.assert_allclose(landmarks.left_out_, exact.left_out_, atol=1e-2)
    np.testing.assert_allclose(landmarks.predict(kernel), exact.predict(kernel), atol=1e-2)


def test_common_members_are_counted_without_ones_own_row() -> None:
    table = (np.random.default_rng(3).random((30, 6)) < 0.35).astype(float)
    whole = CommonMembers().fit(table)
    for row in range(30):
        without = CommonMembers().fit(np.delete(table, row, axis=0))
        np.testing.assert_allclose(
            whole.closeness(table[row]), without.closeness(np.zeros(6)), atol=1e-12, err_msg=str(row)
        )


def test_a_members_features_are_those_of_a_history_without_it(
    snapshot: Snapshot, texts: Texts, history: ProgrammeHistory
) -> None:
    """But for how rare words are and for the mean of the vectors, which its text takes part in."""
    own = history_features(history, ["banks3"])[0]
    rest = tuple(each for each in snapshot.memberships if each.organisation != "banks3")
    without = fit_history(texts, rest)
    np.testing.assert_allclose(own, history_features(without, ["banks3"])[0], atol=0.12)
    assert np.corrcoef(own.ravel(), history_features(without, ["banks3"])[0].ravel())[0, 1] > 0.99


def test_features_lie_between_zero_and_one(history: ProgrammeHistory, snapshot: Snapshot) -> None:
    values = history_features(history, [each.id for each in snapshot.organisations])
    assert values.shape == (35, 4, len(FEATURES))
    assert np.isfinite(values).all()
    assert values.min() >= 0
    assert values.max() <= 1


def test_new_organisations_are_shown_what_members_with_like_texts_joined(history: ProgrammeHistory) -> None:
    ranked = rank_programmes(history, {name: sorted(FIELDS) for name in ("new_bank", "new_car")})
    assert ranked["new_bank"][0][0] == "banks"
    assert ranked["new_car"][0][0] == "cars"


def test_members_are_shown_what_fellow_members_joined_besides(history: ProgrammeHistory) -> None:
    rest = [name for name in FIELDS if name != "clouds"]
    assert rank_programmes(history, {"clouds7": rest})["clouds7"][0][0] == "chips"
    values = history_features(history, ["clouds7", "new_bank"])[:, :, ITEM_COLUMN]
    assert values[0].argmax() == history.joined.columns["chips"]
    assert not values[1].any()


def test_a_ranking_does_not_depend_on_other_queries_or_other_newcomers(
    snapshot: Snapshot, history: ProgrammeHistory, encoder: UniversalEncoder
) -> None:
    names = [each.id for each in snapshot.organisations]
    together = rank_programmes(history, {name: sorted(FIELDS) for name in names})
    fewer = replace(snapshot, organisations=tuple(each for each in snapshot.organisations if each.id != "new_car"))
    again = fit_history(encoded_texts(fewer, encoder), fewer.memberships)
    for name in ("new_bank", "new_silent", "clouds1", "banks7"):
        alone = rank_programmes(again, {name: sorted(FIELDS)})[name]
        assert [programme for programme, _ in alone] == [programme for programme, _ in together[name]]
        np.testing.assert_allclose([score for _, score in alone], [score for _, score in together[name]], atol=1e-4)


def test_the_same_input_gives_the_same_ranking(snapshot: Snapshot, texts: Texts, history: ProgrammeHistory) -> None:
    turned = fit_history(texts, snapshot.memberships[::-1])
    queries = {each.id: sorted(FIELDS) for each in snapshot.organisations}
    assert rank_programmes(turned, queries) == rank_programmes(history, queries)


def test_candidates_without_evidence_come_last_in_order_of_id(history: ProgrammeHistory) -> None:
    ranked = rank_programmes(history, {"new_bank": ["zzz", "cars", "aaa"]})["new_bank"]
    assert [name for name, _ in ranked] == ["cars", "aaa", "zzz"]
    assert ranked[1][1] == ranked[2][1] == 0.0


def test_without_any_text_the_programmes_with_most_members_come_first(encoder: UniversalEncoder) -> None:
    names = [f"m{number}" for number in range(9)]
    silent = make_snapshot(
        organisations=tuple(Organisation(name, "") for name in [*names, "new"]),
        calls=tuple(Call(name, programme=name) for name in ("few", "many", "none")),
        memberships=(*(Membership(name, "many") for name in names), Membership("m0", "few")),
    )
    history = fit_history(encoded_texts(silent, encoder), silent.memberships)
    assert [name for name, _ in rank_programmes(history, {"new": ["few", "many", "none"]})["new"]] == [
        "many",
        "few",
        "none",
    ]


@pytest.mark.parametrize(
    "fact", [{"country": "KR"}, {"city": "New York"}, {"kind": "investor"}, {"technologies": ("t",)}]
)
def test_what_is_known_beside_the_text_counts_too(encoder: UniversalEncoder, fact: dict[str, Any]) -> None:
    """Programmes whose members differ in one fact only."""
    plain: dict[str, Any] = {"kind": ""}
    members = [Organisation(f"m{number}", **(plain | fact if number % 2 else plain)) for number in range(12)]
    new = Organisation("new", **(plain | fact))
    snapshot = make_snapshot(
        organisations=(*members, new),
        calls=(Call("even", programme="even"), Call("odd", programme="odd")),
        technologies=(Technology("t", name_en="Photonics"),),
        memberships=tuple(Membership(each.id, "odd" if int(each.id[1:]) % 2 else "even") for each in members),
    )
    history = fit_history(encoded_texts(snapshot, encoder), snapshot.memberships)
    assert rank_programmes(history, {"new": ["even", "odd"]})["new"][0][0] == "odd"


@pytest.mark.parametrize("count", [0, 1, 2])
def test_with_hardly_any_history_there_is_still_an_order(encoder: UniversalEncoder, count: int) -> None:
    snapshot = _district()
    short = replace(snapshot, memberships=snapshot.memberships[:count])
    history = fit_history(encoded_texts(short, encoder), short.memberships)
    ranked = rank_programmes(history, {"cars1": sorted(FIELDS)})["cars1"]
    assert sorted(name for name, _ in ranked) == sorted(FIELDS)
    assert all(np.isfinite(score) for _, score in ranked)


@pytest.mark.parametrize(
    "text",
    ["", " \t\n", "the of and", "🤝🏽" * 50, "\x00\x07 control \x1b", "혁신 инновация 革新 " * 9_000, "\u202e\ufeff"],
)
def test_hostile_texts_are_ranked(encoder: UniversalEncoder, text: str) -> None:
    snapshot = _district((_organisation("strange", text), _organisation("odd", text)))
    memberships = (*snapshot.memberships, Membership("odd", "cars"))
    history = fit_history(encoded_texts(snapshot, encoder), memberships)
    ranked = rank_programmes(history, {"strange": sorted(FIELDS), "odd": ["banks", "chips"]})
    assert [len(each) for each in ranked.values()] == [4, 2]
    assert all(np.isfinite(score) for each in ranked.values() for _, score in each)


def test_landmarks_stand_for_many_members(
    snapshot: Snapshot, texts: Texts, history: ProgrammeHistory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_module, "LANDMARKS", 24)
    fewer = fit_history(texts, snapshot.memberships, seed=4)
    queries = {"new_bank": sorted(FIELDS), "new_car": sorted(FIELDS)}
    assert len(fewer.evidence.anchors_) == 24
    exact, near = rank_programmes(history, queries), rank_programmes(fewer, queries)
    assert [each[0][0] for each in near.values()] == [each[0][0] for each in exact.values()]


def test_who_opted_out_of_profiling_is_neither_member_nor_asked(snapshot: Snapshot, encoder: UniversalEncoder) -> None:
    hidden = replace(snapshot.organisations[0], profiling=False)
    shown = replace(snapshot, organisations=(hidden, *snapshot.organisations[1:]))
    history = fit_history(encoded_texts(shown, encoder), shown.memberships)
    assert hidden.id not in history.joined.rows
    with pytest.raises(KeyError):
        history_features(history, [hidden.id])


def test_profiles_give_the_same_texts_without_encoding(snapshot: Snapshot, encoder: UniversalEncoder) -> None:
    found = profiled_texts(build_profiles(snapshot, encoder))
    own = encoded_texts(snapshot, encoder)
    assert dict(zip(found.organisations.rows, found.organisations.texts, strict=True)) == dict(
        zip(own.organisations.rows, own.organisations.texts, strict=True)
    )
    assert found.programmes.texts == own.programmes.texts
    np.testing.assert_allclose(found.programmes.vectors, own.programmes.vectors, atol=1e-5)


def test_recent_memberships_count_more_where_beginnings_are_known() -> None:
    dated = joined_of(
        [Membership("a", "p", "2020"), Membership("b", "p", "2024-01-01"), Membership("b", "q", "2024")], "pq"
    )
    np.testing.assert_allclose(dated.freshness(), [[0.25, 0], [1, 1]], atol=1e-9)
    same = joined_of([Membership("a", "p", "2025-06"), Membership("b", "q", "2025-06")], "pq")
    assert not same.dated
    np.testing.assert_array_equal(same.freshness(), same.table)


def test_neighbours_and_nearest_members_by_hand() -> None:
    alike = np.array([[0.9, 0.6, -0.2, -np.inf]], dtype=np.float32)
    table = np.array([[1.0, 0], [1, 1], [0, 1], [0, 1]])
    np.testing.assert_allclose(neighbour_shares(alike, table), [[1.0, 0.4]], atol=1e-6)
    np.testing.assert_allclose(nearest_members(alike, table), [[0.5, 0.2]], atol=1e-6)


def test_weights_are_zero_or_more_and_stay_at_the_prior_without_cases() -> None:
    generator = np.random.default_rng(5)
    features = generator.random((400, 6, 3))
    chosen = np.zeros((400, 6))
    chosen[np.arange(400), (3 * features[:, :, 0] - 2 * features[:, :, 1]).argmax(axis=1)] = 1
    cases = Choices(features, chosen, np.ones((400, 6), dtype=bool), np.ones(400))
    weights = fit_choices(cases, (1.0, 1.0, 0.0), 0.1)
    assert weights[0] > 3
    assert weights[1] == 0
    none = Choices(features[:0], chosen[:0], cases.open[:0], cases.weights[:0])
    np.testing.assert_array_equal(fit_choices(none, (1.0, 2.0, 0.5), 2.0), [1, 2, 0.5])
