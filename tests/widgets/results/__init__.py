"""Tests of widgets/results."""
