"""The ruling log: what editors decided, where it is kept, and how a ruling finds its place in a changed text."""
