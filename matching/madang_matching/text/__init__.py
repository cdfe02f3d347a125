"""Text: sentence vectors, character n-grams, technologies named in a sentence."""

from madang_matching.text.encoder import DIMENSIONS, TextEncoder, UniversalEncoder
from madang_matching.text.ngrams import CharacterNgrams
from madang_matching.text.spotting import Phrase, Spotted, TechnologySpotter

__all__ = [
    "DIMENSIONS",
    "CharacterNgrams",
    "Phrase",
    "Spotted",
    "TechnologySpotter",
    "TextEncoder",
    "UniversalEncoder",
]
