"""The commands of the terminal: they parse, print and set the exit code; the work is done below."""
