"""The one table of what may be known of an applicant, with the question that asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from madang_matching.eligibility.values import (
    Reader,
    Value,
    choice_reader,
    level_reader,
    read_aid,
    read_awards,
    read_certificates,
    read_codes,
    read_count,
    read_day,
    read_flag,
    read_investments,
    read_share,
    read_statements,
    read_text,
)
from madang_matching.errors import FactError

FieldType: TypeAlias = Literal[
    "flag", "day", "count", "won", "share", "choice", "code", "codes",
    "certificates", "awards", "aid", "investments", "statements",
]  # fmt: skip
Control: TypeAlias = Literal["you", "time", "outside"]
"""Who can change a value: the applicant, time alone, or neither."""
Group: TypeAlias = Literal["firm", "founder", "place", "industry", "size", "stage", "money", "standing", "history"]

REVISIONS = ("ksic9", "ksic10", "ksic11", "isic4", "nace2", "nace2.1")
STAGES = ("idea", "seed", "early", "growth", "mature")
KINDS = ("startup", "sme", "corporate", "research", "public_body", "investor", "civic")
LEGAL_FORMS = ("sole_trader", "corporation", "cooperative", "nonprofit", "partnership", "public")
STATEMENT = "statement:"
"""Begin of the name of a yes or no that one notice asks, as in statement:is_major_shareholder."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that may be known of an applicant."""

    name: str
    type: FieldType
    group: Group
    control: Control
    ko: str
    en: str
    question_ko: str
    question_en: str
    options: tuple[str, ...] = ()
    """Of a choice."""
    low: int = 0
    """Least value of a count."""
    high: int | None = None
    """Greatest value of a count; None: no limit of its own."""

    def read(self, raw: object) -> Value:
        """Return the value of plain JSON.

        Raises: FactError: with the path that begins with the field's name.
        """
        return self._reader()(raw, self.name)

    def _reader(self) -> Reader:
        if self.type == "choice":
            return choice_reader(self.options)
        if self.high is not None:
            return level_reader(self.low, self.high)
        return _READERS[self.type]


_READERS: dict[FieldType, Reader] = {
    "flag": read_flag,
    "day": read_day,
    "count": read_count,
    "won": read_count,
    "share": read_share,
    "code": read_text,
    "codes": read_codes,
    "certificates": read_certificates,
    "awards": read_awards,
    "aid": read_aid,
    "investments": read_investments,
    "statements": read_statements,
}

