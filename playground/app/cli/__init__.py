"""The command line: one module for each command, none of which needs a display."""
