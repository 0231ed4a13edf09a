"""Owns the value types, the edits, the file format and the messages."""
