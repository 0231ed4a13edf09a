"""When each part of an animated pass moves: one module for each phase, seconds at speed 1."""
