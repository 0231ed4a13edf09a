"""Data sets that the program makes itself or takes from scikit-learn: one module each, all alike."""
