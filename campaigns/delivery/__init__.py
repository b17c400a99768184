"""Sending: who is written to, what was asked of a provider, what came of it.

``campaigns`` holds the verbs; ``plan`` freezes an audience; ``dispatch`` sends a campaign's batches
through one of ``transports``; ``ledger`` is the SQL of that; ``events`` takes in what the provider
says afterwards; ``unsubscribe`` what the reader says.
"""
