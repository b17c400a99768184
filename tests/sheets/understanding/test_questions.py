import pytest

from campaigns.sheets.understanding.fields import SheetKind
from campaigns.sheets.understanding.headings import matches, tokens
from campaigns.sheets.understanding.questions import asks_for_letters
from campaigns.sheets.understanding.recognise import guess
from tests.support.grids import lines, sheet_of

ASKING = [
    "Համաձա՞յն եք ստանալ մեր նորությունները էլ․ փոստով", "Ցանկանո՞ւմ եք ստանալ մեր առաջարկները",
    "თანახმა ხართ მიიღოთ სიახლეები ელფოსტით?", "გსურთ მიიღოთ სიახლეები ელ. ფოსტით?",
    "Согласны ли вы получать наши новости по электронной почте?", "Хотите получать рассылку?",
    "Would you like to receive our newsletter?", "I agree to receive marketing emails",
]  # fmt: skip
OTHERS = [
    "Չե՞ք ցանկանում ստանալ նամակներ", "Համաձայն չեմ ստանալ նամակներ", "არ მსურს წერილების მიღება",
    "Не хочу получать рассылку", "Хотите отказаться от получения писем?", "I do not want to receive emails",
    "Согласие на получение SMS рассылки", "Ցանկանո՞ւմ եք ստանալ առաջարկներ SMS-ով",
    "Do you agree to get our news and to our terms?", "გსურთ მიიღოთ შეთავაზებები ტელეფონით?",
    "Согласен на обработку персональных данных и получение писем", "Unsubscribed from newsletter",
    "How often do you want to receive our newsletter?", "Opted out of receiving email", "",
]  # fmt: skip


@pytest.mark.parametrize("heading", ASKING)
def test_a_question_whether_letters_may_be_sent_is_one_of_consent(heading):
    assert asks_for_letters(tokens(heading))
    assert [match.field for match in matches(heading, SheetKind.CONTACTS)] == ["consent"]


@pytest.mark.parametrize("heading", OTHERS)
def test_a_question_of_another_matter_or_the_other_way_round_is_none(heading):
    assert not asks_for_letters(tokens(heading))
    assert "consent" not in {match.field for match in matches(heading, SheetKind.CONTACTS)}


def test_answers_to_a_question_must_say_yes_or_no():
    heading = ASKING[2]

    def meant(*cells):
        rows = [f"{'abc'[place]}@x.ge;{cell}" for place, cell in enumerate(cells)]
        text = "\n".join([f"Email;{heading}", *rows])
        return guess(sheet_of(*lines(text, ";"))).mapping.columns[heading]

    assert meant("კი", "არა", "კი, თანახმა ვარ") == "consent"
    assert meant("ფეისბუქი", "მეგობრები", "რეკლამა") == "attribute"
