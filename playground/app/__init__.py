"""Wiring: document, undo, compute lanes, actions, rooms and the command line."""
