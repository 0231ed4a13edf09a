"""Tests of widgets/dialogs."""
