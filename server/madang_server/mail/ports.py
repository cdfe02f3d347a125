"""What hands letters over, whatever stands behind it."""

from __future__ import annotations

from typing import Protocol

from madang_graph.writes.mails import Waiting


class MailRefusedError(Exception):
    """The mail server could not be reached, or would not take the letter; it is tried again later."""


class Mailer(Protocol):
    """Hands letters to a mail server."""

    async def hand_over(self, waiting: Waiting) -> None:
        """Give the letter away; when it returns, the server has taken it. Raises: MailRefusedError."""
        ...
