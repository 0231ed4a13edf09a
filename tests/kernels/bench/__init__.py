"""Tests of how kernels are timed."""
