"""A sweep: choosing what to try, and the runs as small pictures and as a table."""
