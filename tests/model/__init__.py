"""Tests of playground.model."""
