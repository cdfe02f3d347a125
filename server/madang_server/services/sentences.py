"""What a form says about a field: short, in both languages, and always what to do."""

from __future__ import annotations

from madang_server.services.errors import Sentence


def must_be_given() -> Sentence:
    return Sentence("입력해 주세요.", "Please fill this in.")


def one_name_needed() -> Sentence:
    return Sentence("한글 이름이나 영문 이름 중 하나는 필요합니다.", "Give a Korean or an English name.")


def too_long(most: int) -> Sentence:
    return Sentence(f"{most:,}자까지 쓸 수 있습니다. 줄여 주세요.", f"At most {most:,} characters; please shorten it.")


def too_short(least: int) -> Sentence:
    return Sentence(f"{least:,}자 이상 써 주세요.", f"Please write at least {least:,} characters.")


def has_controls() -> Sentence:
    return Sentence(
        "보이지 않는 제어 문자가 들어 있습니다. 지우고 다시 입력해 주세요.",
        "It holds invisible control characters; please type it again without them.",
    )


def not_a_word(words: tuple[str, ...]) -> Sentence:
    shown = ", ".join(words)
    return Sentence(f"다음 중에서 골라 주세요: {shown}.", f"Choose one of: {shown}.")


def out_of_range(least: int, most: int) -> Sentence:
    return Sentence(
        f"{least:,}에서 {most:,} 사이의 수를 입력해 주세요.", f"Give a whole number from {least:,} to {most:,}."
    )


def not_a_date() -> Sentence:
    return Sentence("2020-01-31처럼 날짜를 입력해 주세요.", "Give a date such as 2020-01-31.")


def not_a_moment() -> Sentence:
    return Sentence(
        "2027-03-02 18:00처럼 날짜와 시각을 적어 주세요.", "Give a day and a time such as 2027-03-02 18:00."
    )


def in_future() -> Sentence:
    return Sentence("오늘이나 그 이전 날짜를 입력해 주세요.", "Give today's date or an earlier one.")


def not_in_future() -> Sentence:
    return Sentence("내일이나 그 이후 날짜를 입력해 주세요.", "Give tomorrow's date or a later one.")


def too_far_ahead(years: int) -> Sentence:
    return Sentence(f"{years}년 안의 날짜를 입력해 주세요.", f"Give a date within {years} years.")


def ends_before_it_starts() -> Sentence:
    return Sentence("받은 날 이후의 날짜를 입력해 주세요.", "Give a day that is not before the day it was received.")


def only_de_minimis() -> Sentence:
    return Sentence(
        "드미니미스 지원에만 씁니다. 비우거나 지원 구분을 바꿔 주세요.",
        "Only de minimis aid has this; leave it out, or change the regime.",
    )


def only_when_declining() -> Sentence:
    return Sentence("거절할 때만 쓸 수 있습니다. 비워 주세요.", "Only a declined request has this; leave it out.")


def before_1800() -> Sentence:
    return Sentence("1800년 이후 날짜를 입력해 주세요.", "Give a date from the year 1800 on.")


def not_an_email() -> Sentence:
    return Sentence("name@example.kr 같은 이메일 주소를 입력해 주세요.", "Give an address such as name@example.kr.")


def not_a_homepage() -> Sentence:
    return Sentence(
        "http:// 또는 https://로 시작하는 주소를 입력해 주세요.",
        "Give an address that begins with http:// or https://.",
    )


def too_many(most: int) -> Sentence:
    return Sentence(f"{most}개까지 고를 수 있습니다.", f"Choose at most {most}.")


def unknown_choice() -> Sentence:
    return Sentence("목록에 없는 항목입니다. 목록에서 다시 골라 주세요.", "Unknown; choose it again from the list.")


def choose_gu() -> Sentence:
    return Sentence("본사가 있는 구를 골라 주세요.", "Choose the gu that the head office lies in.")


def not_to_itself() -> Sentence:
    return Sentence(
        "자기 기관에는 할 수 없습니다. 다른 기관을 골라 주세요.", "Choose another organisation than your own."
    )


def too_many_affiliates(most: int) -> Sentence:
    return Sentence(
        f"관계기업은 우리 기관을 포함해 {most}곳까지 묶을 수 있습니다. 관계가 끝난 곳을 먼저 빼 주세요.",
        f"A group holds at most {most} organisations, yours included. Drop one that is no affiliate any more first.",
    )


def drop_affiliates_first() -> Sentence:
    return Sentence(
        "관계기업을 이미 등록했습니다. 관계기업이 없다면 등록한 곳을 먼저 빼 주세요.",
        "You have named affiliates. If you have none, drop those first.",
    )


def affiliates_are_named() -> Sentence:
    return Sentence(
        "관계기업의 금액은 적지 않습니다. 지원 이력에서 관계기업을 등록하면 자동으로 더해집니다.",
        "Name your affiliates beside the ledger of awards instead; what they received is then added by itself.",
    )


def need_of_neither() -> Sentence:
    return Sentence("두 기관 중 하나가 올린 수요를 골라 주세요.", "Choose a need that one of the two has posted.")


def call_or_organisation() -> Sentence:
    return Sentence("공고나 기관을 골라 주세요.", "Choose a call or an organisation.")


def sign_in_first() -> Sentence:
    return Sentence("먼저 로그인해 주세요.", "Please sign in first.")


def sign_out_first() -> Sentence:
    return Sentence(
        "이미 로그인되어 있습니다. 새로 가입하려면 먼저 로그아웃해 주세요.", "You are signed in. Sign out first."
    )


def token_may_not_write() -> Sentence:
    return Sentence(
        "이 토큰은 읽기 전용입니다. 쓰기 권한이 있는 토큰을 사용해 주세요.",
        "This token may only read; use one that may write.",
    )


def parties_only() -> Sentence:
    return Sentence(
        "해당 기관의 사람만 할 수 있습니다.",
        "Only the people of that organisation can say so for it.",
    )


def demo_only() -> Sentence:
    return Sentence(
        "데모 계정은 데모 모드에서만 쓸 수 있습니다. 이메일과 비밀번호로 로그인해 주세요.",
        "Demo accounts work in demo mode only. Sign in with e-mail and password.",
    )


def too_many_open_requests(limit: int) -> Sentence:
    return Sentence(
        f"답을 기다리는 요청이 {limit}개입니다. 답을 받은 뒤 다시 요청해 주세요.",
        f"{limit} of your requests wait for an answer. Ask again when some are answered.",
    )


def too_many_needs(limit: int) -> Sentence:
    return Sentence(
        f"열린 수요는 {limit}개까지 올릴 수 있습니다. 해결된 수요를 먼저 닫아 주세요.",
        f"At most {limit} needs can be open. Close those that are met first.",
    )


def too_many_offers(limit: int) -> Sentence:
    return Sentence(f"공급은 {limit}개까지 올릴 수 있습니다.", f"At most {limit} offers can be posted.")


def too_many_watches(limit: int) -> Sentence:
    return Sentence(
        f"관심 공고와 검색은 {limit}개까지 둘 수 있습니다. 필요 없는 것을 먼저 지워 주세요.",
        f"At most {limit} calls and searches can be watched. Take some off first.",
    )


def too_many_tries(wait_minutes: int) -> Sentence:
    return Sentence(
        f"시도가 너무 많았습니다. {wait_minutes}분 뒤에 다시 시도해 주세요.",
        f"Too many tries. Please try again in {wait_minutes} minutes.",
    )
