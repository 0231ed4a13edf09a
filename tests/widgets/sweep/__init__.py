"""Tests of widgets/sweep."""
