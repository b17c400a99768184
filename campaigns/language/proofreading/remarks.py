"""What each finding says in English, and how grave it is, by code. Translated in ``core.po``.

Shape of a text: what is wrong - what is right, and why. Places: ``{got}``, what stands in the text,
and the facts that the rule names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from campaigns.errors import N_


@dataclass(frozen=True, slots=True)
class Remark:
    """The gravity of a finding where its rule names no other, and its English text."""

    severity: Literal["error", "warning"]
    text: str


MARKS: dict[str, Remark] = {
    "proof.colon_stop": Remark(
        "error", N_("a colon ends the sentence; the Armenian full stop is ։ (U+0589)")
    ),
    "proof.colon_opens": Remark(
        "warning", N_("a colon stands before what follows; Armenian writes ՝ there")
    ),
    "proof.dot_stop": Remark(
        "error", N_("a dot ends the sentence; the Armenian full stop is ։ (U+0589)")
    ),
    "proof.latin_question": Remark(
        "error",
        N_(
            "a Latin question mark in Armenian; ՞ stands on the stressed vowel of the asked word, and ։ at the end"
        ),
    ),
    "proof.latin_exclamation": Remark(
        "warning",
        N_(
            "a Latin exclamation mark in Armenian; ՜ or ՛ stands on the stressed vowel of the word, and ։ at the end"
        ),
    ),
    "proof.mark_place": Remark(
        "error", N_("this mark is not on a vowel; it stands on the stressed vowel inside the word")
    ),
    "proof.tick": Remark(
        "error",
        N_(
            "a grave accent or an apostrophe in Armenian; the marks are ՝ (U+055D) after a word and ՛ (U+055B) inside it"
        ),
    ),
    "proof.salutation_mark": Remark(
        "warning", N_("an emphasis mark in the greeting; our letters greet without it")
    ),
    "proof.old_spelling": Remark(
        "warning",
        N_("the spelling from before the reform of 1922; write as one writes today"),
    ),
    "proof.mark_look_alike": Remark(
        "error", N_("this mark belongs to another alphabet and only looks right; write {expected}")
    ),
    "proof.armenian_mark": Remark("error", N_("an Armenian mark outside Armenian words")),
    "proof.doubled_mark": Remark("error", N_("two marks where one is enough")),
    "proof.space_before": Remark("error", N_("a space before {mark}; the mark stands at the word")),
    "proof.space_inside": Remark(
        "warning", N_("a space after {mark}; the mark stands at the word")
    ),
    "proof.double_space": Remark("warning", N_("two spaces or more; one is enough")),
    "proof.space_after": Remark("error", N_("no space after the mark")),
    "proof.space_around": Remark(
        "warning", N_("no space between a word and a bracket or quotation mark")
    ),
    "proof.hyphen_for_dash": Remark("warning", N_("a hyphen where a dash belongs")),
    "proof.hyphen_space": Remark(
        "warning", N_("a space at a hyphen; parts of one word stand together")
    ),
    "proof.three_dots": Remark("warning", N_("three dots; the ellipsis is one sign, …")),
    "proof.straight_quotes": Remark(
        "warning", N_("straight quotation marks; each language has its own")
    ),
    "proof.foreign_quotes": Remark(
        "error",
        N_("quotation marks of another language; Armenian writes « », Georgian „ “, English “ ”"),
    ),
    "proof.unpaired": Remark("error", N_("the other half of {mark} is missing")),
    "proof.broken_letters": Remark(
        "error", N_("letters spoilt by a wrong encoding; type the words again")
    ),
    "proof.unseen": Remark("error", N_("a character that nobody sees: {name}; take it out")),
    "proof.soft_hyphen": Remark(
        "warning", N_("a soft hyphen; some mail programs show it inside the word")
    ),
    "proof.not_composed": Remark(
        "warning", N_("a letter put together from two characters; some programs show them apart")
    ),
    "proof.mixed_letters": Remark(
        "error",
        N_("letters of two alphabets in one word; searches and screen readers stumble over it"),
    ),
    "proof.wrong_script": Remark(
        "error", N_("words in an alphabet that readers of this language do not expect")
    ),
    "proof.untranslated": Remark(
        "error", N_("English words in a text of another language; translate them")
    ),
    "proof.georgian_capitals": Remark(
        "error", N_("Georgian capitals; many mail programs show them as boxes")
    ),
    "proof.ligature": Remark(
        "error", N_("several letters as one sign, which many fonts do not have; write the letters")
    ),
    "proof.capitals": Remark("warning", N_("words in capitals shout; write them in small letters")),
    "proof.styled_capitals": Remark(
        "error",
        N_(
            "{got} makes capitals, which show as boxes in Georgian and spoil one Armenian letter; take it out"
        ),
    ),
    "proof.grouping": Remark("warning", N_("the number is not grouped as this language groups it")),
    "proof.point_for_comma": Remark(
        "warning", N_("a decimal point; Armenian and Georgian write a comma")
    ),
    "proof.space_before_sign": Remark(
        "warning",
        N_("a no-break space belongs between a number and its sign, so that they stay on one line"),
    ),
    "proof.sign_first": Remark(
        "warning", N_("the currency stands before the number; this language writes it behind")
    ),
    "proof.slashed_date": Remark(
        "warning",
        N_(
            "a date that some read as day and month, others as month and day; write the month as a word"
        ),
    ),
    "proof.ending_at_digit": Remark(
        "warning", N_("letters at a digit; an ending takes a hyphen, a unit takes a space")
    ),
    "proof.percent_word": Remark("warning", N_("no space between the percent sign and the word")),
    "proof.repeated_word": Remark("error", N_("the word stands there twice")),
    "proof.confused": Remark(
        "warning", N_("another word is meant here, which sounds or looks like this one")
    ),
    "proof.missing_comma": Remark("warning", N_("no comma before the clause")),
    "proof.small_beginning": Remark("error", N_("a sentence begins with a small letter")),
    "proof.missing_stop": Remark("warning", N_("the paragraph ends without a mark")),
    "proof.no_greeting": Remark(
        "warning", N_("the letter greets nobody; begin it with a greeting")
    ),
    "proof.no_thanks": Remark(
        "warning",
        N_("the letter thanks for nothing; a word of thanks belongs in every letter to a customer"),
    ),
    "proof.no_closing": Remark("warning", N_("the letter has no closing such as “Kind regards”")),
    "proof.no_signer": Remark("warning", N_("nobody signs the letter; end it with a name")),
    "proof.many_exclamations": Remark(
        "warning", N_("{count} exclamation marks; one in a letter is plenty")
    ),
    "proof.empty_subject": Remark("error", N_("the subject is empty")),
    "proof.same_preheader": Remark(
        "warning", N_("the preheader repeats the subject; say something new there")
    ),
    "proof.leftover": Remark("error", N_("a place that was never filled in")),
    "proof.title_choice": Remark(
        "warning",
        N_("a choice of titles shows that we do not know the reader; greet without a title"),
    ),
    "proof.of_another": Remark(
        "error", N_("the text is in another language: {other}; translate it")
    ),
    "proof.figures_differ": Remark(
        "error", N_("figures differ between the languages: {where}; make them say the same")
    ),
    "proof.links_differ": Remark(
        "error",
        N_("links differ between the languages: {where}; make them lead to the same places"),
    ),
    "proof.fields_differ": Remark(
        "warning",
        N_("fields or conditions differ between the languages: {where}; make them the same"),
    ),
}
"""Marks, letters and structure."""

WORDING: dict[str, Remark] = {
    "proof.spelling": Remark(
        "warning", N_("no word list knows this word; probably meant: {meant}")
    ),
    "proof.wrong_sense": Remark("error", N_("the word means something else than is meant here")),
    "proof.calque": Remark(
        "warning", N_("translated word for word from another language; nobody says it so")
    ),
    "proof.borrowed": Remark(
        "warning", N_("a borrowed word of everyday talk; in writing the language has its own")
    ),
    "proof.nonstandard": Remark("error", N_("this form is not the one of the written language")),
    "proof.heavy": Remark(
        "warning", N_("the language of offices; a plain word reads faster and sounds warmer")
    ),
    "proof.trade_word": Remark(
        "warning", N_("a word that marketers use among themselves; say it as to a guest")
    ),
    "proof.two_words": Remark(
        "warning",
        N_("the text calls the same thing “{other}” elsewhere; hold to one word for one thing"),
    ),
    "proof.informal": Remark(
        "warning", N_("so one speaks to a friend; to a customer write the polite form")
    ),
    "proof.small_you": Remark(
        "warning", N_("in letters to customers Դուք, Ձեր, Ձեզ begin with a capital")
    ),
    "proof.casual": Remark("warning", N_("too familiar for a letter to customers")),
    "proof.urgency": Remark(
        "warning",
        N_("this hurries the reader; say until when the offer holds and leave the choice to them"),
    ),
    "proof.threat": Remark(
        "error",
        N_("this threatens with a loss; say kindly what happens, when, and what can be done"),
    ),
    "proof.blame": Remark(
        "error", N_("this blames the reader; remind or apologise without saying whose fault it is")
    ),
    "proof.excuse": Remark(
        "error",
        N_(
            "an apology that puts the fault on the reader's feelings; say what went wrong and that you"
            " are sorry for it"
        ),
    ),
    "proof.promise": Remark(
        "warning", N_("nobody can keep this promise; name the fact and its terms")
    ),
    "proof.spam": Remark(
        "warning", N_("mail programs know unwanted mail by such words; say plainly what it is")
    ),
    "proof.plural_after_number": Remark(
        "error", N_("after a number the noun stays in the singular")
    ),
    "proof.declined": Remark("error", N_("this noun is not declined so")),
    "proof.article": Remark(
        "error", N_("the article is -ն after a vowel and before է, and -ը before a consonant")
    ),
    "proof.agreement": Remark("error", N_("the verb does not agree with its subject")),
    "proof.wrong_case": Remark("warning", N_("the noun stands in another case here")),
    "proof.lost_vowel": Remark("error", N_("in this form the noun loses its last vowel")),
    "proof.day_first": Remark("warning", N_("in Armenian the month stands before the day")),
    "proof.until_day": Remark("warning", N_("after մինչև the day takes -ը")),
    "proof.on_day": Remark("error", N_("on a day: the month takes -ს")),
    "proof.called_name": Remark(
        "error", N_("a person is called by the bare name, without an ending")
    ),
}
"""Choice of words and spelling."""

REMARKS = MARKS | WORDING
