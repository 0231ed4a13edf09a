"""The room Kernels: its race, plots, slow motion and matrices."""
