"""CAT: slips of the catalogue against the document it describes."""
