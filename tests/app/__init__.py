"""Tests of playground.app."""
