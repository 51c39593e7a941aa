"""Rules about names that refer to something defined elsewhere."""
