"""Fields of conditions as people write them in forms: from text to the JSON of a leaf, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from madang_frontend.money import read_won
from madang_matching.eligibility.inputs import Input
from madang_matching.eligibility.kinds import KINDS

from madang_server.services import sentences
from madang_server.services.errors import Problem, Sentence, ValidationError

SOURCE = "source_text"
TEXT_MOST = 4_000
VALUES_MOST = 60
_PARTED = re.compile(r"[,;\n]+")
_YES = frozenset({"yes", "true", "on", "1", "예"})
_NO = frozenset({"no", "false", "off", "0", "아니요"})


@dataclass(frozen=True, slots=True)
class ValueText:
    """One field of a condition as text."""

    name: str
    value: str | None = None


def leaf_of(
    kind: str, values: Sequence[ValueText], source_text: str | None, before: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the leaf that a form describes. Fields that the form does not have stay as in `before`.

    Of a condition within, `when.kind` is its kind and `when.NAME` a field of it; a blank kind takes it away.
    Raises: ValidationError: at `kind`, or at `values.NAME`.
    """
    declared = KINDS.get(kind)
    if declared is None:
        raise ValidationError([Problem("kind", sentences.unknown_choice())])
    if len(values) > VALUES_MOST:
        raise ValidationError([Problem("values", sentences.too_many(VALUES_MOST))])
    problems: list[Problem] = []
    kept = before if before.get("kind") == kind else {}
    leaf: dict[str, Any] = {**kept, "kind": kind}
    inputs = {one.name: one for one in declared.inputs}
    within: dict[str, list[ValueText]] = {one.name: [] for one in declared.inputs if one.type == "leaf"}
    for each in values:
        holder, _, part = each.name.partition(".")
        if part and holder in within:
            within[holder].append(each)
            continue
        one = inputs.get(each.name)
        if one is None:
            problems.append(Problem(f"values.{each.name[:40]}", sentences.unknown_choice()))
            continue
        try:
            value = _read(one, (each.value or "").strip())
        except (ValueError, OverflowError, RecursionError):
            problems.append(Problem(f"values.{one.name}", _SHAPES.get(one.type, sentences.unknown_choice())))
            continue
        leaf.pop(one.name, None)
        if value is not None:
            leaf[one.name] = value
    for holder, said in within.items():
        problems += _put_inner(leaf, holder, said)
    leaf[SOURCE] = (source_text or "").strip()
    if not leaf[SOURCE]:
        del leaf[SOURCE]
    if problems:
        raise ValidationError(problems)
    return leaf


def _put_inner(leaf: dict[str, Any], name: str, values: Sequence[ValueText]) -> list[Problem]:
    """Put the condition within a leaf that these fields describe, and return what is wrong with them."""
    if not values:
        return []
    held: object = leaf.get(name)
    before: Mapping[str, Any] = held if isinstance(held, Mapping) else {}  # pyright: ignore[reportUnknownVariableType]
    inner = {each.name.removeprefix(f"{name}."): each.value for each in values}
    kind = (inner.pop("kind", before.get("kind")) or "").strip()
    if not kind:
        leaf.pop(name, None)
        return [] if not any(inner.values()) else [Problem(f"values.{name}.kind", sentences.unknown_choice())]
    declared = KINDS.get(kind)
    if declared is None or any(one.type == "leaf" for one in declared.inputs):
        return [Problem(f"values.{name}.kind", sentences.unknown_choice())]
    said = [ValueText(each, value) for each, value in inner.items()]
    try:
        leaf[name] = leaf_of(kind, said, before.get(SOURCE) if before.get("kind") == kind else None, before)
    except ValidationError as error:
        return [
            Problem(f"values.{name}.{each.field.removeprefix('values.')}", each.sentence) for each in error.problems
        ]
    return []


