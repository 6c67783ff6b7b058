"""GRA: endings against government and agreement."""
