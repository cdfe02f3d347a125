"""Profiles: the arrays that scores are computed from."""

from madang_matching.profiles.arrays import Profiles, TextTable
from madang_matching.profiles.build import build_profiles
from madang_matching.profiles.yardstick import Yardstick

__all__ = ["Profiles", "TextTable", "Yardstick", "build_profiles"]
