"""Reporters: findings as text for people and as data for machines."""

from flowlang.reporting.formats import FORMATS, reporter
from flowlang.reporting.view import Paint, View, plain

__all__ = ["FORMATS", "Paint", "View", "plain", "reporter"]
