"""The language server: what editors ask, answered from the same analysis that the commands use.

`server` is the only door to pygls; protocol types come from lsprotocol. `features` are pure functions
of an analysis and a place, and `adapters` turn what they give into protocol types.
"""
