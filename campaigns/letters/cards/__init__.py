"""Cards: whom to ask, and the member's own, for print, for address books and for letters.

Every form of a card is made from one ``Card``, so that what is printed, saved in a phone and
mailed never differs. Practices 39 to 41: a card at each sale, for those who bought nothing too,
which names the product they asked about.
"""
