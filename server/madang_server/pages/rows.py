"""The rows of the two tables: which address shows which page, which form sends which mutation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PageRow:
    """An address and the page it shows."""

    path: str
    """Address without language, as in `/calls/{id}`; a path value goes into the variable of the same name."""
    page: str
    """Name of the page, as in `calls/show`."""
    login: bool = False
    """True: who is not signed in is sent to the sign-in page first."""
    admin: bool = False
    """True: for administrators; to others it looks missing."""
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    """Query value → place in the variables, as in `kind` → `where.kind.in`; read by the GraphQL type of that place.

    Several places stand with a space between them: counts beside a filter need the other filters without it.
    """
    fixed: Mapping[str, object] = field(default_factory=dict[str, object])
    """Variables that are always sent, unless a value of the address takes their place."""
    moments: Mapping[str, int] = field(default_factory=dict[str, int])
    """Place in the variables → days from now, sent as an instant of the full minute."""
    given: Mapping[str, str] = field(default_factory=dict[str, str])
    """Boolean variable → query value: true when the address carries that value."""
    root: str = ""
    """Place in the answer that must be there, as in `call`; when it is null the page is a 404. Of several places with a
    space between them, one must be."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """An address that takes a form, and the mutation that the form fills."""

    path: str
    """Address without language that the form is posted to."""
    mutation: str
    """Name of the document, as in `needs/post`."""
    page: str
    """Page shown again, with what was typed, when the form is refused."""
    then: str
    """Address to go to on success; the hidden field `next` goes before it. `{id}` is that of what the mutation made."""
    done: str = ""
    """Word of the notice that the next page shows, as in `need-posted`."""
    login: bool = True
    """True: only for people who are signed in."""
    stays: bool = False
    """True: nothing was stored; the page is shown again with what was typed and with the mutation's answer."""
    gathers: str = ""
    """List of the input that takes every field whose name begins with this and a dot, as {name, value}."""
