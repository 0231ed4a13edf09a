"""Tests of playground.app.cli."""
