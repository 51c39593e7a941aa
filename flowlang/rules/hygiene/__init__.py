"""Rules about the comments that ignore findings."""
