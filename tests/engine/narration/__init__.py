"""Tests of the text that tells a pass."""
