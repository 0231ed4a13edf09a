"""Runs of learning: looking back along one, listing and comparing them all."""
