"""Who: rules over contacts, read by people, kept as text, asked as SQL."""
