"""LAC: text that was lost (omission), doubled (dittography) or came in (interpolation)."""
