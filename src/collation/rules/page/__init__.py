"""What the page shows otherwise than the text."""
