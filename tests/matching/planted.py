"""A district with known truth: who can solve whose problem, who is well connected only, which calls are for whom."""

from __future__ import annotations

import random
from dataclasses import dataclass

from madang_matching.records import Call, Organisation, Project, Snapshot, Technology, Text

from tests.matching.builders import make_call, make_organisation, make_snapshot

FIELDS = {
    "vision": ("비전 검사", "카메라로 불량품을 찾아내는", "제품 표면의 흠집을 자동으로 찾아내는 일"),
    "robot": ("협동로봇", "사람 곁에서 물건을 옮기는", "무거운 상자를 나르는 일"),
    "battery": ("배터리 진단", "전지의 남은 수명을 예측하는", "지게차 전지가 언제 나빠질지 미리 아는 일"),
    "energy": ("에너지 관리", "전기 사용을 줄이는", "공장의 전기 요금을 낮추는 일"),
    "cold": ("콜드체인", "온도를 지키며 운송하는", "냉장 배송 중에 온도를 기록하는 일"),
    "voice": ("음성 인식", "말을 글로 바꾸는", "고객 상담 통화를 글로 남기는 일"),
}
GU = ("11680", "11500", "11530", "11200")
PER_FIELD = 6
OPEN_TO_ALL = {"kind": "organisation_kind", "include": ["startup", "sme"]}


@dataclass(frozen=True, slots=True)
class District:
    """`truth`: organisation id → ids of those that can meet its need (or whose need it can meet)."""

    snapshot: Snapshot
    truth: dict[str, frozenset[str]]
    popularity: tuple[str, ...]
    """Organisation ids, those with most past projects first."""


def plant_district(seed: int) -> District:
    """Six fields with six suppliers and six seekers each, and projects that follow neither."""
    chance = random.Random(seed)
    technologies = tuple(
        Technology(f"tec_{field}", names[0], field, None, (names[0],)) for field, names in FIELDS.items()
    )
    suppliers = {field: [_supplier(field, i, chance) for i in range(PER_FIELD)] for field in FIELDS}
    seekers = {field: [_seeker(field, i, chance) for i in range(PER_FIELD)] for field in FIELDS}
    organisations = [each for group in (*suppliers.values(), *seekers.values()) for each in group]
    ids = [each.id for each in organisations]
    hubs = chance.sample(ids, 8)
    projects = tuple(
        Project(f"prj_{i:03}", tuple({chance.choice(hubs), *chance.sample(ids, 2)}), f"20{15 + i % 10}-03-01")
        for i in range(60)
    )
    truth = {each.id: frozenset(other.id for other in suppliers[field]) for field in FIELDS for each in seekers[field]}
    truth |= {each.id: frozenset(other.id for other in seekers[field]) for field in FIELDS for each in suppliers[field]}
    counts = {name: sum(name in project.members for project in projects) for name in ids}
    snapshot = make_snapshot(
        organisations=tuple(organisations),
        technologies=technologies,
        projects=projects,
        calls=tuple(map(_call, FIELDS)),
    )
    return District(snapshot, truth, tuple(sorted(ids, key=lambda name: (-counts[name], name))))


def _place(chance: random.Random) -> dict[str, object]:
    return {
        "region_codes": (chance.choice(GU), "11"),
        "location": (126.85 + chance.random() * 0.3, 37.45 + chance.random() * 0.2),
    }


def _supplier(field: str, number: int, chance: random.Random) -> Organisation:
    name, what, _ = FIELDS[field]
    identity = f"org_{field}_s{number}"
    return make_organisation(
        id=identity,
        kind="startup",
        name_ko=f"{name} {number}호",
        summary_ko=f"{what} 기술을 만드는 회사입니다.",
        technologies=(f"tec_{field}",),
        offers=(Text(f"off_{identity}", f"{what} {name} 제품을 공급합니다.", (f"tec_{field}",)),),
        **_place(chance),
    )


def _seeker(field: str, number: int, chance: random.Random) -> Organisation:
    problem = FIELDS[field][2]
    named = (f"tec_{field}",) if number % 2 else ()
    identity = f"org_{field}_n{number}"
    return make_organisation(
        id=identity,
        kind="sme",
        name_ko=f"한강정밀 {field} {number}",
        summary_ko="부품을 만들어 납품하는 중소 제조업체입니다.",
        industry_code="C25",
        technologies=(),
        needs=(Text(f"need_{identity}", f"{problem}을 도와줄 협력사를 찾습니다.", named),),
        **_place(chance),
    )


def _call(field: str) -> Call:
    name, what, _ = FIELDS[field]
    return make_call(
        id=f"call_{field}",
        name_ko=f"{name} 실증 지원",
        summary_ko=f"{what} 기술의 실증을 지원합니다.",
        technologies=(f"tec_{field}",),
        rules={
            "all": [{"kind": "organisation_kind", "include": ["startup", "sme"]}, {"kind": "region", "codes": ["11"]}]
        },
    )
