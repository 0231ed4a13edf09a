"""Tests of the panels of the room Kernels."""
