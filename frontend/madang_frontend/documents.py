"""The page loader: pairs `pages/<subject>/<page>.graphql` with the template beside it and adds its fragments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent
_SPREAD = re.compile(r"\.\.\.\s*(?!on\b)([A-Za-z_]\w*)")
_FRAGMENT = re.compile(r"^fragment\s+(\w+)", re.MULTILINE)


class UnknownFragmentError(LookupError):
    """A document spreads a fragment that no file in `parts/` declares."""

    def __init__(self, document: str, fragment: str) -> None:
        super().__init__(f"{document} spreads ...{fragment}; declare it as parts/<part>.graphql.")


@dataclass(frozen=True, slots=True)
class Page:
    """A page: one operation and one template, both named `<subject>/<page>`."""

    name: str
    document: str
    template: str
    table: str = ""
    """Template of its table file, when there is one: `<subject>/<page>.csv` beside the other two."""


def load_pages() -> dict[str, Page]:
    """Return every page by name, as in `programmes/show`: the documents that have a template beside them."""
    fragments = _fragments()
    return {
        name: Page(name, _complete(path, fragments), f"pages/{name}.html", _table(name, path))
        for name, path in _documents()
        if path.with_suffix(".html").exists()
    }


def _table(name: str, path: Path) -> str:
    return f"pages/{name}.csv" if path.with_suffix(".csv").exists() else ""


def load_mutations() -> dict[str, str]:
    """Return the mutations, by name, as in `needs/post`: what forms send."""
    return {name: text for name, text in _without_template() if text.startswith("mutation")}


def load_reads() -> dict[str, str]:
    """Return the queries without a template, by name, as in `calls/dates`: what files for other programs hold."""
    return {name: text for name, text in _without_template() if text.startswith("query")}


def safelist() -> dict[str, str]:
    """Return every document of the pages by name: the persisted operations, planned when the server starts."""
    return {name: page.document for name, page in load_pages().items()} | dict(_without_template())


def _without_template() -> Iterator[tuple[str, str]]:
    fragments = _fragments()
    for name, path in _documents():
        if not path.with_suffix(".html").exists():
            yield name, _complete(path, fragments)


def _documents() -> list[tuple[str, Path]]:
    pages = ROOT / "pages"
    return [(path.relative_to(pages).with_suffix("").as_posix(), path) for path in sorted(pages.rglob("*.graphql"))]


def _fragments() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((ROOT / "parts").rglob("*.graphql")):
        text = path.read_text(encoding="utf-8")
        for part in re.split(r"(?=^fragment\s)", text, flags=re.MULTILINE):
            if name := _FRAGMENT.match(part):
                found[name[1]] = part.strip()
    return found


def _complete(path: Path, fragments: Mapping[str, str]) -> str:
    """The document followed by the fragments that it spreads, directly or through others, each once."""
    text = path.read_text(encoding="utf-8").strip()
    parts, wanted, seen = [text], _SPREAD.findall(text), set[str]()
    while wanted:
        name = wanted.pop(0)
        if name in seen:
            continue
        seen.add(name)
        if name not in fragments:
            raise UnknownFragmentError(path.name, name)
        parts.append(fragments[name])
        wanted.extend(_SPREAD.findall(fragments[name]))
    return "\n\n".join(parts) + "\n"
