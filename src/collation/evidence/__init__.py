"""What can be asked of an aligned document: measures, government, agreement, polarity, what the English calls for."""
