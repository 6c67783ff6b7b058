"""Word files as they are written: what stands in which cell, and the parts of a package. Nothing is judged here."""
