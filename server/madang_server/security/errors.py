"""Requests that are refused before anything is done.

RefusedError
├── TokenRefusedError   401  the API token is unknown or has expired
├── CrossSiteError      403  another site made the browser send this
├── StaleFormError      403  the form was made for another session, or too long ago
├── ContentTypeError    415  the API takes JSON only
└── BodyTooLargeError   413  the body is larger than anything that a form or a query needs
"""

from __future__ import annotations

from madang_server.services.errors import Sentence


class RefusedError(Exception):
    """Root. `status` and `code` are what the caller gets beside the sentence."""

    status = 403
    code = "FORBIDDEN"
    sentence = Sentence("요청을 처리할 수 없습니다.", "This request is refused.")

    def __init__(self) -> None:
        super().__init__(self.sentence.en)


class TokenRefusedError(RefusedError):
    status = 401
    code = "UNAUTHENTICATED"
    sentence = Sentence(
        "API 토큰이 없거나 만료되었습니다. 새 토큰을 발급받아 주세요.",
        "The API token is unknown or has expired. Ask an administrator for a new one (`madang user token`).",
    )


class CrossSiteError(RefusedError):
    code = "CROSS_SITE"
    sentence = Sentence(
        "다른 사이트에서 보낸 요청은 받지 않습니다. 이 사이트에서 다시 시도해 주세요.",
        "Requests from another site are not taken. Try again from this site.",
    )


class StaleFormError(RefusedError):
    code = "STALE_FORM"
    sentence = Sentence(
        "양식이 오래되었습니다. 페이지를 새로 연 뒤 다시 보내 주세요.",
        "This form is out of date. Reload the page and send it again.",
    )


class ContentTypeError(RefusedError):
    status = 415
    code = "UNSUPPORTED_MEDIA_TYPE"
    sentence = Sentence(
        "application/json 형식으로 보내 주세요.", "Send the request with the content type application/json."
    )


class BodyTooLargeError(RefusedError):
    status = 413
    code = "BODY_TOO_LARGE"
    sentence = Sentence(
        "보낸 내용이 너무 큽니다. 내용을 줄여 다시 보내 주세요.",
        "This is too much at once. Shorten it and send it again.",
    )
