"""What makes the learned files: counts of words, chances of translation, the weights of the judge."""
