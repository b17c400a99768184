"""Files into grids of text, just as they stand. Nothing is interpreted here."""
