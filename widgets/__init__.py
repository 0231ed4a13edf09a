"""Qt views: they show values and emit requests."""
