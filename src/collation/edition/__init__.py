"""The edition: a text with its accepted rulings carried out, as a new file or a patch, and the lists that go
with it.
"""
