"""What a model looks at and what its figures mean, in words for people, Korean and English."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """A name and one sentence, in both languages."""

    title_ko: str
    title_en: str
    text_ko: str
    text_en: str


EVIDENCE: dict[str, dict[str, Words]] = {
    "partners": {
        "need_answered": Words(
            "우리 필요와 상대의 제공",
            "Our needs and their offers",
            "우리가 찾는 것에 상대가 내놓은 것이 얼마나 답하는지 봅니다.",
            "How well what they offer answers what we look for.",
        ),
        "offer_wanted": Words(
            "상대의 필요와 우리 제공",
            "Their needs and our offers",
            "상대가 찾는 것에 우리가 내놓은 것이 얼마나 답하는지 봅니다.",
            "How well what we offer answers what they look for.",
        ),
        "technology_sought": Words(
            "우리가 찾는 기술",
            "Technologies we look for",
            "우리 필요에 적힌 기술을 상대가 다루는지 봅니다.",
            "Whether they work with the technologies that our needs name.",
        ),
        "technology_wanted": Words(
            "상대가 찾는 기술",
            "Technologies they look for",
            "상대의 필요에 적힌 기술을 우리가 다루는지 봅니다.",
            "Whether we work with the technologies that their needs name.",
        ),
        "technology_shared": Words(
            "함께 다루는 기술",
            "Shared technologies",
            "두 조직이 모두 다루는 기술을, 드문 기술일수록 무겁게 봅니다.",
            "Technologies both work with; rare ones count for more.",
        ),
        "common_partners": Words(
            "함께 아는 협력사",
            "Common partners",
            "두 조직과 모두 일해 본 조직이 있는지 봅니다.",
            "Whether there are organisations that both have worked with.",
        ),
        "subjects": Words(
            "지난 과제의 주제",
            "Subjects of past projects",
            "두 조직이 지금까지 해 온 과제의 주제가 얼마나 겹치는지 봅니다.",
            "How much the subjects of both sides' past projects overlap.",
        ),
        "circles": Words(
            "비슷한 과제 경험",
            "Similar circles",
            "함께 일한 곳이 겹치지 않아도 비슷한 곳들과 비슷한 과제를 해 왔는지 봅니다.",
            "Whether both move in the same circles of projects, with or without a common partner.",
        ),
        "activity": Words(
            "최근 활동",
            "Recent activity",
            "상대가 최근에 공동 과제를 얼마나 했는지 봅니다. 상한이 있습니다.",
            "How many joint projects they had of late; there is a cap.",
        ),
        "sizes": Words(
            "규모", "Size", "직원 수가 비슷한지 봅니다.", "Whether they have about as many employees."
        ),
        "stages": Words(
            "성장 단계",
            "Stage",
            "한쪽은 시작하는 단계, 한쪽은 자리 잡은 단계인지 봅니다.",
            "Whether one is starting out and the other established.",
        ),
        "country": Words("나라", "Country", "같은 나라에 있는지 봅니다.", "Whether both are in the same country."),
        "city": Words("도시", "City", "같은 도시에 있는지 봅니다.", "Whether both are in the same city."),
        "partners_country": Words(
            "지난 협력사의 나라",
            "Countries of past partners",
            "우리가 함께 일해 온 협력사가 상대의 나라에 얼마나 있는지 봅니다.",
            "How many of our past partners are in their country.",
        ),
        "place": Words(
            "거리", "Distance", "같은 구에 있거나 가까이 있는지 봅니다.", "Whether both are in the same gu, or near."
        ),
        "summaries": Words(
            "소개 글",
            "Descriptions",
            "두 조직의 소개 글이 비슷한 일을 말하는지 봅니다.",
            "Whether the descriptions of both tell of similar work.",
        ),
        "industries": Words(
            "업종",
            "Industries",
            "한쪽의 업종이 다른 쪽에 필요한 역량을 파는지 봅니다.",
            "Whether the industry of one sells skills that the other's needs.",
        ),
        "kinds": Words(
            "조직 유형",
            "Kinds of organisation",
            "창업기업과 연구기관처럼 유형이 서로를 채우는지 봅니다.",
            "Whether the kinds complete each other, as a startup and a research body do.",
        ),
    },
    "fits": {
        "technologies": Words(
            "공고의 기술",
            "Technologies of the call",
            "공고가 다루는 기술 가운데 우리가 쓰는 기술을 봅니다.",
            "Which of the call's technologies we work with.",
        ),
        "need": Words(
            "우리 필요와 공고",
            "Our needs and the call",
            "우리 필요가 공고의 이름과 설명에 얼마나 가까운지 봅니다.",
            "How close our needs are to name and description of the call.",
        ),
        "summary": Words(
            "우리 소개와 공고",
            "Our description and the call",
            "우리 소개 글이 공고의 설명과 얼마나 가까운지 봅니다.",
            "How close our description is to that of the call.",
        ),
        "rules": Words(
            "확실히 충족하는 조건",
            "Rules met for certain",
            "공고의 조건 가운데 우리 값으로 확실히 충족하는 몫입니다.",
            "The share of the call's rules that our values meet for certain.",
        ),
        "place": Words(
            "지역", "Region", "지역을 정한 공고라면 우리가 그곳에 있는지 봅니다.",
            "Where a call asks for a region, whether we are in it.",
        ),
        "purposes": Words(
            "지원 내용",
            "What it gives",
            "우리 성장 단계의 기업이 주로 찾는 지원인지 봅니다.",
            "Whether it gives what firms of our stage mostly look for.",
        ),
        "industry": Words(
            "업종", "Industry", "업종을 정한 공고라면 우리 업종이 맞는지 봅니다.",
            "Where a call asks for industries, whether ours is one.",
        ),
        "timing": Words(
            "접수 시기", "Time", "지금 접수 중인지, 곧 여는지 봅니다.", "Whether it is open now, or opens soon."
        ),
        "alike_members": Words(
            "비슷한 참여 기관",
            "Members like us",
            "사업에 참여한 기관의 소개 글이 우리 소개와 얼마나 가까운지 봅니다.",
            "How close the descriptions of organisations that joined the programme are to ours.",
        ),
        "common_members": Words(
            "함께 참여하는 사업",
            "Programmes joined together",
            "우리가 참여한 사업의 기관들이 이 사업에도 참여했는지 봅니다.",
            "Whether members of programmes that we joined have joined this one too.",
        ),
    },
}  # fmt: skip
"""By subject and kind of reason; a test holds every feature against it."""

FIGURES: dict[str, Words] = {
    "ndcg": Words(
        "처음 열 자리의 질",
        "Quality of the first ten",
        "실제로 함께 일하거나 참여하게 된 것이 앞에 있을수록 1에 가깝습니다.",
        "Near 1 when those who later worked together, or what was joined, stand in front.",
    ),
    "recall": Words(
        "처음 열 자리에서 찾은 몫",
        "Found among the first ten",
        "새 협력사, 또는 참여한 지원사업 가운데 열 자리 안에 있던 몫입니다.",
        "The share of new partners, or of programmes joined, that stood among ten.",
    ),
    "first_place": Words(
        "첫 적중의 자리",
        "Place of the first hit",
        "1이면 늘 첫째, 0.5이면 둘째 자리쯤에서 처음 맞습니다.",
        "1 means always the first, 0.5 about the second place.",
    ),
    "coverage": Words(
        "누군가에게 보이는 조직",
        "Shown to someone",
        "한 번이라도 누군가의 처음 열 자리에 드는 조직의 몫입니다.",
        "The share of organisations that stand among anyone's first ten.",
    ),
    "hub_share": Words(
        "가장 알려진 조직의 자리",
        "Places of the best known",
        "협력사가 가장 많은 백분의 일이 차지하는 자리의 몫입니다. 낮을수록 고르게 보입니다.",
        "The share of places that the best connected hundredth takes; lower is more even.",
    ),
    "calibration": Words(
        "점수와 실제의 차이",
        "Score against outcome",
        "점수가 말한 가능성과 실제로 일어난 몫의 차이입니다. 0이 가장 좋습니다.",
        "How far the chances that scores state are from what happened; 0 is best.",
    ),
}
"""By name of the metric."""
