"""The command line: `flowlint` and `flowlang`. The only package that imports click."""
