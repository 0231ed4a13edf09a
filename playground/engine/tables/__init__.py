"""Reads tables of text, one question at a time: the encoding, the delimiter, the header, each column."""
