"""Every error that is raised on purpose, and the English text of each code.

CampaignsError
├── SettingsError     the process is configured wrongly; fix the environment
├── InputError        a person gave us something we cannot use; show it to them
├── NotFoundError     the thing named does not exist
├── ConflictError     the thing moved on since it was read; read it again
├── NotAllowedError   consent, suppression or a missing precondition forbids it; never retry
├── RenderError       a letter and its data do not fit together; nothing is sent
└── DeliveryError     a transport did not take a request
    ├── DeliveryRefused    … and never will
    ├── DeliveryDeferred   … yet; facts hold retry_after_s
    └── DeliveryUnknown    … or did: no answer came, so nobody knows

An error is a stable ``code`` and ``facts``. Its English text is composed from ``MESSAGES``;
``campaigns.language.explanation.explain`` gives the same in the reader's language.
Personal data never becomes a fact: a row number or an id does.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import PurePath


def N_(text: str) -> str:  # noqa: N802 - the marker that extraction looks for
    """Mark a text for the catalogues without translating it."""
    return text


FRAMES = 12
"""How many of the last calls a log shows of an error that nobody expected."""

# Shape of a text: where - what was got - what was expected - what to do.
MESSAGES: dict[str, str] = {
    "settings.unknown": N_("{name}: this setting is not known; expected one of {expected}"),
    "settings.value": N_("{name}: got {got}; expected {expected}"),
    "settings.public_bind": N_(
        "{name}: got {got}; expected 127.0.0.1, because logins do not exist yet and anyone who"
        " can reach the page could send mail"
    ),
    "suppression.address": N_(
        "address: what was given is no e-mail address; expected one such as ani@example.am"
    ),
    "suppression.no_account": N_(
        "suppressions: no SendGrid account is connected; connect one on the page Connect SendGrid,"
        " or set CAMPAIGNS_SENDGRID_API_KEY"
    ),
    "preferences.closed": N_(
        "preferences: letters to this address were stopped for another reason; expected an address"
        " that was only unsubscribed; the reader may write to the shop"
    ),
    "campaign.sandbox": N_(
        "campaign {name}: it is set to be checked by SendGrid only; expected a campaign that is to be"
        " sent; check it, or switch the sandbox off and send it"
    ),
    "campaign.sendgrid_only": N_(
        "campaign {name}: it leaves by {got}; expected sendgrid, since only SendGrid can take"
        " requests back or check them without sending; choose otherwise"
    ),
    "transport.sandbox_ignored": N_(
        "SendGrid answered 202 to a request that it was only to check; expected 200; letters may have"
        " left: look at the activity of the account before anything else is done"
    ),
    "store.pending": N_(
        "the database is at revision {got}, the program expects {expected}; run: campaigns upgrade"
    ),
    "store.newer": N_(
        "the database is at revision {got}, which this version does not know; install the newer"
        " version of Campaigns"
    ),
    "store.unreachable": N_(
        "CAMPAIGNS_DATABASE_URL: the database does not answer; please see that it runs and may be"
        " reached from here"
    ),
    "process.port": N_(
        "{name}: port {got} is taken by another program; stop it, or set {name} to a free port"
    ),
    "process.died": N_("{name}: it ended {times} times in a row; see {log} for what it says"),
    "process.silent": N_("{name}: it does not answer; see {log} for what it says"),
    "inflect.columns": N_(
        "line {line}: got {got} columns; expected {expected}, with tabs between them"
    ),
    "inflect.case": N_("line {line}: the case {got} is not known; expected one of {expected}"),
    "inflect.type": N_("line {line}: the type {got} is not known; expected one of {expected}"),
    "report.where": N_("report: say where to: --out BOOK.xlsx or --json"),
    "demo.folder": N_(
        "{name}: this folder holds something else; choose an empty one for the demo with --data"
    ),
    "demo.no_orders": N_(
        "the example workbook holds no orders; make it anew: python examples/make.py"
    ),
    "import.sheet": N_("mapping: there is no sheet {got} in the file; expected one of {expected}"),
    "not_found": N_("{kind} {name}: there is no such thing; see the list of what exists"),
    "conflict.state": N_(
        "{kind} {name}: it is {got} now, expected {expected}; reload and try again"
    ),
    "conflict.exists": N_("{kind} {name}: this name is taken; choose another name"),
    "limits.caps": N_(
        "limits: got {got}; expected at most {most} pairs of letters and days (1/1, 2/7), the days from"
        " 1 to {days} and each number of days once"
    ),
    "limits.holdout": N_("holdout: got {got} per cent; expected 0 to {most}"),
    "input.empty": N_("{field}: it is empty; please fill it in"),
    "input.too_long": N_("{field}: got {got} characters; expected at most {limit}"),
    "money.currency": N_("currency: got {got}; expected one of {expected}"),
    "money.amount": N_("amount: got {got}; expected a number such as 12500.50"),
    "rate.day": N_("day {got}: it cannot be read; write it like 01.03.2026"),
    "rate.value": N_(
        "exchange rate: got {got}; expected a number above 0 with at most 8 decimals, such as 405.5"
    ),
    "brand.line_break": N_("{field}: it holds a line break; expected one line of text"),
    "picture.kind": N_("picture: it is {got}; expected a file of one of these kinds: {expected}"),
    "picture.size": N_("picture: got {got}; expected at most {limit}; please save it smaller"),
    "brand.picture": N_("{field}: got {got}; expected an address that starts with https://"),
    "card.missing": N_("card: {field} is missing; please fill it in on the page Settings"),
    "card.no_number": N_(
        "loyalty card: this customer has no card number; add one in a sheet with a column of card"
        " numbers"
    ),
    "card.too_long": N_(
        "card: there is more to read than it has room for, even in small print; please shorten the"
        " longest names in Settings"
    ),
    "card.letters": N_(
        "card, {field}: the fonts of the cards do not have {got}; please write it without"
    ),
    "card.logo": N_(
        "logo: it cannot be used; expected a PNG or JPEG of at most 2 MB and 4,000 pixels a side"
    ),
    "token.invalid": N_("this link is not valid; please open it again from the letter"),
    "testimonial.text": N_(
        "your opinion: it has {got} characters; it may have from {least} to {most}"
    ),
    "testimonial.name": N_("your name: please give one of at most {most} characters"),
    "testimonial.rating": N_("rating: choose 1 to 5, or leave it out"),
    "testimonial.consent": N_(
        "consent: the box is not ticked; we publish your words only if you agree"
    ),
    "testimonial.closed": N_(
        "your opinion has been read by our team and can no longer be changed; you can withdraw it"
        " at any time"
    ),
    "testimonial.rewritten": N_(
        "corrected text: it differs too much from what the customer wrote; correct spelling"
        " mistakes only"
    ),
    "testimonial.changed": N_(
        "testimonial {name}: the customer has changed it since you opened it; read it again"
    ),
    "job.gave_up": N_(
        "this work was started {attempts} times and never came to an end; please ask whoever runs"
        " the program to look into its log"
    ),
    "segment.syntax": N_("rule, character {position}: got {got}; expected {expected}"),
    "segment.unfinished": N_(
        "rule: something is missing after character {position}; please finish the rule"
    ),
    "segment.character": N_(
        "rule, character {position}: got {got}, which means nothing here; please remove it"
    ),
    "segment.unclosed": N_(
        "rule: the text that begins at character {position} has no closing quotation mark;"
        " please add it"
    ),
    "segment.field": N_(
        "rule, character {position}: got {got}; expected the name of a field: {expected}"
    ),
    "segment.attribute": N_(
        "rule, character {position}: got {got}; expected the name of an attribute in quotation"
        " marks"
    ),
    "segment.whole": N_(
        "rule, character {position}: got {got}; expected a whole number, such as 3"
    ),
    "segment.whole_range": N_(
        "rule, character {position}: got {got}; expected a number up to {limit}"
    ),
    "segment.amount": N_(
        "rule, character {position}: got {got}; expected a number, such as 100000 or 49.90"
    ),
    "segment.date": N_(
        "rule, character {position}: got {got}; expected a date, such as 2026-01-31"
    ),
    "segment.text": N_("rule, character {position}: got {got}; expected a text in quotation marks"),
    "segment.language": N_(
        "rule, character {position}: got {got}; expected a language: {expected}"
    ),
    "segment.too_long": N_(
        "rule: it has {got} characters; expected at most {limit}; please make it shorter"
    ),
    "segment.too_deep": N_(
        "rule, character {position}: more than {limit} brackets stand inside one another; please"
        " simplify the rule"
    ),
    "segment.too_many": N_(
        "rule: a list has {got} values; expected at most {limit}; please split it with or"
    ),
    "letter.head": N_(
        "line {line}: the head of the letter cannot be read; expected lines such as"
        " “subject: Thank you” between two lines of ---"
    ),
    "letter.head_key": N_("line {line}: got {got} in the head; expected one of {expected}"),
    "letter.head_missing": N_("the head of the letter has no {field}; add a line “{field}: …”"),
    "letter.purpose": N_("line {line}: the purpose is {got}; expected one of {expected}"),
    "letter.priority": N_("line {line}: the priority is {got}; expected one of {expected}"),
    "letter.register": N_("line {line}: the register is {got}; expected one of {expected}"),
    "letter.character": N_("line {line}: the character {got} cannot be sent; delete it"),
    "letter.syntax": N_(
        "line {line}: a merge field or an if is not complete; check that every {{{{ has its }}}}"
        " and every {{% if %}} its {{% endif %}}"
    ),
    "letter.unknown_field": N_(
        "line {line}, column {column}: there is no field {field}; expected one of {expected}"
    ),
    "letter.unknown_filter": N_(
        "line {line}, column {column}: there is no filter {filter}; expected one of {expected}"
    ),
    "letter.filter_kind": N_(
        "line {line}, column {column}: the filter {filter} does not fit {field}; expected a field"
        " that holds: {expected}"
    ),
    "letter.counted": N_(
        "line {line}, column {column}: counted needs the noun that is counted, in English its"
        ' plural too: {{{{ orders | counted("order", "orders") }}}}'
    ),
    "letter.comparison": N_(
        "line {line}, column {column}: {field} cannot be compared like this; compare a number with"
        " a number, a text with a text in quotes"
    ),
    "letter.not_allowed": N_(
        "line {line}, column {column}: {got} is not allowed in a letter; use fields, filters and if"
    ),
    "letter.too_many_ifs": N_("the letter has too many ifs; expected at most {limit}"),
    "letter.link_start": N_(
        "line {line}: a link begins with {got}; expected https://, mailto: or a link field such as"
        " testimonial_url"
    ),
    "letter.link_value": N_("a link of this recipient is not valid; expected {expected}"),
    "letter.value_kind": N_("a value of this recipient does not fit; expected: {expected}"),
    "letter.empty": N_(
        "the field {field} is empty for this recipient; give it a default or put the sentence"
        " into an if"
    ),
    "letter.shipped": N_(
        "letter {name}: it belongs to the program and stays as it is; save your text under another"
        " name"
    ),
    "letter.taken": N_("letter {name}: there is one of this name already; choose another name"),
    "letter.newer": N_(
        "letter {name}: version {got} was saved meanwhile; compare it under Versions, then save again"
    ),
    "letter.name": N_(
        "letter name: got {got}; expected letters of any script, figures, spaces, - and _, at"
        " most 60"
    ),
    "letter.repeated": N_(
        "line {line}: “{got}” stands there hundreds of times in a row; take it out"
    ),
    "letter.too_complex": N_(
        "line {line}, column {column}: this expression has more than {limit} parts; write it shorter"
    ),
    "letter.block_line": N_(
        "line {line}: the block {got} does not stand alone; put it on a line of its own"
    ),
    "letter.block_needs": N_(
        "line {line}: the block {got} has nothing to show; fill in its lines at the top of the text"
    ),
    "letter.no_list": N_(
        "line {line}, column {column}: {got} is no list; after “in” one of these can stand:"
        " {expected}"
    ),
    "letter.offer": N_("line {line}: {field} is {got}; write it like this: {expected}"),
    "letter.origin": N_("line {line}: the origin is {got}; expected one of {expected}"),
    "letter.picture": N_(
        "line {line}: the picture {got} needs an address that starts with https:// and words for"
        " those who do not see it: ![our shop](https://…)"
    ),
    "letter.design": N_("line {line}: there is no design {got}; expected one of {expected}"),
    "letter.testimonial_gone": N_(
        "line {line}: the testimonial {got} is not published; choose another or take the block out"
    ),
    "brand.colour": N_("colour: got {got}; expected a colour such as #0f766e"),
    "letter.archive": N_(
        "the file cannot be opened; expected a .zip with the texts of one letter, or .md files"
    ),
    "letter.file_name": N_("file {got}: expected names such as hy.md, ka.md, en.md, hy.2.md"),
    "letter.file_missing": N_("the file {got} is missing; add it or renumber the others"),
    "letter.file_large": N_("file {got}: it is too large; expected at most {limit} bytes"),
    "letter.file_text": N_("file {got}: it is not text in UTF-8; save it as UTF-8"),
    "letter.files": N_("got {got} files; expected at most {limit} of one letter"),
    "letter.no_text": N_(
        "letter {name}: there is no text in it; write it in at least one language"
    ),
    "letter.purposes_differ": N_(
        "letter {name}: its texts have different purposes ({got}); expected the same in every"
        " language"
    ),
    "letter.request_differs": N_(
        "the letter as prepared in bulk differs from the letter itself ({part}, design {design});"
        " it goes out one by one"
    ),
    "proof.not_text": N_(
        "{name}: this is not a text; expected letters, catalogues or pages in UTF-8; save it as UTF-8"
    ),
    "check.may_be_empty": N_(
        'line {line}: {field} is empty for some recipients; write {{{{ {field} | default("…") }}}}'
        " or put the sentence between {{% if {field} %}} and {{% endif %}}"
    ),
    "check.ending": N_(
        "line {line}: an ending stands behind {field} and does not fit every value; use a filter"
        " that puts it into its case, such as {{{{ {field} | genitive }}}}"
    ),
    "check.example": N_(
        "line {line}: an example stands here; put your own words in the place of ⟨…⟩"
    ),
    "check.text_missing": N_(
        "text {number} is not written in this language; write it, or take it out of the others"
    ),
    "check.no_benefit": N_(
        "the letter does not say what its reader gains; fill in the line benefit and put"
        " {{{{ benefit }}}} into the text"
    ),
    "check.price_outside": N_(
        "the price {got} stands in the text without an offer; prices need conditions and a day:"
        " use the block offer"
    ),
    "check.offer_incomplete": N_("the offer lacks {field}; a complete offer has {expected}"),
    "check.offer_no_gain": N_(
        "the offer's new price is not below the old one in the same currency; correct the prices"
    ),
    "check.offer_hidden": N_(
        "the offer is filled in and not shown; put {{{{ offer }}}} on a line of its own"
    ),
    "check.three_questions": N_("{got} questions are asked; write {expected}"),
    "check.no_preheader": N_(
        "there is no preheader; write the words that an inbox shows beside the subject"
    ),
    "check.preheader_length": N_(
        "the preheader has {got} characters; between {low} and {high} can be read in an inbox"
    ),
    "check.image_address": N_("the picture's address is {got}; it must begin with https://"),
    "check.image_alt": N_(
        "the picture has no words for those who do not see it; fill in image_alt"
    ),
    "check.catalogue": N_(
        "the letter is a list of goods and says nothing personal; add a sentence to its reader"
    ),
    "check.languages_differ": N_(
        "{field} is not the same as in the text in another language ({first}); make them agree"
    ),
    "check.texts_differ": N_(
        "{field} is not the same as in the first text of the letter; make them agree"
    ),
    "check.no_phone": N_(
        "readers find no phone number; add it in the settings, so that they can call"
    ),
    "check.texts_alike": N_(
        "texts {first} and {second} are alike by {got}%, at most {limit}% is allowed; write one anew"
    ),
    "check.brand_missing": N_("the settings lack {field}; every letter must say it: fill it in"),
    "check.language_missing": N_(
        "{count} customers read this language and the letter has no text in it; write one"
    ),
    "check.nobody": N_("nobody is in the audience; choose another segment or plan again"),
    "check.unresolved": N_(
        "for {count} of the recipients {field} is not known; add a default or put it inside an if"
    ),
    "check.link_dead": N_("the link {got} does not answer; correct it"),
    "check.spam": N_("spam filters give this letter {got} points ({rules}); below 2 is good"),
    "check.no_body": N_("the letter has no text; write at least one sentence"),
    "check.testimonial_purpose": N_(
        "the letter asks for an opinion, which not all readers of offers agreed to; write purpose: testimonials in its head, or take the link out"
    ),
    "check.subject_long": N_(
        "the subject can reach {got} characters; expected at most {limit}; shorten it"
    ),
    "check.html_large": N_(
        "the letter can reach {got} bytes; expected at most {limit}, or Gmail cuts it off; shorten"
        " it"
    ),
    "check.link_not_https": N_("the link {got} is not secure; expected https://"),
    "check.button_incomplete": N_(
        "the button is not complete; give it both a text and a link in the head of the letter"
    ),
    "check.no_reply": N_(
        "the reply address is {got}; expected one that a person reads; change it in the settings"
    ),
    "mail.header": N_("{field}: it cannot stand in the head of a message; correct it"),
    "sheet.empty": N_("{file}: the file is empty; choose a file that holds a table"),
    "sheet.no_rows": N_(
        "{file}: there are headings, but no rows under them; add rows and upload the file again"
    ),
    "sheet.too_large": N_(
        "{file}: the file is {got} MB; expected at most {limit} MB; split it into several files"
    ),
    "sheet.too_many_cells": N_(
        "{file}, sheet {sheet}: it reaches over more than {limit} cells; delete what stands far"
        " below or far to the right of the table, or split it into several files"
    ),
    "sheet.bomb": N_(
        "{file}: the file unpacks to {got} MB, which no honest table does; save it anew as .xlsx and upload that"
    ),
    "sheet.not_a_workbook": N_(
        "{file}: this is not a table that we can read; expected .xlsx, .xls, .ods, .csv or .tsv; open it in your spreadsheet program and save it as .xlsx"
    ),
    "sheet.damaged": N_(
        "{file}: the file is damaged, or was not copied whole; fetch it again, or open it in your spreadsheet program and save it anew"
    ),
    "sheet.too_many_sheets": N_(
        "{file}: it has {got} sheets; expected at most {limit}; split it into several files"
    ),
    "sheet.numbers": N_(
        "{file}: this is a file of Apple Numbers; choose File, Export To, Excel there and upload what it makes"
    ),
    "sheet.shortcut": N_(
        "{file}: this is only a link to a table in Google Drive; choose File, Download, Microsoft Excel there and upload what it makes"
    ),
    "sheet.binary": N_(
        "{file}: this is a binary workbook (.xlsb); save it as .xlsx and upload that"
    ),
    "sheet.encrypted": N_(
        "{file}: the file is protected with a password; save it without a password and upload it again"
    ),
    "sheet.broken": N_(
        "{file}, sheet {sheet}: it is damaged; open the file in your spreadsheet program and save it anew"
    ),
    "sheet.text": N_(
        "{file}, row {row}: the cells cannot be told apart, a quotation mark may be missing; correct the file or save it as .xlsx"
    ),
    "sheet.encoding": N_(
        "{file}: the letters of the file cannot be read; expected UTF-8, UTF-16, Windows-1251, ARMSCII-8 or GEOSTD8; save it as .xlsx"
    ),
    "sheet.gone": N_(
        "file {file}: it is not in our store any more, or was changed there; upload it again"
    ),
    "undo.later_upload": N_(
        "upload {name}: upload {later} ({file}) came after it and tells of the same customers,"
        " orders or products; undo upload {later} first"
    ),
    "undo.letters": N_(
        "upload {name}: {number} letters are planned or sent to customers whom it brought, or on"
        " its consents, so it cannot be undone any more"
    ),
    "undo.answers": N_(
        "upload {name}: {number} customers have answered since (a consent, an unsubscribing or an"
        " opinion), so it cannot be undone any more"
    ),
    "undo.before": N_(
        "upload {name}: an earlier version stored it and kept nothing to undo it with, so it stays"
    ),
    "mapping.form": N_("the mapping cannot be read; expected JSON such as {example}"),
    "mapping.heading": N_(
        "heading {got}: the sheet has no such column; expected one of {expected}"
    ),
    "mapping.field": N_("column {heading}: got {got}; expected one of {expected}"),
    "mapping.twice": N_("{field}: two columns are said to hold it; choose one of them"),
    "mapping.key": N_("nothing tells whose rows these are; choose a column for one of {expected}"),
    "mapping.missing": N_("{field}: no column is said to hold it; choose one"),
    "campaign.transport": N_("transport: got {got}; expected one of {expected}"),
    "campaign.nobody": N_(
        "campaign {name}: nobody in the segment may be written to; see who was left out and why, then change the segment and plan again"
    ),
    "campaign.languages_missing": N_(
        "campaign {name}: the letter has no text for readers of {languages}; add the text or narrow the segment, then plan again"
    ),
    "campaign.brand_missing": N_(
        "the sender is not complete: {fields}; the law demands this in every letter; please complete it in the settings"
    ),
    "campaign.sender_address": N_(
        "{field}: this is no e-mail address that every provider takes; correct it in the settings"
    ),
    "campaign.letter_error": N_(
        "letter {name}, {language}, line {line}: there is an error in the text; correct it and plan again"
    ),
    "campaign.letter_error_whole": N_(
        "letter {name}, {language}: there is an error in the text as a whole, see its remarks; correct it and plan again"
    ),
    "campaign.transport_settings": N_(
        "campaign {name}: {settings} is not set; set it, start the program again and approve once more, or send into the outbox folder"
    ),
    "campaign.public_url": N_(
        "campaign {name}: readers need a public address for the links in the letter; set CAMPAIGNS_PUBLIC_URL to one that starts with https://"
    ),
    "campaign.unreachable": N_(
        "campaign {name}: {url} does not answer as this program; check that the web process runs and that the address leads to it"
    ),
    "campaign.sendgrid_missing": N_(
        "campaign {name}: no SendGrid account is connected; do it on the page “Connect SendGrid”, then approve once more"
    ),
    "campaign.sendgrid_key": N_(
        "campaign {name}: SendGrid does not know the key; make a new one there, enter it on the page “Connect SendGrid” and approve once more"
    ),
    "campaign.sendgrid_scope": N_(
        "campaign {name}: the SendGrid key may not send; give it the permission “Mail Send” in SendGrid, then approve once more"
    ),
    "campaign.sendgrid_unreachable": N_(
        "campaign {name}: {host} does not answer as SendGrid ({reason}); check the connection and the region on the page “Connect SendGrid”, then approve once more"
    ),
    "campaign.trial": N_(
        "campaign {name}: nothing has been sent by this SendGrid account yet; send one letter to yourself on the page “Connect SendGrid”, then approve once more"
    ),
    "secret.characters": N_(
        "the key: it holds characters that no key has; copy it again, without spaces and line breaks"
    ),
    "secret.unopened": N_(
        "a key that was entered here can no longer be opened, because the signing key has changed; restore CAMPAIGNS_SECRET_KEY or the file secret.key, or enter the key again"
    ),
    "connect.host": N_("region: got {got}; expected one of {expected}"),
    "connect.webhook_key": N_(
        "verification key: this is not one; copy the whole text under “Verification Key” in SendGrid"
    ),
    "connect.fixed": N_(
        "the SendGrid key is set by CAMPAIGNS_SENDGRID_API_KEY; whoever runs the program can change it there"
    ),
    "sendgrid.missing": N_("no SendGrid account is connected; enter its key first"),
    "sendgrid.key": N_(
        "SendGrid does not know this key; copy it again, or make a new one under Settings → API Keys, and check the region"
    ),
    "sendgrid.scope": N_(
        "SendGrid knows this key, but it may not send; under Settings → API Keys give it “Mail Send”, or make a key with “Full Access”"
    ),
    "sendgrid.forbidden": N_(
        "the SendGrid key has no right to that; give it the right under Settings → API Keys, or do the step by hand"
    ),
    "sendgrid.region": N_(
        "this SendGrid account belongs to the other region; choose that one and try again"
    ),
    "sendgrid.refused": N_("SendGrid refused it ({status}): {reason}"),
    "sendgrid.unreachable": N_(
        "{host} does not answer as SendGrid ({reason}); check the connection and try again in a minute"
    ),
    "deliverability.mail": N_(
        "the file: this is no mail; expected one as your mail program saves it (.eml)"
    ),
    "trial.address": N_(
        "this is no e-mail address that every provider takes; correct it, for example name@shop.am"
    ),
    "trial.not_own": N_(
        "a trial letter goes only to your own mailbox; confirm that this address is yours"
    ),
    "trial.suppressed": N_(
        "this address asked for no letters, or does not work, so nothing goes there; choose another mailbox of yours"
    ),
    "trial.limit": N_(
        "{count} trial letters went out within a day, and {limit} are allowed; try again tomorrow, or read the letters in the folder"
    ),
    "trial.language": N_(
        "letter {name}: it has no text for readers of {language}; choose another language"
    ),
    "trial.brand": N_(
        "a letter needs a sender: {fields}; please complete it in the settings, then try again"
    ),
    "campaign.unexpected": N_(
        "sending stopped because of a fault on our side, which is in the log; nobody gets the letter twice; please ask whoever runs the program, then resume"
    ),
    "campaign.restored": N_(
        "the database was put back from a backup, so nobody knows who got this letter since then; wait for the provider's reports, then resume and decide about the rest"
    ),
    "campaign.stale": N_(
        "it should have left on {at} and nobody sent it; send it now or choose another time"
    ),
    "schedule.hours": N_("hours: got {got}; expected hours of a day, such as 9–20"),
    "schedule.weekdays": N_("days: got {got}; expected days of the week as 12345, Monday is 1"),
    "schedule.moment": N_(
        "{field}: got {got}; expected a local day and time such as 2026-12-01T10:00"
    ),
    "schedule.past": N_("{field}: {got} is past; choose a later time"),
    "schedule.deadline": N_(
        "the deadline {got} is not after the time at which letters leave; choose a later one"
    ),
    "schedule.nobody": N_(
        "no hour is left in which anybody may be written to before the deadline; choose a later"
        " deadline or a wider window"
    ),
    "message.denied": N_(
        "not written to ({reason}): this was found out at the last check before sending"
    ),
    "transport.outbox": N_(
        "the outbox folder cannot be written to: {reason}; make room or correct the permissions, then resume"
    ),
    "transport.unreachable": N_(
        "the mail provider cannot be reached ({reason}); it is tried again by itself"
    ),
    "transport.no_answer": N_(
        "no answer came from the mail provider ({reason}); nobody knows yet whether the letter left"
    ),
    "transport.smtp_refused": N_(
        "the mail server takes nothing from us: {reason}; check the SMTP settings, then resume"
    ),
    "transport.refused": N_("the mail provider refused it: {reason}"),
    "transport.bad_address": N_(
        "the mail provider takes the address for a wrong one; correct it in the spreadsheet and upload it again"
    ),
    "transport.deferred": N_(
        "the mailbox takes nothing now: {reason}; it is tried again by itself"
    ),
    "transport.rate_limit": N_(
        "the mail provider asks for patience: {reason}; sending goes on by itself"
    ),
    "transport.not_allowed": N_(
        "the mail provider does not allow it: {reason}; check the key and the account, then resume"
    ),
    "transport.provider_error": N_(
        "the mail provider answered with fault {status}; nobody knows yet whether the letter left"
    ),
    "transport.strange_answer": N_(
        "the mail provider answered {status}, which it never should; check the address of the provider, then resume"
    ),
    "events.unreadable": N_(
        "provider events: this cannot be read; expected a JSON list of events; it is kept as it came"
    ),
    "replies.unreadable": N_(
        "mail: this cannot be read; expected a mail (.eml), a file of mails (mbox) or a folder of them (maildir)"
    ),
    "mailbox.unreachable": N_(
        "mailbox: it does not answer ({reason}); check CAMPAIGNS_MAILBOX_URL; it is tried again every minute"
    ),
    "mailbox.refused": N_(
        "mailbox: it does not let us in or has no such folder; check CAMPAIGNS_MAILBOX_URL"
    ),
    "unexpected": N_(
        "something went wrong on our side and it has been written to the log as {reference};"
        " nothing was lost, please try again"
    ),
}


class CampaignsError(Exception):
    """Never raised itself. ``code`` names the message, ``facts`` fill its places."""

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts: Mapping[str, object] = facts

    def __str__(self) -> str:
        return MESSAGES.get(self.code, self.code).format_map(_Shown(self.facts))

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, dict(self.facts)))


class SettingsError(CampaignsError):
    """The process is configured wrongly."""


class InputError(CampaignsError):
    """A person gave us something we cannot use."""


class NotFoundError(CampaignsError):
    """The thing named does not exist."""


class ConflictError(CampaignsError):
    """The thing has moved on since it was read."""


class NotAllowedError(CampaignsError):
    """Consent, suppression or a missing precondition forbids it."""


class RenderError(CampaignsError):
    """A letter and its data do not fit together."""


class DeliveryError(CampaignsError):
    """A transport did not take a request."""


class DeliveryRefused(DeliveryError):
    """The provider refuses, and always will."""


class DeliveryDeferred(DeliveryError):
    """The provider asks to come back later: ``facts['retry_after_s']``."""


class DeliveryUnknown(DeliveryError):
    """The request may or may not have been accepted."""


def whereabouts(error: BaseException) -> str:
    """Return an error's type and the way to it, for a log: without its text.

    The text of a database error quotes the values of its statement, which are personal data.
    """
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    way = " > ".join(f"{PurePath(f.filename).name}:{f.lineno}:{f.name}" for f in frames)
    return f"{type(error).__name__} at {way}"


class _Shown(dict[str, object]):
    """Facts that show a missing place by its name instead of failing."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _rebuild(kind: type[CampaignsError], code: str, facts: dict[str, object]) -> CampaignsError:
    return kind(code, **facts)
