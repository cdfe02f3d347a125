"""Organisations: the mutation that edits a profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from madang_server.api.context import RequestContext
from madang_server.api.names import Date, OrganisationKind, Stage, Visibility, Won
from madang_server.api.verbs import Success, Verb, kept, key, said, word
from madang_server.services import organisations
from madang_server.services.organisations import OrganisationChange
from strawberry import ID, UNSET


@dataclass(kw_only=True)
class EditOrganisationInput:
    """Changes of a profile. What is left out stays as it is; null clears it."""

    id: ID = said("The organisation.")
    version: int = said("The `version` that was read; when someone has saved meanwhile, the answer is a conflict.")
    kind: OrganisationKind | None = said("What it is.", UNSET)
    name_ko: str | None = said("Name in Korean, at most 200 characters.", UNSET)
    name_en: str | None = said("Name in English, at most 200 characters. One of the names is needed.", UNSET)
    summary_ko: str | None = said("What it does, in Korean, at most 2,000 characters.", UNSET)
    summary_en: str | None = said("What it does, in English, at most 2,000 characters.", UNSET)
    founded_on: Date | None = said("Day of registration, not in the future.", UNSET)
    employees: int | None = said("People employed, 0 to 1,000,000.", UNSET)
    revenue_won: Won | None = said("Revenue of the last closed year.", UNSET)
    industry_id: ID | None = said("Its main industry.", UNSET)
    district_id: ID | None = said("The gu of its head office.", UNSET)
    stage: Stage | None = said("Stage of the firm.", UNSET)
    trl: int | None = said("Technology readiness level of its main product, 1 to 9.", UNSET)
    homepage: str | None = said("Address of its site, http or https.", UNSET)
    visibility: Visibility | None = said("Who may see it.", UNSET)
    certificates: list[str] | None = said("Certificates held, as in `venture`; at most 30.", UNSET)
    technology_ids: list[ID] | None = said("Technologies it works with; at most 30.", UNSET)
    profiling: bool | None = said("False: only rules are applied to it, no profiles.", UNSET)
    idempotency_key: str | None = key()


_WORDS = ("kind", "stage", "visibility")
_AS_GIVEN = (
    "name_ko",
    "name_en",
    "summary_ko",
    "summary_en",
    "founded_on",
    "employees",
    "revenue_won",
    "industry_id",
    "district_id",
    "trl",
    "homepage",
    "certificates",
    "technology_ids",
    "profiling",
)


async def _edit(context: RequestContext, asked: EditOrganisationInput) -> str:
    fields: dict[str, Any] = {name: kept(getattr(asked, name)) for name in _AS_GIVEN}
    fields |= {name: word(getattr(asked, name)) for name in _WORDS}
    change = OrganisationChange(id=asked.id, version=asked.version, **fields)
    return await organisations.edit(
        context.graph, context.viewer, change, now=context.now(), idempotency_key=asked.idempotency_key
    )


VERBS = (
    Verb(
        "editOrganisation",
        "Change a profile. Suggestions are computed anew within a second.",
        EditOrganisationInput,
        Success("OrganisationEdited", "organisation", "Organisation", "The profile was saved."),
        _edit,
    ),
)
