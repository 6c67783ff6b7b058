"""An editor rules: the session without input or output, in the terminal and in a page of the browser."""
