"""Files, the console and signs that do not show, as the operating system has them."""
