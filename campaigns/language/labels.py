"""What codes are called: states, reasons, fields. One word per thing, in the reader's language."""

from __future__ import annotations

from campaigns.errors import N_
from campaigns.language.catalogue import catalogue
from campaigns.model.language import Language

# "<what>.<value>" → English. Codes are stored; these are only shown.
LABELS: dict[str, str] = {
    "denial.no_address": N_("no e-mail address"),
    "denial.duplicate_address": N_("the same address as another contact"),
    "denial.address_changed": N_("the address was changed after planning"),
    "denial.suppressed": N_("asked us not to write, or the address does not work"),
    "denial.no_consent": N_("no recorded consent"),
    "denial.consent_withdrawn": N_("consent withdrawn"),
    "denial.language_missing": N_("the letter has no text in their language"),
    "denial.capped": N_("got as many letters lately as you allow"),
    "denial.outranked": N_("a more important letter leaves the same day"),
    "denial.quiet_hours": N_("no hour left before the deadline in which they may be written to"),
    "denial.holdout": N_("left out on purpose, to compare"),
    "denial.repeated": N_("they would get the same letter in the same look again"),
    "language.hy": N_("Armenian"),
    "language.ka": N_("Georgian"),
    "language.en": N_("English"),
    "language.ru": N_("Russian"),
    "design.note": N_("plain letter"),
    "design.card": N_("card"),
    "design.story": N_("story"),
    "design.offer": N_("offer"),
    "severity.error": N_("error"),
    "severity.warning": N_("warning"),
    "person.orders": N_("number of orders"),
    "person.revenue": N_("total of the orders"),
    "person.days_since_last": N_("days since the last order"),
    "person.days_since_first": N_("days since the first order"),
    "person.first_order_at": N_("date of the first order"),
    "person.last_order_at": N_("date of the last order"),
    "person.language": N_("language"),
    "person.city": N_("city"),
    "person.gender": N_("gender"),
    "person.birthday": N_("birthday"),
    "person.name": N_("full name"),
    "person.given_name": N_("given name"),
    "person.family_name": N_("family name"),
    "person.customer_id": N_("customer number"),
    "person.address": N_("e-mail address"),
    "person.phone": N_("phone"),
    "person.has_consent": N_("consent to offers"),
    "person.created_at": N_("date added"),
    "event.processed": N_("taken on by the mail service"),
    "event.dropped": N_("not sent by the mail service"),
    "event.deferred": N_("delivery delayed"),
    "event.delivered": N_("delivered"),
    "event.bounced": N_("the address does not work"),
    "event.blocked": N_("turned away by the reader's mail server"),
    "event.opened": N_("opened"),
    "event.clicked": N_("a link was followed"),
    "event.opened_apple": N_("fetched by Apple Mail, opened or not"),
    "event.opened_scanner": N_("opened by a program"),
    "event.clicked_scanner": N_("a link was followed by a program"),
    "event.bounce_invalid": N_("there is no such address"),
    "event.bounce_mailbox": N_("the mailbox takes no letters now"),
    "event.bounce_technical": N_("a technical fault"),
    "event.bounce_content": N_("what the letter says"),
    "event.bounce_reputation": N_("the sender is not trusted"),
    "event.bounce_frequency": N_("too many letters at once"),
    "event.bounce_other": N_("another reason"),
    "event.complained": N_("reported as spam"),
    "event.unsubscribed": N_("unsubscribed from our letters"),
    "event.unknown": N_("something else"),
    "campaign.draft": N_("draft"),
    "campaign.planned": N_("planned"),
    "campaign.approved": N_("approved"),
    "campaign.scheduled": N_("scheduled"),
    "campaign.leaves_from": N_("leaves from"),
    "schedule.at": N_("day and time"),
    "schedule.deadline": N_("deadline"),
    "campaign.running": N_("sending"),
    "campaign.paused": N_("paused"),
    "campaign.done": N_("finished"),
    "campaign.cancelled": N_("cancelled"),
    "message.pending": N_("waiting"),
    "message.in_flight": N_("being sent"),
    "message.accepted": N_("accepted"),
    "message.failed": N_("refused"),
    "message.unknown": N_("outcome unknown"),
    "message.cancelled": N_("cancelled"),
    "testimonial.submitted": N_("waiting to be read"),
    "testimonial.approved": N_("published"),
    "testimonial.refused": N_("not published"),
    "testimonial.withdrawn": N_("withdrawn by the customer"),
    "brand.nameless": N_("our team"),
    "brand.shop_name": N_("name of the shop"),
    "brand.legal_name": N_("legal name"),
    "brand.postal_address": N_("postal address"),
    "brand.from_address": N_("sender's e-mail address"),
    "brand.reply_to": N_("address for replies"),
    "kind.campaign": N_("campaign"),
    "kind.contact": N_("customer"),
    "kind.file": N_("file"),
    "kind.job": N_("task"),
    "kind.letter": N_("letter"),
    "kind.message": N_("letter"),
    "kind.page": N_("page"),
    "kind.segment": N_("segment"),
    "kind.testimonial": N_("testimonial"),
    "kind.upload": N_("upload"),
    "sheet.problem": N_("problem"),
    "sheet.more_problems": N_(
        "More rows need attention than are marked here; look for what they have in common."
    ),
    "sheet.contacts": N_("customers"),
    "sheet.orders": N_("orders"),
    "sheet.order_lines": N_("order lines"),
    "sheet.products": N_("products"),
    "sheet.conversations": N_("calls and conversations"),
    "sheet.consents": N_("consents"),
    "suppression.unsubscribed": N_("Unsubscribed"),
    "suppression.bounced": N_("The address does not work"),
    "suppression.complained": N_("Reported as spam"),
    "suppression.operator": N_("On your word"),
    "suppression.unreachable": N_("Letters do not arrive"),
    "sheet.suppressions": N_("addresses not to write to"),
    "sheet.ignore": N_("do not import"),
    "stage.reading": N_("reading"),
    "stage.cleaning": N_("checking the rows"),
    "stage.storing": N_("writing down"),
    "upload.received": N_("waiting for you"),
    "upload.queued": N_("waiting its turn"),
    "upload.storing": N_("being imported"),
    "upload.done": N_("imported"),
    "upload.failed": N_("failed"),
    "upload.undone": N_("undone"),
    "refusal.bad_address": N_("this is not a valid e-mail address"),
    "refusal.no_key": N_("there is no e-mail address, phone or customer number"),
    "refusal.totals_row": N_("this row is a total, not a record"),
    "refusal.identity_conflict": N_(
        "the customer number and the e-mail address belong to two different customers"
    ),
    "refusal.bad_date": N_("this date cannot be read"),
    "refusal.bad_amount": N_("this amount cannot be read"),
    "refusal.no_customer": N_("nothing tells whose order this is"),
    "refusal.currency_mismatch": N_("this is not the currency of your shop"),
    "refusal.no_rate": N_(
        "there is no exchange rate for this currency on that day; enter one in Settings"
    ),
    "refusal.no_product": N_("there is no product code or name"),
    "note.quantity_unclear": N_("the quantity cannot be read; the line counts as one piece"),
    "note.currency_converted": N_(
        "the amount was in another currency and was converted at your exchange rate"
    ),
    "note.customer_unknown": N_(
        "the customer is not in the list yet; the row is kept until a sheet tells of the customer"
    ),
    "note.consent_not_restored": N_(
        "the sheet says yes, but this person has said no; the no stands"
    ),
    "note.consent_unclear": N_(
        "the consent is neither a clear yes nor a clear no, so none was recorded"
    ),
    "note.possible_duplicate": N_(
        "another customer has the same name and phone, but another e-mail address or number; they"
        " may be one person"
    ),
    "note.shared_card": N_("another customer has the same loyalty card number"),
    "note.name_letters": N_("look-alike letters of another alphabet in the name were corrected"),
    "note.name_invisible": N_("invisible characters were taken out of the name"),
    "note.name_case": N_("capital letters in the name were corrected"),
    "note.name_title": N_("a title stands with the name; it is kept apart"),
    "note.name_patronymic": N_("the father's name stands with the name; it is kept apart"),
    "note.name_extra": N_(
        "more than a name stands in its cell; only the name was taken, the rest is kept apart"
    ),
    "note.name_swapped": N_(
        "first name and last name stood in each other's columns and were put right"
    ),
    "note.name_initial": N_("only an initial stands for a name"),
    "note.name_family_only": N_("only the last name is given"),
    "note.name_order": N_(
        "which word is the first name cannot be told; letters greet without a name"
    ),
    "note.name_several": N_("several people stand in one name; letters greet without a name"),
    "note.name_address": N_("an e-mail address stands where the name should be"),
    "note.name_number": N_("figures stand in the name"),
    "note.name_company": N_(
        "a company stands where a person's name should be; letters greet without a name"
    ),
    "note.name_placeholder": N_("a dash or a word such as “test” stands where the name should be"),
    "note.name_unreadable": N_("the name cannot be read; letters greet without a name"),
    "note.gender_conflict": N_(
        "what the sheet and the name tell of the gender disagrees, so none was recorded"
    ),
    "note.hidden_rows": N_("the sheet hides these rows; they were imported too"),
    "note.hidden_columns": N_("the sheet hides these columns; they were read too"),
    "note.hidden_sheet": N_(
        "the workbook hides this sheet, so it is left out unless you say otherwise"
    ),
    "note.units_row": N_("a row of units below the headings was left out"),
    "note.numbering_row": N_("a row that only numbers the columns was left out"),
    "note.headings_again": N_("headings and titles repeated among the rows were left out"),
    "note.footer_rows": N_("signatures and page feet below the table were left out"),
    "note.other_table": N_("another table stands in this sheet; it was not read"),
    "note.filled_down": N_("merged cells were read in each row that they reach over"),
    "note.lists_one": N_(
        "each row is another fact about one thing; put the facts into columns of one row"
    ),
    "note.legacy_font": N_(
        "the text was typed in an old font; it was brought to the letters that were seen"
    ),
    "note.double_encoded": N_("letters that had been garbled in saving were put right"),
    "note.broken_bytes": N_(
        "some characters cannot be read; a question mark in a diamond stands in their place"
    ),
    "note.without_result": N_("formulas were saved without their results; these cells are empty"),
    "note.nul_bytes": N_("empty characters, which no program shows, were taken out"),
    "note.address_typo": N_(
        "the domain of the address looks like a slip of the keyboard; it stays as written, please check it"
    ),
    "note.address_several": N_(
        "several e-mail addresses stand in one cell; the first valid one was taken, all are kept apart"
    ),
    "note.address_placeholder": N_(
        "a filler such as “no” or test@test stands where the e-mail address should be; it is taken as none"
    ),
    "note.address_role": N_("this is the address of an office (info@, sales@), not of a person"),
    "note.phone_unreadable": N_("the phone number cannot be read; it is kept as written, apart"),
    "note.phone_several": N_(
        "several phone numbers stand in one cell; the first valid one was taken, all are kept apart"
    ),
    "note.phone_extension": N_(
        "the phone number was taken without its extension; the cell is kept apart as written"
    ),
    "note.number_damaged": N_(
        "the spreadsheet cut the last figures of this number off (1.23E+12), so it was not taken"
    ),
    "note.date_unreadable": N_("the date cannot be read; it is kept as written, apart"),
    "note.date_day_first": N_(
        "the day or the month may come first in this date; it was read with the day first"
    ),
    "note.birthday_impossible": N_("nobody can be born on this day; it is kept as written, apart"),
    "note.gender_unclear": N_(
        "what stands for the gender is not understood; it is kept as written, apart"
    ),
    "note.language_unclear": N_(
        "what stands for the language is not understood; it is kept as written, apart"
    ),
    "note.language_other": N_(
        "letters are not written in the language chosen here; they come in the language of your shop"
    ),
    "note.attribute_unreadable": N_(
        "this is not of the type that you chose for the column; it is kept as written"
    ),
    "note.text_shortened": N_(
        "the text is longer than 2,000 characters; what follows was left out"
    ),
    "gender.f": N_("woman"),
    "gender.m": N_("man"),
    "answer.yes": N_("yes"),
    "answer.no": N_("no"),
    "evidence.heading": N_("by the heading"),
    "evidence.values": N_("by the values"),
    "evidence.remembered": N_("as you chose last time"),
    "evidence.none": N_("not recognised"),
    "evidence.heading_and_values": N_("by heading and values"),
    "evidence.not_heading": N_("by the values, though the heading says otherwise"),
    "evidence.counts_rows": N_("it only numbers the rows"),
    "evidence.order_total": N_("the total of the whole order stands on each of its lines"),
    "evidence.line_amount": N_("it is the quantity times the price"),
    "look.address": N_("e-mail addresses"),
    "look.phone": N_("phone numbers"),
    "look.bare_phone": N_("phone numbers"),
    "look.date": N_("dates"),
    "look.compact_date": N_("dates written as figures"),
    "look.epoch": N_("moments counted in seconds"),
    "look.number": N_("numbers"),
    "look.whole": N_("whole numbers"),
    "look.money": N_("amounts of money"),
    "look.code": N_("codes"),
    "look.card": N_("card numbers"),
    "look.given_name": N_("given names"),
    "look.family_name": N_("family names"),
    "look.full_name": N_("full names"),
    "look.gender": N_("words for men and women"),
    "look.language": N_("names of languages"),
    "look.yes_no": N_("answers of yes or no"),
    "look.currency": N_("currencies"),
    "look.city": N_("cities"),
    "look.status": N_("words for states"),
    "field.attribute": N_("keep under its own name"),
    "field.ignore": N_("leave out"),
    "field.customer_id": N_("customer number"),
    "field.address": N_("e-mail address"),
    "field.given_name": N_("given name"),
    "field.family_name": N_("family name"),
    "field.full_name": N_("full name"),
    "field.phone": N_("phone"),
    "field.language": N_("language"),
    "field.city": N_("city"),
    "field.gender": N_("gender"),
    "field.birthday": N_("birthday"),
    "field.consent": N_("consent to offers"),
    "field.consent_testimonials": N_("consent to be asked for an opinion"),
    "field.consent_source": N_("where they agreed"),
    "field.consent_at": N_("date of consent"),
    "field.order_id": N_("order number"),
    "field.ordered_at": N_("order date"),
    "field.amount": N_("amount"),
    "field.currency": N_("currency"),
    "field.product": N_("product"),
    "field.quantity": N_("quantity"),
    "field.status": N_("order status"),
    "field.card_number": N_("loyalty card number"),
    "field.product_code": N_("product code"),
    "field.unit_price": N_("price of one"),
    "field.discount": N_("discount"),
    "field.category": N_("category"),
    "field.conversation_id": N_("conversation number"),
    "field.happened_at": N_("date of the conversation"),
    "field.channel": N_("channel"),
    "field.topic": N_("topic"),
    "field.text": N_("what was said"),
    "field.outcome": N_("outcome"),
    "field.employee": N_("employee"),
    "field.reason": N_("reason"),
    "field.suppressed_at": N_("date of the refusal to get letters"),
    "letter_field.contact_id": N_("number in the program"),
    "letter_field.contact": N_("the reader, with the whole name"),
    "letter_field.closing": N_("words that close the letter"),
    "letter_field.given_name": N_("first name"),
    "letter_field.family_name": N_("last name"),
    "letter_field.language": N_("language"),
    "letter_field.city": N_("city"),
    "letter_field.orders": N_("number of orders"),
    "letter_field.revenue": N_("total of the orders"),
    "letter_field.first_order_at": N_("date of the first order"),
    "letter_field.last_order_at": N_("date of the last order"),
    "letter_field.days_since_last": N_("days since the last order"),
    "letter_field.last_product": N_("product bought last"),
    "letter_field.attributes": N_("other columns of the sheet"),
    "letter_field.consent_source": N_("where consent was given"),
    "letter_field.consent_at": N_("date of the consent"),
    "letter_field.unsubscribe_url": N_("link to unsubscribe"),
    "letter_field.testimonial_url": N_("link to the form for an opinion"),
    "letter_field.web_url": N_("link to the letter on the web"),
    "letter_field.contact_url": N_("link that saves our contact in a phone"),
    "letter_field.recommendations": N_("What may suit the reader"),
    "letter_field.birthday": N_("Birthday"),
    "letter_field.years_with_us": N_("Full years since the first purchase"),
    "letter_field.card_number": N_("Card number"),
    "letter_field.points": N_("Points"),
    "letter_field.points_expiring": N_("Points that expire soon"),
    "letter_field.points_expire_at": N_("Last day of those points"),
    "letter_field.tier": N_("Level in the loyalty programme"),
    "letter_field.next_tier": N_("Next level"),
    "letter_field.to_next_tier": N_("Amount up to the next level"),
    "letter_field.discount": N_("Discount, per cent"),
    "letter_field.next_discount": N_("Next discount, per cent"),
    "letter_field.to_next_discount": N_("Amount up to the next discount"),
    "letter_field.savings": N_("Saved so far"),
    "letter_field.referral_url": N_("Link for friends"),
    "reply.person": N_("answer"),
    "reply.out_of_office": N_("away from work"),
    "reply.automatic": N_("automatic answer"),
    "reply.bounce": N_("returned letter"),
    "reply.complaint": N_("complaint about spam"),
    "reply.unsubscribe": N_("wants no more letters"),
    "kind.reply": N_("answer"),
    "letter_field.signer_role": N_("Role of the signer"),
    "letter_field.hours": N_("Working hours"),
    "letter_field.reply_to": N_("Address for replies"),
    "letter_field.shop_name": N_("name of the shop"),
    "letter_field.signer": N_("who signs"),
    "letter_field.legal_name": N_("legal name"),
    "letter_field.postal_address": N_("postal address"),
    "letter_field.phone": N_("phone"),
    "letter_field.website": N_("website"),
}


def label(code: str, language: Language) -> str:
    """Return what ``code`` is called in ``language``; an unknown code shows itself."""
    text = LABELS.get(code)
    return catalogue("core", language).gettext(text) if text else code.rpartition(".")[2]
