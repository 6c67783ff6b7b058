"""The review in the terminal: keys in, a screen of lines out."""
