"""Tests of playground.engine."""
