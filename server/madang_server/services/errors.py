"""Everything that people can cause, and what it says to them.

DomainError
├── ValidationError           one or more fields of the input cannot be taken
├── NotPermittedError         what is asked for can be seen, but not done by this person
├── NotFoundError             there is no such thing, or none that this person may see
├── ConflictError
│   ├── StaleVersionError         someone has saved the same form meanwhile
│   ├── KeyReusedError            an idempotency key came again with another input
│   ├── EmailTakenError           the address has an account already
│   ├── IntroductionOpenError     a request waits for an answer between the two
│   └── IntroductionClosedError   it was answered already, or has lapsed
├── LimitReachedError         a number of things or tries is used up
└── SignInFailedError         address and password do not belong together
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from madang_graph.viewer import Language


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in both languages."""

    ko: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.en if language == "en" else self.ko


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field. `field` is its name in the API, as in `nameKo`."""

    field: str
    sentence: Sentence


class DomainError(Exception):
    """Root. Carries what to say, and the field of the input that it is about, if any."""

    def __init__(self, sentence: Sentence, field: str | None = None) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence
        self.field = field


class ValidationError(DomainError):
    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].sentence, problems[0].field)
        self.problems = tuple(problems)


class NotPermittedError(DomainError):
    def __init__(self, sentence: Sentence | None = None) -> None:
        super().__init__(
            sentence
            or Sentence(
                "이 작업을 할 권한이 없습니다. 이 기관의 편집 권한이 있는 계정으로 로그인해 주세요.",
                "You may not do this. Sign in with an account that may edit this organisation.",
            )
        )


class NotFoundError(DomainError):
    def __init__(self, field: str) -> None:
        super().__init__(
            Sentence(
                "찾을 수 없습니다. 삭제되었거나 볼 수 없는 항목입니다. 목록에서 다시 골라 주세요.",
                "Not found. It is gone or not visible to you; choose it again from its list.",
            ),
            field,
        )


class ConflictError(DomainError):
    """The input is in order, but the present state stands against it."""


class StaleVersionError(ConflictError):
    def __init__(self, current: int) -> None:
        self.current = current
        super().__init__(
            Sentence(
                "그사이 다른 사람이 저장했습니다. 새로 열어 확인한 뒤 다시 저장해 주세요. 덮어쓴 내용은 없습니다.",
                "Someone has saved this meanwhile. Reload it, check, and save again; nothing was overwritten.",
            ),
            "version",
        )


class KeyReusedError(ConflictError):
    def __init__(self) -> None:
        super().__init__(
            Sentence(
                "이 양식은 다른 내용으로 이미 전송되었습니다. 새로 열어 다시 보내 주세요.",
                "This idempotency key was used with another input. Reload the form, or use a fresh key.",
            ),
            "idempotencyKey",
        )


class EmailTakenError(ConflictError):
    def __init__(self) -> None:
        super().__init__(
            Sentence(
                "이미 가입된 이메일 주소입니다. 로그인해 주세요.",
                "This address already has an account; sign in instead.",
            ),
            "email",
        )


class IntroductionOpenError(ConflictError):
    def __init__(self) -> None:
        super().__init__(
            Sentence(
                "두 기관 사이에 답을 기다리는 소개 요청이 이미 있습니다. 그 요청의 답을 기다리거나 답해 주세요.",
                "A request between the two is open already. Wait for its answer, or answer it.",
            ),
            "toId",
        )


class IntroductionClosedError(ConflictError):
    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(
            Sentence(
                "이미 답했거나 기한이 지난 요청입니다. 필요하면 새로 요청해 주세요.",
                "This request was answered already or has lapsed. Ask anew if you still wish to meet.",
            ),
            "id",
        )


class LimitReachedError(DomainError):
    """`limit` is the number that is used up."""

    def __init__(self, limit: int, sentence: Sentence, field: str | None = None) -> None:
        super().__init__(sentence, field)
        self.limit = limit


class SignInFailedError(DomainError):
    def __init__(self) -> None:
        super().__init__(
            Sentence(
                "이메일 또는 비밀번호가 맞지 않습니다. 다시 확인해 주세요.",
                "Address and password do not belong together. Check both and try again.",
            ),
            "email",
        )
