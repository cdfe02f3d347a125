"""The pages: each is a GraphQL document and a template beside it, with the words, styles and scripts they need."""

from madang_frontend.documents import Page, load_mutations, load_pages, load_reads, safelist
from madang_frontend.environment import Assets, environment
from madang_frontend.wording import LANGUAGES, Wording, load_wording

__all__ = [
    "LANGUAGES",
    "Assets",
    "Page",
    "Wording",
    "environment",
    "load_mutations",
    "load_pages",
    "load_reads",
    "load_wording",
    "safelist",
]
