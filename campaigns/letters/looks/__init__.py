"""What preflight looks at in a letter, one concern a module."""
