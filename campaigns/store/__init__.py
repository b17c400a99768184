"""Rows, files and keys: the only truth. Tables, transactions, migrations, snapshots of bulky facts."""
