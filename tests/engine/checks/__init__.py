"""Mirrors playground/engine/checks."""
