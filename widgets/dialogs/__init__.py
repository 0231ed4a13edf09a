"""Dialogs: each shows values, and hands back what the person chose."""
