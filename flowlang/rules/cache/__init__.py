"""Rules about the cache of results."""
