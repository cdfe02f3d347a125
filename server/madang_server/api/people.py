"""People: the mutations that register, sign in and sign out."""

from __future__ import annotations

from dataclasses import dataclass, field

from madang_graph.viewer import ANONYMOUS
from madang_graph.writes.sessions import viewer_of_session
from madang_server.api.context import RequestContext
from madang_server.api.names import Language, OrganisationKind
from madang_server.api.verbs import Success, Verb, given, key, said, word
from madang_server.security.cookies import no_session_cookie, session_cookie
from madang_server.services import people
from madang_server.services.people import SignedIn
from madang_server.services.registrations import Registration
from strawberry import ID, UNSET


@dataclass(kw_only=True)
class RegisterInput:
    """A person and the organisation that the person acts for."""

    name: str = said("Name of the person, at most 200 characters.")
    email: str = said("E-mail address, to sign in with.")
    password: str = field(repr=False, metadata={"description": "10 to 128 characters."})
    language: Language | None = said("Preferred language; without it, that of the request.", UNSET)
    organisation_kind: OrganisationKind = said("What the organisation is.")
    organisation_name_ko: str | None = said("Its name in Korean, at most 200 characters.", UNSET)
    organisation_name_en: str | None = said("Its name in English. One of the names is needed.", UNSET)
    district_id: ID | None = said("The gu of its head office.", UNSET)
    idempotency_key: str | None = key()


@dataclass(kw_only=True)
class SignInInput:
    """E-mail address and password."""

    email: str = said("E-mail address of the account.")
    password: str = field(repr=False, metadata={"description": "Its password."})
    idempotency_key: str | None = said("Taken for uniformity; each sign-in opens a session of its own.", UNSET)


@dataclass(kw_only=True)
class DemoSignInInput:
    """Which demo account to be."""

    person_id: ID = said("The demo account.")
    idempotency_key: str | None = said("Taken for uniformity; each sign-in opens a session of its own.", UNSET)


@dataclass(kw_only=True)
class SignOutInput:
    """Nothing: the session of the request ends."""

    idempotency_key: str | None = said("Taken for uniformity; signing out twice is signing out once.", UNSET)


async def _register(context: RequestContext, asked: RegisterInput) -> str:
    registration = Registration(
        name=asked.name,
        email=asked.email,
        password=asked.password,
        language=word(given(asked.language)),
        organisation_kind=word(asked.organisation_kind),
        organisation_name_ko=given(asked.organisation_name_ko),
        organisation_name_en=given(asked.organisation_name_en),
        district_id=given(asked.district_id),
    )
    signed_in = await people.register(
        context.graph,
        context.viewer,
        registration,
        context.identity,
        address=context.address,
        now=context.now(),
        idempotency_key=asked.idempotency_key,
    )
    return await _entered(context, signed_in)


async def _sign_in(context: RequestContext, asked: SignInInput) -> str:
    signed_in = await people.sign_in(
        context.graph,
        context.viewer,
        asked.email,
        asked.password,
        context.identity,
        address=context.address,
        now=context.now(),
    )
    return await _entered(context, signed_in)


async def _demo_sign_in(context: RequestContext, asked: DemoSignInInput) -> str:
    signed_in = await people.demo_sign_in(
        context.graph, context.viewer, asked.person_id, demo=context.settings.demo, now=context.now()
    )
    return await _entered(context, signed_in)


async def _sign_out(context: RequestContext, _asked: SignOutInput) -> str:
    await people.sign_out(context.graph, context.viewer, now=context.now())
    if context.viewer.session_hash is not None:
        context.cookies.append(no_session_cookie(context.secure))
        context.viewer = ANONYMOUS.with_language(context.viewer.language)
    return ""


async def _entered(context: RequestContext, signed_in: SignedIn) -> str:
    """Give the browser its cookie, and let the rest of this request be the person's."""
    context.cookies.append(session_cookie(signed_in.session_id, context.secure))
    viewer = await viewer_of_session(context.graph, signed_in.session_hash, context.now())
    context.viewer = (viewer or ANONYMOUS).with_language(context.viewer.language)
    return signed_in.person_id


_SIGNED_IN = Success("SignedIn", "viewer", "Viewer", "The person is signed in.")

VERBS = (
    Verb(
        "register",
        "Make an account and its organisation, and sign in.",
        RegisterInput,
        Success("Registered", "viewer", "Viewer", "The account was made and is signed in."),
        _register,
    ),
    Verb(
        "signIn",
        "Sign in. The session's cookie comes with the answer.",
        SignInInput,
        _SIGNED_IN,
        _sign_in,
    ),
    Verb(
        "demoSignIn",
        "Sign in as one of the demo accounts; in demo mode only.",
        DemoSignInInput,
        _SIGNED_IN,
        _demo_sign_in,
    ),
    Verb(
        "signOut",
        "End the session of this browser.",
        SignOutInput,
        Success("SignedOut", "ok", None, "The session has ended."),
        _sign_out,
    ),
)
