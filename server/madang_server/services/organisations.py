"""Organisations: edit a profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from madang_graph.client import Graph, Transaction
from madang_graph.model.organisations import ORGANISATION_KINDS, STAGES, VISIBILITIES
from madang_graph.viewer import Viewer
from madang_graph.writes import organisations, places, provenance, vocabularies
from madang_graph.writes.organisations import Profile

from madang_server.services import fields, sentences
from madang_server.services.deeds import Deed, Outcome, perform
from madang_server.services.errors import StaleVersionError
from madang_server.services.fields import KEEP, Checked, Keep
from madang_server.services.permissions import ensure_can_write, find_editable

# A day that has begun somewhere is not in the future.
_EASTERNMOST = timedelta(hours=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChange:
    """What a person wants a profile to be. KEEP leaves a field as it is, None clears it."""

    id: str
    version: int
    """The version that the form was filled on."""
    kind: str | Keep | None = KEEP
    name_ko: str | Keep | None = KEEP
    name_en: str | Keep | None = KEEP
    summary_ko: str | Keep | None = KEEP
    summary_en: str | Keep | None = KEEP
    founded_on: str | Keep | None = KEEP
    """ISO date."""
    employees: int | Keep | None = KEEP
    revenue_won: int | Keep | None = KEEP
    industry_id: str | Keep | None = KEEP
    district_id: str | Keep | None = KEEP
    """The gu of the head office."""
    stage: str | Keep | None = KEEP
    trl: int | Keep | None = KEEP
    homepage: str | Keep | None = KEEP
    visibility: str | Keep | None = KEEP
    certificates: Sequence[str] | Keep | None = KEEP
    technology_ids: Sequence[str] | Keep | None = KEEP
    profiling: bool | Keep | None = KEEP


async def edit(
    graph: Graph, viewer: Viewer, change: OrganisationChange, *, now: datetime, idempotency_key: str | None = None
) -> str:
    """Change a profile and have its suggestions computed anew. Returns the organisation's id.

    Raises:  ValidationError, NotPermittedError, NotFoundError, StaleVersionError, KeyReusedError.
    """
    ensure_can_write(viewer)
    checked = Checked()
    wanted = _properties(checked, change, now)
    technology_ids = None if isinstance(change.technology_ids, Keep) else _technologies(checked, change.technology_ids)
    checked.done()

    async def work(transaction: Transaction) -> Outcome:
        profile = await find_editable(transaction, viewer, change.id, "id")
        if profile.version != change.version:
            raise StaleVersionError(profile.version)
        await _ensure_choices(transaction, profile, wanted, change, technology_ids)
        changed = {name: value for name, value in wanted.items() if value != profile.values.get(name)}
        ties = await _change_ties(transaction, profile, change, technology_ids)
        await _change_properties(transaction, profile, changed, ties, now)
        names = [*changed, *ties]
        return Outcome(profile.id, profile.id, names, refresh=(profile.id,), changed=bool(names))

    return await perform(graph, Deed(viewer, "organisations.edit", asdict(change), now, idempotency_key), work)


async def _change_properties(
    transaction: Transaction, profile: Profile, changed: Mapping[str, object], ties: Sequence[str], now: datetime
) -> None:
    if not changed and not ties:
        return
    await organisations.change(transaction, profile.id, changed, now)
    await provenance.note_changes(transaction, profile.id, [*changed, *ties])
    stated = {*changed, *ties} - {"visibility", "profiling"}
    if stated:
        await provenance.state_by_itself(transaction, profile.id, sorted(stated), now)


async def _change_ties(
    transaction: Transaction, profile: Profile, change: OrganisationChange, technology_ids: Sequence[str] | None
) -> list[str]:
    """Change industry, gu and technologies where they differ. Returns the names of what was changed."""
    names: list[str] = []
    if not isinstance(change.industry_id, Keep) and change.industry_id != profile.industry_id:
        await organisations.set_industry(transaction, profile.id, change.industry_id)
        names.append("industry_code")
    if not isinstance(change.district_id, Keep) and change.district_id != profile.gu_id:
        await places.set_gu(transaction, profile.id, change.district_id)
        names.append("location")
    if technology_ids is not None and set(technology_ids) != set(profile.technology_ids):
        await organisations.set_technologies(transaction, profile.id, technology_ids)
        names.append("technologies")
    return names


async def _ensure_choices(
    transaction: Transaction,
    profile: Profile,
    wanted: Mapping[str, object],
    change: OrganisationChange,
    technology_ids: Sequence[str] | None,
) -> None:
    """Check what needs the graph: ids that exist, and that one name is left."""
    checked = Checked()
    if not any(wanted.get(name, profile.values.get(name)) for name in ("name_ko", "name_en")):
        checked.refuse("nameKo", sentences.one_name_needed())
    if await vocabularies.unknown_technologies(transaction, technology_ids or ()):
        checked.refuse("technologyIds", sentences.unknown_choice())
    industry_id = None if isinstance(change.industry_id, Keep) else change.industry_id
    if industry_id is not None and not await vocabularies.industry_exists(transaction, industry_id):
        checked.refuse("industryId", sentences.unknown_choice())
    district_id = None if isinstance(change.district_id, Keep) else change.district_id
    if district_id is not None and not await vocabularies.is_gu(transaction, district_id):
        checked.refuse("districtId", sentences.choose_gu())
    checked.done()


def _technologies(checked: Checked, technology_ids: Sequence[str] | None) -> tuple[str, ...]:
    return checked.ids("technologyIds", technology_ids)


def _properties(checked: Checked, change: OrganisationChange, now: datetime) -> dict[str, object]:
    """Return the properties to set, checked and cleaned; those left out are absent."""
    wanted: dict[str, object] = {}
    _put_texts(checked, change, wanted)
    _put_words(checked, change, wanted)
    if not isinstance(change.founded_on, Keep):
        wanted["founded_on"] = checked.past_date("foundedOn", change.founded_on, (now + _EASTERNMOST).date())
    for name, field, value, least, most in (
        ("employees", "employees", change.employees, 0, fields.EMPLOYEES_MOST),
        ("revenue_won", "revenueWon", change.revenue_won, 0, fields.WON_MOST),
        ("trl", "trl", change.trl, 1, 9),
    ):
        if not isinstance(value, Keep):
            wanted[name] = checked.number(field, value, least, most)
    if not isinstance(change.certificates, Keep):
        wanted["certificates"] = checked.certificates("certificates", change.certificates)
    if not isinstance(change.profiling, Keep):
        wanted["profiling"] = change.profiling is not False
    for field, value in (("industryId", change.industry_id), ("districtId", change.district_id)):
        if isinstance(value, str) and not fields.is_id(value):
            checked.refuse(field, sentences.unknown_choice())
    return wanted


def _put_texts(checked: Checked, change: OrganisationChange, wanted: dict[str, object]) -> None:
    for name, field, value, most in (
        ("name_ko", "nameKo", change.name_ko, fields.NAME_MOST),
        ("name_en", "nameEn", change.name_en, fields.NAME_MOST),
        ("summary_ko", "summaryKo", change.summary_ko, fields.SUMMARY_MOST),
        ("summary_en", "summaryEn", change.summary_en, fields.SUMMARY_MOST),
    ):
        if not isinstance(value, Keep):
            wanted[name] = checked.text(field, value, most=most, lines=name.startswith("summary"))
    if not isinstance(change.homepage, Keep):
        wanted["homepage"] = checked.homepage("homepage", change.homepage)


def _put_words(checked: Checked, change: OrganisationChange, wanted: dict[str, object]) -> None:
    for name, value, words, needed in (
        ("kind", change.kind, ORGANISATION_KINDS, True),
        ("stage", change.stage, STAGES, False),
        ("visibility", change.visibility, VISIBILITIES, True),
    ):
        if isinstance(value, Keep):
            continue
        if value is None and needed:
            checked.refuse(name, sentences.must_be_given())
        else:
            wanted[name] = checked.word(name, value, words)
