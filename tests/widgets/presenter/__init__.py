"""Tests of the stage for an audience."""
