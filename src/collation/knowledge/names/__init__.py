"""Names: the authority lists, their declension, transliteration, and comparison by sound."""
