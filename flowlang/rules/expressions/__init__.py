"""Expressions and types: FL3."""
