"""NAM: persons, places and organisations, on either side."""
