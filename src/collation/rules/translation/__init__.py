"""Rules of the translation: what it leaves out, adds, turns round, renames or doubles."""
