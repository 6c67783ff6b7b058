"""Values: numbers, dates, times and amounts in words and figures, in Russian and English."""
