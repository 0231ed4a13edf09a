"""Tests of what makes the updates."""
