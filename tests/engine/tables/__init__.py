"""Mirrors playground/engine/tables."""
