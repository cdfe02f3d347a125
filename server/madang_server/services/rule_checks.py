"""What is wrong with a rule tree, said at the field in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from madang_matching.eligibility import parse_rules
from madang_matching.eligibility.kinds import KINDS
from madang_matching.eligibility.tree import MAX_CONDITIONS, MAX_DEPTH
from madang_matching.errors import RuleError

from madang_server.services.errors import Problem, Sentence, ValidationError

_KOREAN: Sequence[tuple[str, str]] = (
    (r"is needed", "입력해 주세요"),
    (r"needs (.+)", "다음 중 하나가 필요합니다: {0}"),
    (r"must be one of (.+), not .*", "다음 중에서 골라 주세요: {0}"),
    (r"must be a number of zero or more, not .*", "0 이상의 수를 적어 주세요"),
    (r"must be a whole number, not .*", "정수를 적어 주세요"),
    (r"must be a share between 0 and 1, not .*", "0에서 100% 사이의 비율을 적어 주세요"),
    (r"must be between (\d+) and (\d+), not .*", "{0}에서 {1} 사이의 수를 적어 주세요"),
    (r"must be at most (\d+) months, not .*", "{0}개월 이하로 적어 주세요"),
    (r"must be whole years or months .*", "1,000년 이하의 햇수를 월 단위까지 적어 주세요"),
    (r"must be true or false, not .*", "예 또는 아니요로 답해 주세요"),
    (r"more than (\d+) levels", "묶음은 {0}단계까지 만들 수 있습니다"),
    (r"more than (\d+) conditions", "조건은 {0}개까지 만들 수 있습니다"),
    (r"must be a list of at least one condition", "묶음에는 조건이 하나 이상 있어야 합니다"),
    (r"a preference changes rank only.*", "우대는 순위만 바꾸므로 '하나 이상'이나 '아님' 아래에 둘 수 없습니다"),
    (r"must be (.+), not .*", "형식이 맞지 않습니다: {0}"),
)


_WITHIN = {one.name for kind in KINDS.values() for one in kind.inputs if one.type == "leaf"}
"""Fields that are conditions themselves."""


def ensure_readable(tree: Any, place: str = "") -> None:
    """Raise ValidationError unless the tree can be read strictly; the empty tree can.

    Args:  place: path of the condition that a form edits, as in `rules.all[2]`: what is wrong with it is then said at
                  `values.NAME`; else at the path itself.
    """
    if not tree or tree == {"all": []}:
        return
    try:
        parse_rules(tree)
    except RuleError as error:
        raise ValidationError([Problem(_field(error.path, place), sentence_of(error))]) from error
    except RecursionError as error:
        limit = RuleError("rules", f"more than {MAX_DEPTH} levels")
        raise ValidationError([Problem("rules", sentence_of(limit))]) from error


def sentence_of(error: RuleError) -> Sentence:
    """Return what is wrong, without the path."""
    for pattern, korean in _KOREAN:
        found = re.fullmatch(pattern, error.problem, re.DOTALL)
        if found:
            return Sentence(f"{korean.format(*found.groups())}.", _english(error.problem))
    return Sentence(f"읽을 수 없습니다: {error.problem}", _english(error.problem))


def too_many_conditions() -> Sentence:
    return Sentence(
        f"조건은 {MAX_CONDITIONS:,}개까지 만들 수 있습니다.", f"A call has at most {MAX_CONDITIONS:,} conditions."
    )


def _english(problem: str) -> str:
    return (
        f"This {problem}." if problem.startswith(("is ", "needs ", "must ")) else f"{problem[:1].upper()}{problem[1:]}."
    )


def _field(path: str, place: str) -> str:
    if place and path.startswith(place):
        names = [part.split("[")[0] for part in path[len(place) :].lstrip(".").split(".")]
        name = ".".join(names[: 2 if names[0] in _WITHIN else 1])
        return f"values.{name}" if name and name not in ("kind", "source_text") else name or "kind"
    return path


def path_of(at: str, words: Sequence[str]) -> str:
    """Return the path of a place: 0.2 under all and any is `rules.all[0].any[2]`.

    Args:    words: what the nodes on the way are, from the top.
    """
    path = "rules"
    for word, step in zip(words, at.split(".") if at else (), strict=False):
        path += ".not" if word == "not" else f".{word}[{step}]"
    return path
