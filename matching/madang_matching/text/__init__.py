"""Text: sentence vectors, character n-grams, technologies named in a sentence."""

from madang_matching.text.encoder import DIMENSIONS, TextEncoder, UniversalEncoder
from madang_matching.text.ngrams import CharacterNgrams
from madang_matching.text.spotting import Spotted, TechnologySpotter

__all__ = ["DIMENSIONS", "CharacterNgrams", "Spotted", "TechnologySpotter", "TextEncoder", "UniversalEncoder"]
