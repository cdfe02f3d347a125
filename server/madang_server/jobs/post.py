"""What jobs need to look at watches, write letters and send them."""

from __future__ import annotations

from dataclasses import dataclass

from madang_server.mail.ports import Mailer
from madang_server.mail.smtp import mailer_of
from madang_server.services.digests import Stationery
from madang_server.services.watching import Lookout
from madang_server.wiring import Services


@dataclass(frozen=True, slots=True)
class Post:
    """Made once per worker."""

    lookout: Lookout
    stationery: Stationery
    mailer: Mailer | None
    """None: no mail server is set, and letters stay in the local outbox."""

    @classmethod
    def of(cls, services: Services) -> Post:
        """Make it of a worker's services."""
        settings = services.settings
        secret = settings.secret_key.get_secret_value()
        stationery = Stationery.made(secret, settings.origin, services.clock, settings.timezone)
        return cls(Lookout.over(services.graph), stationery, mailer_of(settings))
