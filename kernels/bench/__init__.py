"""The kernels' times, each checked in the run that took it: races, sweeps over sizes, scaling."""
