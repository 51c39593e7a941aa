"""Random templates for property tests."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from tests.conformance.expression_templates import Generator

SEEDS = st.integers(0, 2**32 - 1)
NOISE = st.text(alphabet="${}[]<>()'\"\\.,:+-*/%|=!&?@#_ \t\r\n\0aenorfTFN019é\ud800", max_size=60)
"""Texts made of what the lexer looks at."""


def template(seed: int) -> str:
    """A template, sensible or broken."""
    return Generator(random.Random(seed)).template()


TEMPLATES = SEEDS.map(template)
EXPRESSIONS = SEEDS.map(lambda seed: Generator(random.Random(seed)).expression(3))
ANY = st.one_of(TEMPLATES, NOISE, NOISE.map(lambda text: f"${{{{{text}}}}}"), NOISE.map(lambda text: f"$<<{text}>>"))
