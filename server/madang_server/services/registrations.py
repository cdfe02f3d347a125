"""Registrations: what a person fills in to make an account, and its check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from madang_graph.model.organisations import ORGANISATION_KINDS
from madang_graph.viewer import Language, Viewer
from madang_graph.writes.organisations import NewOrganisation

from madang_server.services import fields, sentences
from madang_server.services.fields import Checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A person and the organisation that the person acts for. At least one of its names is given."""

    name: str
    email: str = field(repr=False)
    password: str = field(repr=False)
    language: str | None = None
    organisation_kind: str
    organisation_name_ko: str | None = None
    organisation_name_en: str | None = None
    district_id: str | None = None
    """The gu of the head office."""

    def without_password(self) -> Mapping[str, object]:
        """Return what is compared when the same key comes again. Even the checksum of a password is not kept."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "password"}


@dataclass(frozen=True, slots=True)
class CleanRegistration:
    """A registration whose fields were checked."""

    name: str
    email: str = field(repr=False)
    password: str = field(repr=False)
    language: Language
    organisation: NewOrganisation
    gu_id: str | None


def checked_registration(registration: Registration, viewer: Viewer) -> CleanRegistration:
    """Return the fields as they are stored. Raises ValidationError with every problem."""
    checked = Checked()
    name = checked.text("name", registration.name, least=1, most=fields.NAME_MOST)
    email = checked.email("email", registration.email)
    password = checked.password("password", registration.password)
    language = checked.word("language", registration.language, ("ko", "en")) or viewer.language
    kind = checked.word("organisationKind", registration.organisation_kind, ORGANISATION_KINDS)
    name_ko = checked.text("organisationNameKo", registration.organisation_name_ko, most=fields.NAME_MOST)
    name_en = checked.text("organisationNameEn", registration.organisation_name_en, most=fields.NAME_MOST)
    if not checked.problems and not (name_ko or name_en):
        checked.refuse("organisationNameKo", sentences.one_name_needed())
    gu_id = registration.district_id or None
    if gu_id is not None and not fields.is_id(gu_id):
        checked.refuse("districtId", sentences.choose_gu())
    checked.done()
    organisation = NewOrganisation(kind or "", name_ko, name_en)
    return CleanRegistration(
        name or "", email or "", password or "", "en" if language == "en" else "ko", organisation, gu_id
    )
