"""Words: forms and tags, the lexicon, frequencies, the language model, the search for near forms."""
