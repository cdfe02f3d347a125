"""A mail server, by SMTP."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr

import aiosmtplib
from madang_graph.writes.mails import Waiting

from madang_server.mail.ports import MailRefusedError
from madang_server.settings import Settings

_TIMEOUT_S = 15.0
"""Within the time that a job may run."""


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """The server that the settings name. A connection for each letter: digests are few and spread out."""

    settings: Settings

    async def hand_over(self, waiting: Waiting) -> None:
        settings = self.settings
        try:
            await aiosmtplib.send(
                message_of(waiting, settings.smtp_from),
                hostname=settings.smtp_host,
                port=settings.smtp_port,
                username=settings.smtp_username or None,
                password=settings.smtp_password.get_secret_value() or None,
                use_tls=settings.smtp_security == "tls",
                start_tls=settings.smtp_security == "starttls",
                timeout=_TIMEOUT_S,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            # The text of the error may hold the address.
            raise MailRefusedError(type(error).__name__) from None


def message_of(waiting: Waiting, sender: str) -> EmailMessage:
    """Return the letter as RFC 5322 has it: text and HTML, and an id that stays the same when it is sent again, by
    which mailboxes tell a second copy."""
    letter = waiting.letter
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = waiting.address
    message["Subject"] = letter.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{letter.id}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    for name, value in letter.headers.items():
        message[name] = value
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


def mailer_of(settings: Settings) -> SmtpMailer | None:
    """Return the mailer; None where no mail server is set, and letters stay in the local outbox."""
    return SmtpMailer(settings) if settings.smtp_host else None
