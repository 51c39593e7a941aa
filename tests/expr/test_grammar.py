"""The kept table is that of the grammar."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from flowlang.expr.grammar import GRAMMAR, build, table
from flowlang.resources import read_text

lark = pytest.importorskip("lark")
_RUN = "import sys\nfrom flowlang.expr import *\n"


def test_the_kept_table_fits_the_grammar() -> None:
    made = build(read_text("grammar", GRAMMAR), table().checksum)
    assert made == table()


def test_the_grammar_has_no_conflicts(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("lark")
    with caplog.at_level(logging.DEBUG, logger="lark"):
        logger.addHandler(caplog.handler)
        lark.Lark(read_text("grammar", GRAMMAR), parser="lalr", lexer="basic", debug=True)
        logger.removeHandler(caplog.handler)
    assert "conflict" not in caplog.text.lower()


def test_every_action_is_a_method_of_the_builder() -> None:
    from flowlang.expr.builder import Builder

    actions = {production.action for production in table().productions} - {""}
    assert actions <= set(vars(Builder))


def test_reading_expressions_loads_neither_lark_nor_yarl() -> None:
    code = _RUN + "evaluate(parse_template('${{ 1 + 2 }}'), Scope())\nprint({'lark', 'yarl'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_plain_lookups_load_no_table() -> None:
    code = _RUN + "evaluate(parse_template('a ${{ b.c }}'), Scope({'b': {}}))\nprint('flowlang.expr.grammar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
