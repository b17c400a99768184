"""What nobody knows of letters, what was refused, and what is done about both."""
