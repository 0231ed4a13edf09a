"""The canvas: the drawn network, painted onto any device, and the gestures that change it."""
