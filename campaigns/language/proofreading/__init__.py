"""The proofreader: what a careful native editor would mark in a text, and why."""
