"""Training kernels: whole batches forward, backward and updated in one compiled call."""
