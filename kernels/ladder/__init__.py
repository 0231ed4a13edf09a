"""The ladder of multiplication: the same product, rung by rung faster."""
