"""Rules about secrets and trust."""
