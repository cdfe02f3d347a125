"""Profiles: which vectors are made, which are kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from madang_matching.clusters.ties import member_ties
from madang_matching.partners import partner_suggestions
from madang_matching.profiles import build_profiles
from madang_matching.profiles.network import network_of
from madang_matching.records import Project
from madang_matching.text import UniversalEncoder
from numpy.typing import NDArray

from tests.matching.builders import make_call, make_organisation, make_snapshot, make_text
from tests.matching.planted import District


class CountingEncoder:
    """The real encoder, with a note of what it was asked."""

    def __init__(self, encoder: UniversalEncoder) -> None:
        self.encoder = encoder
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return self.encoder.encode(texts)


def test_only_missing_vectors_are_made_and_handed_out(encoder: UniversalEncoder) -> None:
    stored = encoder.encode(["로봇을 만듭니다."])[0]
    broken = np.full(512, np.nan, np.float32)
    organisations = (
        make_organisation(id="org_a", summary_ko="로봇을 만듭니다.", vector=stored),
        make_organisation(id="org_b", summary_en="We make batteries.", vector=stored[:100]),
        make_organisation(id="org_c", needs=(make_text("need_1", "로봇"),), vector=None),
        make_organisation(id="org_d", summary_ko="가", vector=broken),
    )
    counting = CountingEncoder(encoder)
    profiles = build_profiles(make_snapshot(organisations=organisations, calls=(make_call(),)), counting)
    assert set(profiles.new_vectors) == {"org_b", "org_d", "need_1", "call_a"}
    assert counting.asked == ["We make batteries.", "로봇", "가", "제조 혁신 지원"]
    np.testing.assert_allclose(profiles.vectors[0], stored, atol=1e-6)
    assert not profiles.vectors[2].any()


def test_a_later_build_encodes_only_what_changed(district: District, encoder: UniversalEncoder) -> None:
    first = build_profiles(district.snapshot, encoder)
    changed = dataclasses.replace(district.snapshot.organisations[0], summary_ko="이제는 드론을 만듭니다.")
    snapshot = dataclasses.replace(district.snapshot, organisations=(changed, *district.snapshot.organisations[1:]))
    counting = CountingEncoder(encoder)
    second = build_profiles(snapshot, counting, first)
    assert counting.asked == ["이제는 드론을 만듭니다."]
    assert set(second.new_vectors) == {changed.id}
    assert build_profiles(district.snapshot, counting, second).text_vectors.keys() == first.text_vectors.keys()


def test_the_order_of_the_records_does_not_matter(district: District, encoder: UniversalEncoder) -> None:
    turned = dataclasses.replace(
        district.snapshot,
        organisations=tuple(reversed(district.snapshot.organisations)),
        projects=tuple(reversed(district.snapshot.projects)),
    )
    name = district.snapshot.organisations[0].id
    one = partner_suggestions(build_profiles(district.snapshot, encoder), [name])[name]
    other = partner_suggestions(build_profiles(turned, encoder), [name])[name]
    assert [each.organisation_id for each in one] == [each.organisation_id for each in other]


def test_an_empty_snapshot_gives_empty_profiles(encoder: UniversalEncoder) -> None:
    profiles = build_profiles(make_snapshot(), encoder)
    assert partner_suggestions(profiles) == {}


def test_ties_share_by_size_and_ignore_unknown_members_and_repeats() -> None:
    rows = {"a": 0, "b": 1, "c": 2}
    projects = [Project("p1", ("a", "b", "a")), Project("p2", ("a", "b", "c", "z", "y")), Project("p3", ("c",))]
    ties = member_ties(projects, rows).toarray()
    np.testing.assert_allclose(ties, [[0, 1.25, 0.25], [1.25, 0, 0.25], [0.25, 0.25, 0]])
    weaker = network_of(projects, rows, "2026-01-01").ties.toarray()
    np.testing.assert_allclose(weaker, [[0, 1.5, 0.5], [1.5, 0, 0.5], [0.5, 0.5, 0]])
    assert network_of(projects, rows, "2026-01-01", {0}).ties.toarray()[0].sum() == 0


def test_the_network_is_kept_while_projects_members_and_day_are_the_same(encoder: UniversalEncoder) -> None:
    """What was computed on it is dear, and one organisation that edits its profile is waiting."""
    names = ("org_a", "org_b", "org_c")
    projects = (Project("prj_1", ("org_a", "org_b"), "2024-01-01"),)
    snapshot = make_snapshot(organisations=tuple(make_organisation(id=each) for each in names), projects=projects)
    first = build_profiles(snapshot, encoder)
    rest = snapshot.organisations[1:]
    edited = dataclasses.replace(snapshot, organisations=(make_organisation(id="org_a", employees=99), *rest))
    assert build_profiles(edited, encoder, first).network is first.network
    closed = dataclasses.replace(snapshot.organisations[0], profiling=False)
    for other in (
        dataclasses.replace(snapshot, projects=(*projects, Project("prj_2", ("org_a", "org_c"), "2024-01-01"))),
        dataclasses.replace(snapshot, organisations=rest),
        dataclasses.replace(snapshot, organisations=(closed, *rest)),
        dataclasses.replace(snapshot, taken_at=snapshot.taken_at + timedelta(days=1)),
    ):
        assert build_profiles(other, encoder, first).network is not first.network
