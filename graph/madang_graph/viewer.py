"""Who looks: the person, what they may act for, and how that reaches the predicates of a statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Language = Literal["ko", "en"]

# What an organisation may say of its visibility for one who does not act for it to see it.
_EVERYBODY = ("public",)
_MEMBERS = ("public", "members")


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
        """The parameters that policy predicates read, one for each `$viewer_…`.

        Neo4j plans a statement anew for each combination of parameter types, and null, an empty list and a list of
        texts are three types. So nobody is the empty text, and a list always holds one: no node has an empty id.
        """
        return {
            "viewer_person": self.person_id or "",
            "viewer_signed_in": self.signed_in,
            "viewer_visibilities": _MEMBERS if self.signed_in else _EVERYBODY,
            "viewer_organisations": self.organisation_ids or ("",),
            "viewer_districts": self.district_ids or ("",),
            "viewer_manages": bool(self.district_ids),
            "viewer_admin": self.admin,
            "viewer_language": self.language,
        }


ANONYMOUS = Viewer()
