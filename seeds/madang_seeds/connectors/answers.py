"""What a source answered: a page of items, no data, or a refusal, in the envelopes that the Korean open APIs use."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import orjson

from madang_seeds.connectors.errors import RefusedBySourceError

NO_DATA = "03"
_FINE = frozenset({"", "0", "00", "000"})
_CODE = re.compile(r"<(?:returnReasonCode|resultCode)>\s*(\w{1,8})\s*<")
_WORDS = re.compile(r"<(?:returnAuthMsg|errMsg|resultMsg)>([^<]{1,200})<")


class HalfAnswerError(ValueError):
    """The answer is no whole JSON document, or not one of the forms that are known."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One page."""

    items: Sequence[Mapping[str, Any]]
    total: int | None
    """How many items there are in all; None when the source does not say."""


def read_answer(body: bytes) -> Answer:
    """Read one page.

    Code 03 (no data) is an empty page, with whatever HTTP status it came.
    Raises: HalfAnswerError: cut off or unknown, worth another try.  RefusedBySourceError: key, quota, request.
    """
    if body.lstrip()[:1] == b"<":
        return _of_xml(body.decode("utf-8", "replace"))
    try:
        found = _loaded(body)
    except (ValueError, RecursionError) as error:
        raise HalfAnswerError("the answer is cut off or no JSON") from error
    if isinstance(found, list):
        return Answer(_items(found), None)
    if not isinstance(found, dict):
        raise HalfAnswerError("the answer is neither an object nor a list")
    return _of_object(cast("Mapping[str, Any]", found))


def _loaded(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except ValueError:  # half a character in one notice is no reason to have none
        return json.loads(body)


def _of_object(found: Mapping[str, Any]) -> Answer:
    inner = found.get("response")
    outer = cast("Mapping[str, Any]", inner) if isinstance(inner, dict) else found
    header = outer.get("header")
    said = cast("Mapping[str, Any]", header) if isinstance(header, dict) else outer
    code = str(said.get("resultCode") or said.get("code") or "").strip()
    if code.lstrip("-").zfill(2) == NO_DATA:
        return Answer((), 0)
    if "reqErr" in found or (code not in _FINE and "data" not in found):
        raise RefusedBySourceError(
            code, str(found.get("reqErr") or said.get("resultMsg") or said.get("msg") or "")[:200]
        )
    body = outer.get("body")
    holder = cast("Mapping[str, Any]", body) if isinstance(body, dict) else outer
    for name in ("data", "jsonArray", "items", "item"):
        listed: Any = holder.get(name)
        if isinstance(listed, dict) and "item" in listed:
            listed = listed["item"]
        if isinstance(listed, list):
            return Answer(_items(cast("list[Any]", listed)), _total(holder, listed))
    raise HalfAnswerError("the answer holds no list of notices")


def _total(holder: Mapping[str, Any], listed: list[Any]) -> int | None:
    first = cast("Mapping[str, Any]", listed[0]) if listed and isinstance(listed[0], dict) else {}
    for value in (holder.get("totalCount"), first.get("totCnt")):
        if isinstance(value, int | str) and str(value).isdecimal():
            return int(value)
    return None


def _items(listed: list[Any]) -> list[Mapping[str, Any]]:
    return [cast("Mapping[str, Any]", item) for item in listed if isinstance(item, dict)]


def _of_xml(text: str) -> Answer:
    """Gateways answer errors in XML whatever format was asked for; only code and words are looked for."""
    code, words = _CODE.search(text), _WORDS.search(text)
    if code is None:
        raise HalfAnswerError("the answer is markup where JSON was asked for")
    if code[1].zfill(2) == NO_DATA:
        return Answer((), 0)
    raise RefusedBySourceError(code[1], words[1] if words else "")
