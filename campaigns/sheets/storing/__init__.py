"""Clean rows into the store: who is whom, what is new, and how to take it all back."""
