"""SIG: document, sheet and file numbers, running heads."""
