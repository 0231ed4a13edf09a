"""Tests of widgets/controls."""
