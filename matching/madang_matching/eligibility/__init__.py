"""Eligibility: rules as data, three-valued answers, every condition shown."""

from madang_matching.eligibility.evaluation import RuleLine, describe_rules, evaluate
from madang_matching.eligibility.tree import Rule, parse_rules, read_rules

__all__ = ["Rule", "RuleLine", "describe_rules", "evaluate", "parse_rules", "read_rules"]
