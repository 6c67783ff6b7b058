"""Apparatus and rulings against the limits of a project: a verdict with its reasons, as text, SARIF or annotations."""
