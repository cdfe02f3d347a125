"""What a template is told besides the answer: the address, the forms' state, the notices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a form: at a field, or at the whole form when `field` is empty."""

    field: str
    message: str = ""
    """A sentence in the request's language, as the API gave it."""
    word: str = ""
    """Or a word of the frontend's list of problems."""


@dataclass(frozen=True, slots=True)
class FormState:
    """A form as it was sent, and what is wrong with it."""

    name: str = ""
    kind: str = ""
    """The member of the result union, as in `ValidationFailed`; empty for a form not sent yet."""
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    problems: tuple[Problem, ...] = ()

    @property
    def sent(self) -> bool:
        return bool(self.kind)

    @property
    def stale(self) -> bool:
        """True when somebody saved the same thing meanwhile. Only then does the form go on from the newer version."""
        return self.kind == "Conflict" and "version" in self.typed

    def text(self, name: str, saved: object = None) -> str:
        """Return what was typed into a field, else the saved value, as text."""
        if self.sent and name in self.typed:
            return self.typed[name][-1] if self.typed[name] else ""
        return "" if saved is None else str(saved)

    def chosen(self, name: str, saved: Sequence[str] = ()) -> Sequence[str]:
        """Return what was chosen in a list of boxes, else the saved choice."""
        return self.typed[name] if self.sent and name in self.typed else saved

    def at(self, name: str) -> list[Problem]:
        """Return the problems of one field."""
        return [problem for problem in self.problems if problem.field == name]

    def differs(self, name: str, saved: object) -> bool:
        """True when the form met a newer version whose value is not the one typed."""
        return (
            self.kind == "Conflict" and name in self.typed and self.text(name) != ("" if saved is None else str(saved))
        )


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The request as a template sees it."""

    path: str
    """Address without language."""
    query: Mapping[str, Sequence[str]]
    csrf: Callable[[], str]
    """What a form carries; asking for it may set a cookie, so only pages with forms do."""
    nonce: str
    form: FormState
    notices: tuple[str, ...] = ()
    """Words of the frontend's lists of notices."""
    signed_in: bool = False
    part: bool = False
    """True: only a part of the page is asked for."""
    wait_s: int = 0
    """Seconds after which to try again, on pages that say so."""
    origin: str = ""
    """Scheme, host and port that search engines are told."""

    def value(self, name: str) -> str:
        """Return a query value, empty when the address has none."""
        values = self.query.get(name, ())
        return values[-1] if values else ""

    def chosen(self, name: str) -> Sequence[str]:
        """Return all query values of a name."""
        return self.query.get(name, ())

    def with_values(self, **changes: str | Sequence[str] | None) -> Mapping[str, str | Sequence[str] | None]:
        """Return the query with some values changed; the place in the list is forgotten."""
        return {**{k: v for k, v in self.query.items() if k not in {"after", "at", "done", "show"}}, **changes}

    def submitted(self, name: str) -> FormState:
        """Return the state of one of the page's forms."""
        return self.form if self.form.name == name else FormState()
