"""Programs for those who work on collation; nothing of them is installed."""
