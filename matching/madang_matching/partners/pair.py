"""One organisation beside all others: what partner features look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from madang_matching.profiles.arrays import Profiles
from madang_matching.records import Organisation
from madang_matching.sparse import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The organisation for which partners are sought; candidates are all rows of the profiles."""

    profiles: Profiles
    row: int
    memo: dict[str, Floats] = field(default_factory=dict[str, Floats])
    """What features computed for all candidates and need again for the sentences."""

    @property
    def organisation(self) -> Organisation:
        return self.profiles.organisations[self.row]

    def once(self, name: str, make: Callable[[Side], Floats]) -> Floats:
        """Return `make(self)`, computed at the first call only."""
        if name not in self.memo:
            self.memo[name] = make(self)
        return self.memo[name]


def organisation_names(organisation: Organisation) -> tuple[str, str]:
    """Return the Korean and English name, each standing in for the other, else the id."""
    ko, en = organisation.name_ko.strip(), organisation.name_en.strip()
    return ko or en or organisation.id, en or ko or organisation.id


def technology_names(profiles: Profiles, column: int) -> tuple[str, str]:
    """Return the Korean and English name of a technology, each standing in for the other, else the id."""
    technology = profiles.technologies[column]
    ko, en = technology.name_ko.strip(), technology.name_en.strip()
    return ko or en or technology.id, en or ko or technology.id
