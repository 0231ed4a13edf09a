"""Tests of the views of runs."""
