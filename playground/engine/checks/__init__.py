"""What can go wrong while a network learns: one kind of trouble per file, all alike."""
