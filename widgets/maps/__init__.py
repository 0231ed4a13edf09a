"""Maps of what the network answers, and the points of its data on them."""
