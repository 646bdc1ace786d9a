"""Passes over a pack that has been read: what is missing, what cannot be answered, what clashes."""

from packc.check.answers import check_answers
from packc.check.structure import check_structure

__all__ = ["check_answers", "check_structure"]
