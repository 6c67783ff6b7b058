"""The way back of a Word file: what editors did in it, brought to the places of the document as rulings."""