def texts_of(leaf: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the fields of a leaf as a form shows them, {name, value} each; of an unknown kind none.

    Those of a condition within are `when.kind` and `when.NAME`.
    """
    name = leaf.get("kind")
    declared = KINDS.get(name) if isinstance(name, str) else None
    if declared is None:
        return []
    shown: list[dict[str, str]] = []
    for one in declared.inputs:
        value: object = leaf.get(one.name)
        if one.type == "leaf" and isinstance(value, Mapping):
            inner: Mapping[str, Any] = value  # pyright: ignore[reportUnknownVariableType]
            shown.append({"name": f"{one.name}.kind", "value": str(inner.get("kind"))})
            shown += [{"name": f"{one.name}.{each['name']}", "value": each["value"]} for each in texts_of(inner)]
        elif value is not None:
            shown.append({"name": one.name, "value": _shown(one, value)})
    return shown


def _read(one: Input[Any], text: str) -> object:
    if not text:
        return None
    if len(text) > TEXT_MOST:
        raise ValueError(text[:40])
    return _READERS.get(one.type, str)(text)


def _number(text: str) -> float:
    number = float(text.replace(",", "")[:40])
    if not abs(number) <= 10**15:  # not a number is refused, too
        raise ValueError(text)
    return int(number) if number == int(number) else number


def _whole(text: str) -> int:
    return int(text.replace(",", "")[:40])


def _share(text: str) -> float:
    number = float(text.removesuffix("%").strip()[:40])
    return number / 100 if text.endswith("%") or number > 1 else number


def _flag(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise ValueError(text)
    return word in _YES


def _words(text: str) -> list[str]:
    return [word for word in (each.strip() for each in _PARTED.split(text)) if word]


def _json(text: str) -> object:
    found: object = json.loads(text)
    if not isinstance(found, dict | list):
        raise ValueError(text[:40])
    return found  # pyright: ignore[reportUnknownVariableType]


def _bands(text: str) -> object:
    """Rows as the form gathers them: each part is text."""
    rows: object = json.loads(text)
    if not isinstance(rows, list):
        raise ValueError(text[:40])
    found: list[dict[str, float]] = []
    for row in rows[:50]:  # pyright: ignore[reportUnknownVariableType]
        if not isinstance(row, dict):
            raise ValueError(text[:40])
        pairs: dict[str, Any] = row  # pyright: ignore[reportUnknownVariableType]
        found.append({str(name): _number(str(value)) for name, value in pairs.items() if str(value).strip()})
    return [row for row in found if row] or None


_READERS: Mapping[str, Callable[[str], object]] = {
    "number": _number,
    "whole": _whole,
    "won": read_won,
    "euro": _number,
    "share": _share,
    "flag": _flag,
    "words": _words,
    "leaf": _json,
    "bands": _bands,
}

_SHAPES: Mapping[str, Sentence] = {
    "number": Sentence("0 이상의 수를 적어 주세요. 예: 7, 1.5", "Write a number of zero or more, such as 7 or 1.5."),
    "whole": Sentence("0 이상의 정수를 적어 주세요.", "Write a whole number of zero or more."),
    "won": Sentence("금액을 320000000 또는 3.2억처럼 적어 주세요.", "Write the amount as 320000000 or 320 million."),
    "euro": Sentence("유로 금액을 숫자로 적어 주세요.", "Write the amount in euros as a number."),
    "share": Sentence("비율을 20%처럼 적어 주세요.", "Write the share as 20%."),
    "flag": Sentence("예 또는 아니요를 골라 주세요.", "Choose yes or no."),
    "bands": Sentence("나이를 숫자로 적어 주세요.", "Write ages as numbers."),
    "leaf": Sentence("조건을 읽을 수 없습니다.", "The condition cannot be read."),
}


def _shown(one: Input[Any], value: object) -> str:
    if one.type == "flag":
        return "yes" if value is True else "no"
    if one.type == "words" and isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if one.type == "share" and isinstance(value, int | float):
        return f"{value * 100:g}%"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
