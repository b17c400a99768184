"""Answers, returned mail and complaints: from a mail's bytes to rows that a marketer reads."""
