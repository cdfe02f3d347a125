"""Registering, signing in and out: sessions, secrets, limits, and what strangers can learn."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from argon2 import PasswordHasher
from madang_graph.client import Graph
from madang_graph.viewer import ANONYMOUS
from madang_graph.writes.sessions import viewer_of_session
from madang_server.security.attempts import (
    CHECK_BY_ADDRESS,
    LIMITS,
    REGISTER_BY_ADDRESS,
    SIGN_IN_BY_ADDRESS,
    SIGN_IN_BY_EMAIL,
    Attempts,
    Limit,
)
from madang_server.security.identity import Identity
from madang_server.security.passwords import Passwords
from madang_server.services import people
from madang_server.services.errors import (
    EmailTakenError,
    KeyReusedError,
    LimitReachedError,
    NotFoundError,
    NotPermittedError,
    SignInFailedError,
    ValidationError,
)
from madang_server.services.people import SignedIn
from madang_server.services.registrations import Registration

from tests.server.builders import (
    NOBODY,
    NOW,
    OWNER,
    Clock,
    audit_of,
    everything,
    jobs_of,
    make_identity,
    make_yard,
    values_of,
)

PASSWORD = "correct horse 마당"
ADDRESS = "192.0.2.7"


def make_registration(**overrides: Any) -> Registration:
    fields: dict[str, Any] = {
        "name": "김하나",
        "email": "Hana@Example.KR",
        "password": PASSWORD,
        "organisation_kind": "startup",
        "organisation_name_ko": "하나랩",
    }
    return Registration(**(fields | overrides))


async def register(
    graph: Graph, identity: Identity | None = None, key: str | None = None, **overrides: Any
) -> SignedIn:
    return await people.register(
        graph,
        NOBODY,
        make_registration(**overrides),
        identity or make_identity(),
        address=ADDRESS,
        now=NOW,
        idempotency_key=key,
    )


async def sign_in(graph: Graph, password: str = PASSWORD, **overrides: Any) -> SignedIn:
    given: dict[str, Any] = {"viewer": NOBODY, "email": "hana@example.kr", "identity": make_identity()} | overrides
    return await people.sign_in(
        graph, given["viewer"], given["email"], password, given["identity"], address=ADDRESS, now=NOW
    )


async def test_registering_makes_person_organisation_and_session(graph: Graph) -> None:
    await make_yard(graph)
    signed_in = await register(graph, district_id="dst_gangnam")
    viewer = await viewer_of_session(graph, signed_in.session_hash, NOW)
    assert viewer is not None
    assert viewer.person_id == signed_in.person_id
    (organisation_id,) = viewer.editable_ids
    assert not viewer.admin
    person = await values_of(graph, signed_in.person_id)
    assert person["email"] == "hana@example.kr"
    assert person["password_hash"].startswith("$argon2id$")
    organisation = await values_of(graph, organisation_id)
    assert (organisation["name_ko"], organisation["kind"], organisation["version"]) == ("하나랩", "startup", 1)
    assert organisation["search_text"] == "하나랩"
    assert organisation["synthetic"] is False
    assert "name_en" not in organisation, "An empty name would be shown instead of the other one."
    rows = await graph.read(
        "MATCH (:Organisation {id: $id})-[r]->(d:District) RETURN type(r), d.id", {"id": organisation_id}
    )
    assert {tuple(row) for row in rows} == {
        ("LOCATED_IN", "dst_gangnam"),
        ("MEMBER_OF", "dst_gangnam"),
        ("MEMBER_OF", "dst_seoul"),
    }
    assert await audit_of(graph) == [
        (signed_in.person_id, "people.register", organisation_id, ("organisation", "person"))
    ]
    assert await jobs_of(graph) == [("suggestions.refresh", {"organisation_id": organisation_id})]


async def test_no_secret_is_stored_or_shown(graph: Graph) -> None:
    signed_in = await register(graph, key="k1")
    stored = repr(await everything(graph))
    assert PASSWORD not in stored
    assert signed_in.session_id not in stored
    shown = repr([signed_in, make_registration(), make_identity()])
    assert PASSWORD not in shown
    assert signed_in.session_id not in shown
    assert "example" not in shown.lower()


async def test_a_taken_address_is_a_conflict_and_leaves_nothing(graph: Graph) -> None:
    await register(graph)
    before = await everything(graph)
    with pytest.raises(EmailTakenError):
        await register(graph, email="hana@EXAMPLE.kr", organisation_name_ko="다른랩")
    assert await everything(graph) == before


async def test_two_at_once_with_one_address_make_one_account(graph: Graph) -> None:
    results = await asyncio.gather(*(register(graph) for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(result, SignedIn) for result in results) == 1
    assert sum(isinstance(result, EmailTakenError) for result in results) == 3
    assert await graph.read("MATCH (p:Person) RETURN count(p)") == [[1]]
    assert await graph.read("MATCH (o:Organisation) RETURN count(o)") == [[1]]


async def test_the_same_registration_again_signs_in_and_makes_nothing(graph: Graph) -> None:
    first = await register(graph, key="k1")
    second = await register(graph, key="k1")
    assert second.person_id == first.person_id
    assert second.session_id != first.session_id
    assert await graph.read("MATCH (o:Organisation) RETURN count(o)") == [[1]]


async def test_the_key_of_a_registration_opens_nothing_without_its_password(graph: Graph) -> None:
    await register(graph, key="k1")
    with pytest.raises(KeyReusedError):
        await register(graph, key="k1", password="another password")
    assert await graph.read("MATCH (s:Session) RETURN count(s)") == [[1]]


async def test_who_is_signed_in_cannot_register(graph: Graph) -> None:
    with pytest.raises(NotPermittedError):
        await people.register(graph, OWNER, make_registration(), make_identity(), address=ADDRESS, now=NOW)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"name": " "}, "name"),
        ({"name": "a" * 201}, "name"),
        ({"email": "nobody"}, "email"),
        ({"email": "a b@c.kr"}, "email"),
        ({"email": "a@b@c.kr"}, "email"),
        ({"email": "a" * 300 + "@c.kr"}, "email"),
        ({"email": ("a" * 50 + ".") * 20_000 + "@c"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "a" * 129}, "password"),
        ({"password": "a" * 1_000_000}, "password"),
        ({"password": "long enough\x00"}, "password"),
        ({"organisation_kind": "dragon"}, "organisationKind"),
        ({"organisation_name_ko": None}, "organisationNameKo"),
        ({"organisation_name_en": "a" * 201}, "organisationNameEn"),
        ({"district_id": "dst_none"}, "districtId"),
        ({"language": "jp"}, "language"),
    ],
)
async def test_a_registration_that_cannot_be_taken_leaves_nothing(
    graph: Graph, fields: dict[str, Any], place: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        await register(graph, **fields)
    assert [problem.field for problem in caught.value.problems] == [place]
    assert await everything(graph) == []


async def test_signing_in_opens_a_session_of_thirty_days(graph: Graph) -> None:
    await register(graph)
    signed_in = await sign_in(graph)
    clock = Clock()
    clock.wait(days=29, hours=23)
    assert await viewer_of_session(graph, signed_in.session_hash, clock.now) is not None
    clock.wait(hours=2)
    assert await viewer_of_session(graph, signed_in.session_hash, clock.now) is None


async def test_signing_in_ends_the_browsers_former_session(graph: Graph) -> None:
    former = await register(graph)
    viewer = await viewer_of_session(graph, former.session_hash, NOW)
    fresh = await sign_in(graph, viewer=viewer)
    assert await viewer_of_session(graph, former.session_hash, NOW) is None
    assert await viewer_of_session(graph, fresh.session_hash, NOW) is not None


async def test_signing_in_as_another_ends_the_former_session_too(graph: Graph) -> None:
    first = await register(graph)
    await register(graph, email="other@example.kr", organisation_name_ko="둘째")
    viewer = await viewer_of_session(graph, first.session_hash, NOW)
    await sign_in(graph, viewer=viewer, email="other@example.kr")
    assert await viewer_of_session(graph, first.session_hash, NOW) is None


async def test_another_browser_stays_signed_in(graph: Graph) -> None:
    first = await register(graph)
    await sign_in(graph)
    assert await viewer_of_session(graph, first.session_hash, NOW) is not None


async def test_expired_sessions_are_cleared_at_the_next_sign_in(graph: Graph) -> None:
    await register(graph)
    clock = Clock()
    clock.wait(days=31)
    await people.sign_in(graph, NOBODY, "hana@example.kr", PASSWORD, make_identity(), address=ADDRESS, now=clock.now)
    assert await graph.read("MATCH (s:Session) RETURN count(s)") == [[1]]


async def test_signing_out_ends_the_session_at_once(graph: Graph) -> None:
    signed_in = await register(graph)
    viewer = await viewer_of_session(graph, signed_in.session_hash, NOW)
    assert viewer is not None
    await people.sign_out(graph, viewer, now=NOW)
    assert await viewer_of_session(graph, signed_in.session_hash, NOW) is None
    await people.sign_out(graph, viewer, now=NOW)
    await people.sign_out(graph, ANONYMOUS, now=NOW)


async def test_a_password_typed_on_another_keyboard_is_the_same(graph: Graph) -> None:
    await register(graph)
    decomposed = PASSWORD.replace("마당", "\u1106\u1161\u1103\u1161\u11bc")
    assert decomposed != PASSWORD
    await sign_in(graph, decomposed)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("hana@example.kr", "wrong password"),
        ("nobody@example.kr", PASSWORD),
        ("not an address", PASSWORD),
        ("hana@example.kr", ""),
        ("hana@example.kr", "a" * 1_000_000),
        ("hana@example.kr", "\ud800" * 20),
        ("a" * 1_000_000, PASSWORD),
    ],
)
async def test_a_failed_sign_in_never_says_which_half_was_wrong(graph: Graph, email: str, password: str) -> None:
    await register(graph)
    with pytest.raises(SignInFailedError) as caught:
        await sign_in(graph, password, email=email)
    assert str(caught.value) == str(SignInFailedError())
    assert await graph.read("MATCH (s:Session) RETURN count(s)") == [[1]]


class CountingPasswords(Passwords):
    """Counts how often the slow work is done."""

    def __init__(self) -> None:
        super().__init__(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        self.verified = 0
        self.hashed = 0

    async def verify(self, password: str, password_hash: str | None) -> bool:
        self.verified += 1
        return await super().verify(password, password_hash)

    async def hash(self, password: str) -> str:
        self.hashed += 1
        return await super().hash(password)


async def test_an_unknown_address_costs_as_much_as_a_known_one(graph: Graph) -> None:
    await register(graph)
    passwords = CountingPasswords()
    for email in ("hana@example.kr", "nobody@example.kr"):
        with pytest.raises(SignInFailedError):
            await sign_in(graph, "wrong password", email=email, identity=make_identity(passwords=passwords))
    assert passwords.verified == 2


async def test_a_taken_address_costs_as_much_as_a_free_one(graph: Graph) -> None:
    passwords = CountingPasswords()
    await register(graph, make_identity(passwords=passwords))
    with pytest.raises(EmailTakenError):
        await register(graph, make_identity(passwords=passwords))
    assert passwords.hashed == 2


async def test_an_old_hash_is_replaced_at_sign_in(graph: Graph) -> None:
    signed_in = await register(graph)
    before = (await values_of(graph, signed_in.person_id))["password_hash"]
    stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=128, parallelism=1))
    await sign_in(graph, identity=make_identity(passwords=stronger))
    after = (await values_of(graph, signed_in.person_id))["password_hash"]
    assert (re.findall(r"t=\d", before), re.findall(r"t=\d", after)) == (["t=1"], ["t=2"])
    await sign_in(graph, identity=make_identity(passwords=stronger))


def few(**limits: int) -> Attempts:
    changed = {kind.replace("_by_", "."): Limit(most, 900) for kind, most in limits.items()}
    return Attempts(None, Clock(), {**LIMITS, **changed})


async def test_guessing_one_address_is_stopped_even_with_the_right_password(graph: Graph) -> None:
    await register(graph)
    identity = make_identity(attempts=few(sign_in_by_email=3))
    for _ in range(3):
        with pytest.raises(SignInFailedError):
            await sign_in(graph, "wrong password", identity=identity)
    with pytest.raises(LimitReachedError):
        await sign_in(graph, identity=identity)


async def test_a_success_frees_the_address_again(graph: Graph) -> None:
    await register(graph)
    identity = make_identity(attempts=few(sign_in_by_email=3))
    for _ in range(3):
        with pytest.raises(SignInFailedError):
            await sign_in(graph, "wrong password", identity=identity)
        await sign_in(graph, identity=identity)


async def test_one_caller_cannot_try_many_addresses(graph: Graph) -> None:
    identity = make_identity(attempts=few(sign_in_by_address=5))
    for number in range(5):
        with pytest.raises(SignInFailedError):
            await sign_in(graph, email=f"person{number}@example.kr", identity=identity)
    with pytest.raises(LimitReachedError):
        await sign_in(graph, email="person9@example.kr", identity=identity)


async def test_one_caller_cannot_register_without_end(graph: Graph) -> None:
    identity = make_identity(attempts=few(register_by_address=1))
    await register(graph, identity)
    with pytest.raises(LimitReachedError):
        await register(graph, identity, email="second@example.kr")


async def test_demo_accounts_open_in_demo_mode_only(graph: Graph) -> None:
    await graph.write("CREATE (:Person {id: 'per_demo', name: 'Demo', email: 'd@x.kr', demo: true})")
    with pytest.raises(NotPermittedError):
        await people.demo_sign_in(graph, NOBODY, "per_demo", demo=False, now=NOW)
    signed_in = await people.demo_sign_in(graph, NOBODY, "per_demo", demo=True, now=NOW)
    assert await viewer_of_session(graph, signed_in.session_hash, NOW) is not None


@pytest.mark.parametrize("person_id", ["per_real", "per_none", "", "x" * 1_000_000, "per_a'}) //"])
async def test_demo_mode_opens_no_other_account(graph: Graph, person_id: str) -> None:
    await graph.write("CREATE (:Person {id: 'per_real', name: 'Real', email: 'r@x.kr', demo: false})")
    with pytest.raises(NotFoundError):
        await people.demo_sign_in(graph, NOBODY, person_id, demo=True, now=NOW)


async def test_a_demo_account_has_no_password_to_guess(graph: Graph) -> None:
    await graph.write("CREATE (:Person {id: 'per_demo', name: 'Demo', email: 'hana@example.kr', demo: true})")
    for password in (PASSWORD, "", "None"):
        with pytest.raises(SignInFailedError):
            await sign_in(graph, password)


def test_every_kind_of_try_has_a_limit() -> None:
    assert set(LIMITS) == {SIGN_IN_BY_ADDRESS, SIGN_IN_BY_EMAIL, REGISTER_BY_ADDRESS, CHECK_BY_ADDRESS}
