"""Templates parsed per second, ours against the engine's parser on the same set: ``python -m tests.bench.expressions``.

Needs the engine (the extra ``conformance``). Both parse the same random valid templates in one
process, in turn, nothing remembered between the rounds; the figure is the median of the ratios.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable

from flowlang.expr import parse_template
from flowlang.expr import template as template_module
from tests.conformance.expression_templates import Generator


def _seconds(parse: Callable[[str], object], templates: list[str]) -> float:
    start = time.perf_counter()
    for template in templates:
        parse(template)
    return time.perf_counter() - start


def main() -> int:
    """Print templates a second for both, and how many times faster ours is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    try:
        from apolo_flow.expr import StrExpr
        from apolo_flow.tokenizer import Pos
        from apolo_flow.types import LocalPath
    except ImportError:
        print("the engine is not installed: pip install '.[conformance]'", file=sys.stderr)
        return 2
    place = Pos(0, 0, LocalPath("template"))

    def engine(template: str) -> object:
        return StrExpr(place, place, template)

    templates: list[str] = []
    generator = Generator(random.Random(arguments.seed))
    while len(templates) < arguments.count:
        template = generator.template()
        if not parse_template(template).problems and "$" in template:
            templates.append(template)
    parse = template_module._parse  # what the memo of parse_template stands before
    ratios, ours, theirs = [], [], []
    for _ in range(arguments.rounds):
        mine, its = _seconds(parse, templates), _seconds(engine, templates)
        ours.append(len(templates) / mine)
        theirs.append(len(templates) / its)
        ratios.append(its / mine)
    print(f"{arguments.count} templates, medians of {arguments.rounds} rounds:")
    print(f"  ours       {statistics.median(ours):>9,.0f} templates a second")
    print(f"  the engine {statistics.median(theirs):>9,.0f} templates a second")
    print(f"  ours is {statistics.median(ratios):.0f} times as fast")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
