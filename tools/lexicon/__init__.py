"""Makes the word lists in ``campaigns/language/lexicon`` from their sources; see its README."""
