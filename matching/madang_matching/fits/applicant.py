"""One organisation beside all calls that are not closed: what fit features look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from madang_matching.eligibility.dates import instant_of
from madang_matching.fits.past import Past
from madang_matching.profiles.arrays import Profiles
from madang_matching.records import Call, Condition, Organisation, Verdict
from madang_matching.sparse import Ints

State: TypeAlias = Literal["upcoming", "open", "closed", "unknown"]


@dataclass(frozen=True, slots=True, eq=False)
class Applicant:
    """The organisation, the rows of the calls it is shown, and what eligibility says of each."""

    profiles: Profiles
    row: int
    call_rows: Ints
    """Shape (c,): candidate i is call call_rows[i]."""
    verdicts: tuple[Verdict, ...]
    conditions: tuple[tuple[Condition, ...], ...]
    past: Past | None = None
    """What the history of programmes says for it; None: there is none."""

    @property
    def organisation(self) -> Organisation:
        return self.profiles.organisations[self.row]

    @property
    def calls(self) -> list[Call]:
        """The calls in the order of the candidates."""
        return [self.profiles.calls[int(row)] for row in self.call_rows]

    def call(self, candidate: int) -> Call:
        """Return the call of a candidate."""
        return self.profiles.calls[int(self.call_rows[candidate])]


def state_of(call: Call, now: datetime) -> State:
    """Return whether one may apply now. Without a closing day only a rolling call is open; unknown is not closed."""
    opens, closes = instant_of(call.opens_at), instant_of(call.closes_at)
    if closes is not None and closes <= now:
        return "closed"
    if opens is not None and opens > now:
        return "upcoming"
    return "open" if closes is not None or call.rolling else "unknown"
