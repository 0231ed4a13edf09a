"""Tests of the limits that are measured."""
