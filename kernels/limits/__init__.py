"""What this machine can do at most, measured: arithmetic in registers, reading from memory; and its facts."""
