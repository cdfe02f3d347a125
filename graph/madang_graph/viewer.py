"""Who looks: the person, what they may act for, and how that reaches the predicates of a statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Language = Literal["ko", "en"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person behind a request. Anonymous when `person_id` is None."""

    person_id: str | None = None
    organisation_ids: tuple[str, ...] = ()
    """Organisations the person acts for, in any role."""
    editable_ids: tuple[str, ...] = ()
    """Of these, the ones the person may change."""
    district_ids: tuple[str, ...] = ()
    """Districts the person manages."""
    admin: bool = False
    language: Language = "ko"
    scopes: frozenset[str] = frozenset({"read", "write"})
    session_hash: str | None = None
    csrf: str | None = None

    @property
    def signed_in(self) -> bool:
        return self.person_id is not None

    def with_language(self, language: Language) -> Viewer:
        return self if language == self.language else replace(self, language=language)

    def parameters(self) -> dict[str, object]:
        """The parameters that policy predicates read, one for each `$viewer_…`."""
        return {
            "viewer_person": self.person_id,
            "viewer_signed_in": self.person_id is not None,
            "viewer_organisations": self.organisation_ids,
            "viewer_districts": self.district_ids,
            "viewer_admin": self.admin,
            "viewer_language": self.language,
        }


ANONYMOUS = Viewer()
