"""Tests of flowlang.yamltree."""
