"""What people write as answers to what rules ask: from text to plain JSON values, and back to words."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from madang_frontend.money import read_won
from madang_frontend.times import read_day
from madang_matching.eligibility.profile import FIELDS, STATEMENT, Field
from madang_matching.errors import FactError

from madang_server.services.errors import Sentence

TEXT_MOST = 20_000
LIST_MOST = 50
OF_PROFILE = frozenset(
    {"founded_on", "kind", "region_codes", "industry_code", "employees", "revenue_won", "stage", "trl", "awards"}
)
"""Fields that the profile or the ledger of awards holds; they are not saved as facts."""
LISTS = frozenset({"certificates", "investments", "awards", "aid"})

_YES = frozenset({"yes", "true", "on", "1", "예", "네"})
_NO = frozenset({"no", "false", "off", "0", "아니요", "아니오"})
_PARTED = re.compile(r"[,;\s]+")
_INDUSTRY = re.compile(r"[A-Za-z]?\d{0,5}(\.\d{1,2})?")
_STATEMENT = re.compile(r"[A-Za-z0-9_.:-]{1,80}")

_OPTIONS: Mapping[str, tuple[str, str]] = {
    "sole_trader": ("개인사업자", "Sole trader"),
    "corporation": ("법인", "Corporation"),
    "cooperative": ("협동조합", "Co-operative"),
    "nonprofit": ("비영리법인", "Non-profit body"),
    "partnership": ("조합·합자회사", "Partnership"),
    "public": ("공공기관", "Public body"),
    "ksic9": ("한국표준산업분류 9차", "KSIC, 9th revision"),
    "ksic10": ("한국표준산업분류 10차", "KSIC, 10th revision"),
    "ksic11": ("한국표준산업분류 11차", "KSIC, 11th revision"),
    "isic4": ("국제표준산업분류 4차", "ISIC, 4th revision"),
    "nace2": ("유럽산업분류 2차", "NACE, 2nd revision"),
    "nace2.1": ("유럽산업분류 2.1차", "NACE, revision 2.1"),
    "idea": ("아이디어", "Idea"),
    "seed": ("예비·초기", "Seed"),
    "early": ("초기 성장", "Early"),
    "growth": ("성장", "Growth"),
    "mature": ("성숙", "Mature"),
    "startup": ("창업기업", "Startup"),
    "sme": ("중소기업", "SME"),
    "corporate": ("대기업", "Large company"),
    "research": ("연구기관", "Research body"),
    "public_body": ("공공기관", "Public body"),
    "investor": ("투자기관", "Investor"),
    "civic": ("시민단체", "Civic group"),
}


def option_words(_field: Field, option: str) -> dict[str, str]:
    """Return an option in words, as label_ko and label_en."""
    korean, english = _OPTIONS.get(option, (option, option))
    return {"label_ko": korean, "label_en": english}


class UnreadableFactError(ValueError):
    """A text is no value of its field; `sentence` says what it should be."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence


def statement_key(name: str) -> str | None:
    """Return the key of a question of one notice; None: the name is no such question."""
    key = name.removeprefix(STATEMENT) if name.startswith(STATEMENT) else ""
    return key if _STATEMENT.fullmatch(key) else None


def read_fact(name: str, text: str | None) -> object:
    """Return the plain JSON value of a text; None for a blank one: it is not said.

    Args:    name: of a field of FIELDS, or statement:KEY.
    Raises:  UnreadableFactError; KeyError: there is no such field.
    """
    given = unicodedata.normalize("NFC", text or "").strip()
    if not given:
        return None
    if len(given) > TEXT_MOST:
        raise UnreadableFactError(Sentence(f"{TEXT_MOST:,}자를 넘습니다.", f"It has more than {TEXT_MOST:,} letters."))
    if statement_key(name) is not None:
        return _flag(given)
    field = FIELDS[name]
    value = _plain(field, given)
    if value is None:
        return None
    try:
        field.read(value)
    except FactError as error:
        raise UnreadableFactError(Sentence(error.ko, f"It {error.en}.")) from error
    return value


def _plain(field: Field, text: str) -> object:
    try:
        if field.type == "flag":
            return _flag(text)
        if field.type == "day":
            return read_day(text)
        if field.type == "won":
            return read_won(text)
        if field.type == "count":
            return int(text.replace(",", "")[:20])
        if field.type == "share":
            number = float(text.removesuffix("%").strip())
            return number / 100 if text.endswith("%") or number > 1 else number
        if field.type == "code":
            return _industry(text)
        if field.type == "codes":
            return _few([each for each in _PARTED.split(text) if each])
        if field.type in LISTS:
            return _few([row for row in _json_list(text) if row])
    except UnreadableFactError:
        raise
    except (ValueError, OverflowError, RecursionError) as error:
        raise UnreadableFactError(_SHAPES[field.type]) from error
    return text


_SHAPES: Mapping[str, Sentence] = {
    "flag": Sentence("예 또는 아니요로 답해 주세요.", "Answer yes or no."),
    "day": Sentence("날짜를 2026-11-24처럼 적어 주세요.", "Write the day as 2026-11-24."),
    "won": Sentence("금액을 320000000 또는 3.2억처럼 적어 주세요.", "Write the amount as 320000000 or 320 million."),
    "count": Sentence("0 이상의 정수를 적어 주세요.", "Write a whole number of zero or more."),
    "share": Sentence("비율을 20%처럼 적어 주세요.", "Write the share as 20%."),
    "code": Sentence("업종 코드를 C29처럼 적어 주세요.", "Write the code of the industry as C29."),
    "codes": Sentence("쉼표로 나누어 적어 주세요.", "Write them parted by commas."),
    "certificates": Sentence("목록을 읽을 수 없습니다.", "The list cannot be read."),
    "aid": Sentence("목록을 읽을 수 없습니다.", "The list cannot be read."),
    "awards": Sentence("목록을 읽을 수 없습니다.", "The list cannot be read."),
    "investments": Sentence("목록을 읽을 수 없습니다.", "The list cannot be read."),
}


def _flag(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise UnreadableFactError(_SHAPES["flag"])
    return word in _YES


def _industry(text: str) -> str:
    if not _INDUSTRY.fullmatch(text):
        raise UnreadableFactError(_SHAPES["code"])
    return text.upper()


def _json_list(text: str) -> list[Any]:
    found: object = json.loads(text)
    if not isinstance(found, list):
        raise UnreadableFactError(_SHAPES["certificates"])
    return [_entry(row) for row in found]  # pyright: ignore[reportUnknownVariableType]


def _entry(row: object) -> object:
    """Read the texts of a row that a form sends: days, amounts, yes or no."""
    if not isinstance(row, dict):
        return row
    read: dict[str, object] = {}
    for name, value in row.items():  # pyright: ignore[reportUnknownVariableType]
        part, text = str(name), value.strip() if isinstance(value, str) else value  # pyright: ignore
        if text == "":
            continue
        read[part] = _ROW_READERS[part](text) if isinstance(text, str) and part in _ROW_READERS else text
    # A blank day is not known; a certificate without an end says so.
    if read.pop("endless", None):
        read["expires_on"] = None
    return read


def _few(values: list[Any]) -> list[Any]:
    if len(values) > LIST_MOST:
        raise UnreadableFactError(Sentence(f"{LIST_MOST}개를 넘습니다.", f"They are more than {LIST_MOST}."))
    return values


_ROW_READERS: Mapping[str, Callable[[str], object]] = {
    "on": read_day,
    "expires_on": read_day,
    "amount_won": read_won,
    "paid": _flag,
    "endless": _flag,
}
