"""The secret part of the addresses of a person's feeds, as the read model shows it to that person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from madang_server.security.signing import Signer

PURPOSE = "feeds"


def feed_token(signer: Signer) -> Callable[[Any, dict[str, Any]], str]:
    """Return the function of [person's id, number that holds] that the declarations name."""

    def token(value: Any, _arguments: dict[str, Any]) -> str:
        person_id, version = value
        return signer.sign(PURPOSE, person_id, version)

    return token
