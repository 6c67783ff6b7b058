"""CTX: real-word errors, that context or the translation contradicts."""
