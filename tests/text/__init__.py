"""Tests of flowlang.text."""
