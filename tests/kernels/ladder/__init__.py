"""Tests of the ladder, file by file and as a whole."""
