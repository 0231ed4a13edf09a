"""Views of what a network answers for all rows, and of how its weights have moved."""
