"""Rules about structure: keys, kinds of values, names, kinds of files."""
