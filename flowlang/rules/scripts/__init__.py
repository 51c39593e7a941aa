"""Rules about scripts and command lines."""
