"""VAL: dates, times, numbers and their order."""
