"""Tests of the maps that the window shows."""
