"""Tests of playground.share."""
