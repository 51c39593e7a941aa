"""Suppression: comments ``# flowlint: ignore[…]`` that accept findings, and what is wrong with such comments."""

from flowlang.suppression.apply import Judged, suppress

__all__ = ["Judged", "suppress"]
