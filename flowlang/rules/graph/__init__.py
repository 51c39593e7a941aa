"""Rules about tasks, their graph and the matrix."""
