"""Fetching copies of remote actions with git: the only part that touches the network."""
