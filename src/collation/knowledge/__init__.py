"""What is known apart from any document: words and their forms, names, values, what scanners confuse."""
