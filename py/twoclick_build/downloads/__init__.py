"""Files known by content, from the cache or from whichever source has them."""
