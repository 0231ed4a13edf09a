"""Neural Playground: draw a network, watch numbers flow through it, and let it learn."""

__version__ = "0.1.0"
