"""``python -m campaigns.cli``: what ``campaigns up`` starts its children with."""

from campaigns.cli import main

main()
