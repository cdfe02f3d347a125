"""Profiles: the arrays that scores are computed from."""

from madang_matching.profiles.arrays import Profiles, TextTable
from madang_matching.profiles.build import build_profiles

__all__ = ["Profiles", "TextTable", "build_profiles"]
