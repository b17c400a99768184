"""English words that are taken for one another are told by what stands beside them."""

import pytest

from campaigns.language.proofreading.proof import proofread
from campaigns.model.language import Language

CONFUSED = [
    ("The shop moved, and it's new address is below.", "its"),
    ("Its a pleasure to write to you.", "It's"),
    ("Your invited to our tasting.", "You're"),
    ("Please bring you're card.", "your"),
    ("Thank you for you order.", "your"),
    ("This card is better then the old one.", "than"),
    ("Call us first and than come over.", "then"),
    ("You could of called us.", "have"),
    ("We look forward to see you.", "seeing"),
    ("We look forward to receive your answer.", "receiving"),
    ("Please advice us of your choice.", "advise"),
    ("Thank you for your advise.", "advice"),
    ("We dont work on Sundays.", "don’t"),
    ("Whats new in our shop?", "What’s"),
    ("This is a offer for you.", "an"),
    ("You get an discount.", "a"),
    ("You have 3 gift waiting.", "gifts"),
    ("We are open everyday.", "every day"),
]
RIGHT = [
    "It's our new address, and its name is Nabiji.",
    "Its own bakery makes it's-a-pleasure cakes.",
    "Your welcome gift is here, and you're welcome.",
    "You're a guest, your order is ready.",
    "If it is cheaper, then we are glad; better late than never.",
    "It was better then.",
    "We look forward to seeing you, and to our visit.",
    "This is a one-off offer, a European brand, a user, a once-only chance and an hour.",
    "The shop limits the offer, commits a day and visits the clinic’s own garden.",
    "An SMS and an honest answer.",
    "We sent 3 gift cards, two customer accounts and five letter templates.",
    "The every day, everyday choice.",
    "She had her own card, and there, friends, is yours.",
    "Thank you for letting us write to many customers.",
]


@pytest.mark.parametrize(("sentence", "meant"), CONFUSED)
def test_a_word_that_sounds_like_the_right_one_is_remarked(sentence, meant):
    assert [one.suggestion for one in proofread(sentence, Language.EN, genre="page")] == [meant]


@pytest.mark.parametrize("sentence", RIGHT)
def test_right_words_are_left_alone(sentence):
    assert [(one.code, one.excerpt) for one in proofread(sentence, Language.EN, genre="page")] == []
