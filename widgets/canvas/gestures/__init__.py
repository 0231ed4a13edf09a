"""Gestures on the canvas: each is one object from press to release, and Esc takes it back."""
