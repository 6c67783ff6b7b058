"""PAIR: a translation that belongs to another passage."""
