"""Which paragraphs, sentences and words of the two languages, or of several Russian texts, answer each other."""
