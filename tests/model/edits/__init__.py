"""Tests of the edits, one module per family."""
