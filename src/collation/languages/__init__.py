"""What a language is to the program: what is known of it, opened once for a run and carried with the context."""
