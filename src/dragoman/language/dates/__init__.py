"""Dates in running text: `find` the words, `resolve` them against what the article says."""

from dragoman.language.dates.expressions import DateExpression, find
from dragoman.language.dates.resolve import Anchor, Resolved, resolve

__all__ = ["Anchor", "DateExpression", "Resolved", "find", "resolve"]
