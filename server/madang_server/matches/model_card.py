"""The card of a model: what it is, what it uses and does not use, how good it is; Markdown, Korean and English."""

from __future__ import annotations

from madang_matching.scoring import Scorer, Weights

from madang_server.matches.model_evidence import Evidence, evidence
from madang_server.matches.model_words import FIGURES
from madang_server.matches.models import Metric, Models

_KO = """\
# 매칭 모델 {version}

{data_date}까지의 자료로 만들었습니다: 조직 {organisations}곳, 공동 과제 {projects}건, 사업 참여 {memberships}건,
제안에 대한 답 {judgements}건. 난수 시작값은 {seed}입니다. 같은 자료와 시작값이면 글자 하나까지 같은 모델이 나옵니다.

쓰임: 한 지구의 조직에 협력사와 지원 공고를 이유와 함께 제안합니다. 신청 자격은 모델이 아니라 공고의 조건이 정합니다.

쓰지 않는 것: 사람에 관한 값. 나이, 성별, 국적, 가족, 종교, 건강, 담당자의 이름과 주소는 읽지 않습니다.

한계: 지난 협력에서 배우므로 비슷한 조직을 앞세우기 쉽습니다. 그래서 필요와 제공의 무게는 처음 값 아래로
내려가지 않습니다.

측정: 가장 늦은 과제들을 가리고 배운 뒤, 그 과제에서 처음 만난 협력사를 찾는지 봅니다. 지원사업은 가장 늦은 한 해의
참여를 가리고 같은 방식으로 봅니다. 소개 글, 필요, 공고는 오늘의 것이라 수치가 조금 후할 수 있습니다.
"""
_EN = """\
# Matching model {version}

Made from the data up to {data_date}: {organisations} organisations, {projects} joint projects, {memberships}
programme memberships, {judgements} answers to suggestions. The random seed is {seed}; the same data and seed give the
same model, byte for byte.

Purpose: it suggests partners and calls to the organisations of a district, with reasons. Who may apply is decided by
the rules of a call, not by the model.

Not used: anything about people. No age, sex, nationality, family, religion or health, and no name or address of a
person is read.

Limits: it learns from past partnerships, which favour the like. The weights of needs and offers therefore never fall
below their first values.

Measuring: the latest projects are hidden, the model learns from the rest and is asked for the partners first met in
them; for programmes the latest year of memberships is hidden in the same way. Descriptions, needs and calls are those
of today, so the figures lean towards the friendly side.
"""

_FIRST_KO = "배울 이력이 모자라, 적어 둔 처음 무게를 씁니다."
_FIRST_EN = "Too little history to learn from: the documented first weights."


def card_of(models: Models) -> str:
    """Return the card of a model, the same for the same model."""
    facts = {
        "version": models.version,
        "data_date": models.data_date,
        "seed": models.seed,
        "organisations": models.learnt.organisations,
        "projects": models.learnt.projects,
        "memberships": models.learnt.memberships,
        "judgements": models.learnt.judgements,
    }
    parts = [_KO.format(**facts), *_tables(models, korean=True), _EN.format(**facts), *_tables(models, korean=False)]
    return "\n".join(parts)


def _tables(models: Models, *, korean: bool) -> list[str]:
    parts: list[str] = []
    for scorer, ko, en in ((models.partners.weights, "협력사", "Partners"), (models.fits, "지원사업", "Programmes")):
        parts.append(f"## {ko if korean else en}\n\n{_learnt(scorer, korean=korean)}\n")
        head = ("근거", "최대 무게", "무엇을 보는가") if korean else ("evidence", "most it adds", "what it looks at")
        parts.append(_table(head, [_row(each, korean=korean) for each in evidence(scorer)]))
    head = ("수치", "값", "95% 구간", "사례") if korean else ("figure", "value", "95 % interval", "cases")
    rows = [_figure(metric, korean=korean) for metric in models.metrics]
    parts.append(f"## {'수치' if korean else 'Figures'}\n\n{_table(head, rows)}")
    return parts


def _learnt(scorer: Scorer, *, korean: bool) -> str:
    cases = scorer.cases if isinstance(scorer, Weights) else 0
    if not cases:
        return _FIRST_KO if korean else _FIRST_EN
    ko = f"가능했던 쌍 {cases}개를 실제와 견주어 배웠습니다."
    return ko if korean else f"Learnt from {cases} pairs that came into question, beside what became of them."


def _row(each: Evidence, *, korean: bool) -> tuple[str, ...]:
    words = each.words
    title, text = (words.title_ko, words.text_ko) if korean else (words.title_en, words.text_en)
    return title, f"{each.weight:.2f}", text


def _figure(metric: Metric, *, korean: bool) -> tuple[str, ...]:
    words = FIGURES[metric.name]
    subjects = {"partners": ("협력사", "partners"), "programmes": ("지원사업", "programmes")}
    title = f"{words.title_ko if korean else words.title_en} ({subjects[metric.subject][0 if korean else 1]})"
    if metric.value is None:
        return title, "측정하지 않음" if korean else "not measured", "", ""
    interval = "" if metric.low is None or metric.high is None else f"{metric.low:.3f}–{metric.high:.3f}"
    return title, f"{metric.value:.3f}", interval, str(metric.cases)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
