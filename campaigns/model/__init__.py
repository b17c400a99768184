"""The field's nouns and rules. Standard library only; nothing here reads or writes."""
