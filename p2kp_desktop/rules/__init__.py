"""The regulations: criteria, bands, levels and 100-0-100; figures are in resources/regulations/*.toml."""

from .assessment import AreaAssessment, RtAssessment, Terms, assess, assess_area, score_to_json, terms, to_json
from .census import Tally, add_up, tally
from .regulation import Criterion, Regulation, available, regulation
from .scoring import Score, Share, contribution, score
from .targets import Hundreds, hundreds

__all__ = [
    "AreaAssessment",
    "Criterion",
    "Hundreds",
    "Regulation",
    "RtAssessment",
    "Score",
    "Share",
    "Tally",
    "Terms",
    "add_up",
    "assess",
    "assess_area",
    "available",
    "contribution",
    "hundreds",
    "regulation",
    "score",
    "score_to_json",
    "tally",
    "terms",
    "to_json",
]
