"""Rules about single values, and what YAML and the engine turn them into."""
