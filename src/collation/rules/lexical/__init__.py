"""LEX: non-words, merged and split words, stray capitals, mixed scripts, lost blanks."""
