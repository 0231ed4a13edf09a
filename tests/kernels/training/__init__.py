"""Tests of training in compiled code."""
