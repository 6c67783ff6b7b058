"""WIT: what another text of the original reads otherwise."""
