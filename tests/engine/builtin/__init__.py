"""Mirrors playground/engine/builtin."""
