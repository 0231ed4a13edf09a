"""Makes the values: datasets, training, traces, maps and narration."""
