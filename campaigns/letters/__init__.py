"""Letters: texts in up to three languages, rendered for one person or for a million."""
