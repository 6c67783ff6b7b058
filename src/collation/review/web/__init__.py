"""The review in a page of the browser, served on this computer only."""
