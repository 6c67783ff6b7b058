"""Hypotheses to entries: those of one place merged, their features weighed, probabilities, tiers and readings."""