_FIRM = (
    Field(
        "registered", "flag", "firm", "you", "사업자등록", "Registered business",
        "사업자등록이나 법인 설립등기를 했습니까?", "Do you have a registered business?",
    ),
    Field(
        "founded_on", "day", "firm", "outside", "설립일", "Founded on",
        "언제 설립(개업)했습니까?", "When was the firm founded?",
    ),
    Field(
        "kind", "choice", "firm", "outside", "기관 유형", "Kind of organisation",
        "어떤 기관입니까?", "What kind of organisation is it?", KINDS,
    ),
    Field(
        "legal_form", "choice", "firm", "you", "법적 형태", "Legal form",
        "법적 형태는 무엇입니까?", "What is its legal form?", LEGAL_FORMS,
    ),
    Field(
        "founder_born_on", "day", "founder", "outside", "대표자 생년월일", "Founder's birthday",
        "대표자의 생년월일은 언제입니까?", "When was the founder born?",
    ),
)  # fmt: skip
_PLACE = (
    Field(
        "region_codes", "codes", "place", "outside", "본점 소재지", "Head office",
        "본점은 어디에 있습니까?", "Where is the head office?",
    ),
    Field(
        "branch_region_codes", "codes", "place", "you", "지점·연구소 소재지", "Branches",
        "지점이나 연구소는 어디에 있습니까?", "Where are branches or laboratories?",
    ),
    Field(
        "plant_region_codes", "codes", "place", "you", "공장 소재지", "Plants",
        "공장은 어디에 있습니까?", "Where are plants?",
    ),
    Field(
        "moving_to", "codes", "place", "you", "이전 예정지", "Moving to",
        "본점을 옮길 곳이 있습니까?", "Where will the head office move to?",
    ),
    Field(
        "moving_by", "day", "place", "you", "이전 예정일", "Moving by",
        "언제까지 옮깁니까?", "By when will it move?",
    ),
    Field(
        "industry_code", "code", "industry", "outside", "주업종 코드", "Main industry code",
        "주업종의 분류 코드는 무엇입니까?", "What is the code of the main industry?",
    ),
    Field(
        "industry_revision", "choice", "industry", "you", "업종 분류 기준", "Industry classification",
        "업종 코드는 어느 분류를 따릅니까?", "Which classification is the code of?", REVISIONS,
    ),
    Field(
        "side_industry_codes", "codes", "industry", "you", "부업종 코드", "Side industry codes",
        "다른 업종의 코드는 무엇입니까?", "What are the codes of other industries?",
    ),
)  # fmt: skip
_SIZE = (
    Field(
        "employees", "count", "size", "you", "상시 직원 수", "Employees",
        "상시 직원은 몇 명입니까?", "How many people are employed?",
    ),
    Field(
        "revenue_won", "won", "size", "outside", "지난해 매출액", "Revenue of last year",
        "지난해 매출액은 얼마입니까?", "What was last year's revenue?",
    ),
    Field(
        "revenue_average_won", "won", "size", "outside", "3년 평균 매출액", "Mean revenue of three years",
        "지난 3년의 평균 매출액은 얼마입니까?", "What was the mean revenue of the last three years?",
    ),
    Field(
        "assets_won", "won", "size", "outside", "자산 총액", "Total assets",
        "자산 총액은 얼마입니까?", "What are total assets?",
    ),
    Field(
        "group_employees", "count", "size", "outside", "관계기업 포함 직원 수", "Employees with affiliates",
        "관계기업을 합하면 직원은 몇 명입니까?", "How many people are employed with all affiliates?",
    ),
    Field(
        "group_revenue_won", "won", "size", "outside", "관계기업 포함 매출액", "Revenue with affiliates",
        "관계기업을 합하면 매출액은 얼마입니까?", "What is the revenue with all affiliates?",
    ),
    Field(
        "group_assets_won", "won", "size", "outside", "관계기업 포함 자산", "Assets with affiliates",
        "관계기업을 합하면 자산은 얼마입니까?", "What are the assets with all affiliates?",
    ),
    Field(
        "independent", "flag", "size", "outside", "독립 기업", "Independent",
        "대기업이 지분 30% 이상을 갖지 않은 독립 기업입니까?",
        "Is it independent, with no large group owning 30 % or more?",
    ),
    Field(
        "sme_grace_until", "day", "size", "outside", "중소기업 유예 종료일", "SME grace until",
        "중소기업 유예는 언제 끝납니까?", "When does the grace as an SME end?",
    ),
)  # fmt: skip
_MONEY = (
    Field(
        "stage", "choice", "stage", "outside", "성장 단계", "Stage",
        "어느 단계에 있습니까?", "Which stage is the firm at?", STAGES,
    ),
    Field(
        "trl", "count", "stage", "outside", "기술성숙도", "Technology readiness level",
        "기술성숙도는 몇 단계입니까?", "What is the technology readiness level?", low=1, high=9,
    ),
    Field(
        "investments", "investments", "money", "you", "투자 유치", "Investments",
        "받은 투자를 모두 적어 주세요.", "Which investments have you received? List all.",
    ),
    Field(
        "own_share", "share", "money", "you", "자부담 비율", "Own share",
        "총사업비에서 스스로 낼 수 있는 비율은 얼마입니까?", "Which share of the total cost can you pay yourselves?",
    ),
    Field(
        "certificates", "certificates", "standing", "you", "인증", "Certificates",
        "가진 인증과 유효 기간을 모두 적어 주세요.", "Which certificates do you hold, and until when? List all.",
    ),
    Field(
        "recommendations", "codes", "standing", "you", "추천", "Recommendations",
        "어느 기관의 추천을 받았습니까?", "Which bodies recommend you?",
    ),
)  # fmt: skip
_STANDING = (
    Field(
        "tax_arrears", "flag", "standing", "you", "세금 체납", "Tax arrears",
        "국세나 지방세 체납이 있습니까?", "Do you have tax arrears?",
    ),
    Field(
        "in_default", "flag", "standing", "you", "채무불이행", "In default",
        "채무불이행 상태입니까?", "Are you in default on a debt?",
    ),
    Field(
        "business_closed", "flag", "standing", "outside", "휴·폐업", "Business closed",
        "휴업이나 폐업 중입니까?", "Is the business suspended or closed?",
    ),
    Field(
        "sanctioned", "flag", "standing", "outside", "참여 제한", "Barred from support",
        "정부 지원 참여를 제한받고 있습니까?", "Are you barred from public support?",
    ),
    Field(
        "excluded_trade", "flag", "standing", "outside", "지원 제외 업종", "Excluded trade",
        "유흥·사행 같은 지원 제외 업종입니까?", "Is your trade one that support excludes, such as gambling?",
    ),
)  # fmt: skip
_HISTORY = (
    Field(
        "awards", "awards", "history", "outside", "받은 지원", "Support received",
        "받은 지원을 모두 적어 주세요.", "Which support have you received? List all.",
    ),
    Field(
        "affiliate_awards", "aid", "history", "outside", "관계기업이 받은 최소보조", "De minimis aid of affiliates",
        "관계기업이 있습니까? 있다면 최소보조를 얼마나 받았습니까?",
        "Do you have affiliates, and which de minimis aid did they receive?",
    ),
    Field(
        "work_started_on", "day", "history", "outside", "사업 착수일", "Work started on",
        "지원받을 일을 언제 시작했거나 시작합니까?", "When did or will the work to be supported begin?",
    ),
    Field(
        "contract_signed_on", "day", "history", "outside", "계약 체결일", "Contract signed on",
        "지원받을 일의 계약을 언제 맺었거나 맺습니까?", "When was or will a contract for the work be signed?",
    ),
    Field(
        "statements", "statements", "history", "you", "공고별 확인", "Answers to single notices",
        "공고가 묻는 것에 답해 주세요.", "Please answer what the notice asks.",
    ),
)  # fmt: skip

FIELDS: dict[str, Field] = {field.name: field for field in (*_FIRM, *_PLACE, *_SIZE, *_MONEY, *_STANDING, *_HISTORY)}


def field_of(name: str) -> Field:
    """Return the field of a name; of a statement one of its own.

    Raises: FactError: there is no such field.
    """
    if name.startswith(STATEMENT) and len(name) > len(STATEMENT):
        key = name.removeprefix(STATEMENT)
        return Field(name, "flag", "history", "you", key, key, key, key)
    field = FIELDS.get(name)
    if field is None:
        raise FactError(name, "알 수 없는 항목입니다.", "is no known field")
    return field


def read_facts(facts: Mapping[str, object]) -> dict[str, Value]:
    """Read plain values by field name; null is left out.

    Raises: FactError: at the first that cannot be read.
    """
    return {name: field_of(name).read(raw) for name, raw in facts.items() if raw is not None}
