"""The network as a program of its own: code that people read, run and take elsewhere."""
