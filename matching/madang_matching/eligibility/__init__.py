"""Eligibility: rules as data, three-valued answers, every condition shown; when, and what would change it."""

from madang_matching.eligibility.batches import verdicts
from madang_matching.eligibility.clashes import clashes
from madang_matching.eligibility.coverage import checked, coverage_of
from madang_matching.eligibility.evaluation import RuleLine, describe_rules, evaluate
from madang_matching.eligibility.fixes import Fix, nearest_fix
from madang_matching.eligibility.questions import Question, best_question, questions
from madang_matching.eligibility.tree import Rule, parse_rules, read_rules
from madang_matching.eligibility.windows import Timing, Window, timing, windows

__all__ = [
    "Fix",
    "Question",
    "Rule",
    "RuleLine",
    "Timing",
    "Window",
    "best_question",
    "checked",
    "clashes",
    "coverage_of",
    "describe_rules",
    "evaluate",
    "nearest_fix",
    "parse_rules",
    "questions",
    "read_rules",
    "timing",
    "verdicts",
    "windows",
]
