"""What does the updates of a training run: NumPy's trainer and the compiled kernels, behind one protocol."""
