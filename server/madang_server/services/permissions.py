"""Who may do what. Nothing is allowed that does not pass here; hidden and missing look the same."""

from __future__ import annotations

from madang_graph.client import Transaction
from madang_graph.viewer import Viewer
from madang_graph.writes import organisations
from madang_graph.writes.organisations import Profile

from madang_server.services import sentences
from madang_server.services.errors import NotFoundError, NotPermittedError
from madang_server.services.fields import is_id


def ensure_can_write(viewer: Viewer) -> None:
    """Raise NotPermittedError unless the viewer is signed in and, as a machine, has a token that may write."""
    if not viewer.signed_in:
        raise NotPermittedError(sentences.sign_in_first())
    if "write" not in viewer.scopes:
        raise NotPermittedError(sentences.token_may_not_write())


def can_see(viewer: Viewer, profile: Profile) -> bool:
    """Whether the viewer may see the organisation: the same rule as `madang_graph.subjects.policies.ORGANISATION`."""
    if profile.visibility == "public" or (profile.visibility == "members" and viewer.signed_in):
        return True
    return viewer.admin or profile.id in viewer.organisation_ids


async def find_visible(transaction: Transaction, viewer: Viewer, organisation_id: str, field: str) -> Profile:
    """Return the organisation as it is. Raises NotFoundError when it is missing or hidden."""
    profile = await organisations.find(transaction, organisation_id) if is_id(organisation_id) else None
    if profile is None or not can_see(viewer, profile):
        raise NotFoundError(field)
    return profile


async def find_editable(
    transaction: Transaction, viewer: Viewer, organisation_id: str, field: str, *, admins: bool = True
) -> Profile:
    """Return the organisation, locked until the transaction ends.

    Args:    admins: administrators may, too; False for what only the organisation itself can agree to.
    Raises:  NotFoundError: missing or hidden.  NotPermittedError: visible, but not the viewer's to change.
    """
    if is_id(organisation_id):
        await organisations.lock(transaction, organisation_id)
    profile = await find_visible(transaction, viewer, organisation_id, field)
    if organisation_id in viewer.editable_ids or (admins and viewer.admin):
        return profile
    raise NotPermittedError(None if admins else sentences.parties_only())
