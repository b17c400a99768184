import pytest
import sqlalchemy as sa

from campaigns.errors import ConflictError, InputError, NotFoundError, RenderError
from campaigns.letters import library
from campaigns.model.language import Language
from campaigns.model.permission import Purpose
from campaigns.store.tables import audit

HY, EN = Language.HY, Language.EN


@pytest.fixture
def save(workspace, now):
    def save(name, texts):
        with workspace.database.begin() as connection:
            return library.save(connection, name, texts, actor="anna", now=now)

    return save


@pytest.fixture
def read(workspace):
    def read(verb, *args):
        with workspace.database.read() as connection:
            return verb(connection, *args)

    return read


def test_shipped_letters_are_there_without_a_row(read):
    letter = read(library.load, "thank_you")

    assert {"testimonial_request", "thank_you", "we_miss_you"} <= set(library.shipped())
    assert (letter.purpose, letter.shipped, set(letter.texts)) == (
        Purpose.OFFERS,
        True,
        set(Language),
    )
    assert read(library.load, "testimonial_request").purpose is Purpose.TESTIMONIALS


def test_saving_adds_a_version_and_the_newest_is_read(save, read, letter):
    assert save("spring", {HY: [letter("Բարև")], EN: [letter("One")]}) == 1
    assert save("spring", {EN: [letter("Two")]}) == 2

    kept = read(library.load, "spring")
    assert kept.texts == {EN: [letter("Two")]}
    info = read(library.names)[0]
    assert (info.name, info.version, info.languages, info.shipped) == ("spring", 2, [EN], False)
    assert [one.name for one in read(library.names)] == ["spring", *library.shipped()]


def test_saving_is_audited(save, workspace, letter):
    save("spring", {EN: [letter("One")]})
    with workspace.database.read() as connection:
        row = connection.execute(sa.select(audit)).one()
    assert (row.actor, row.verb, row.subject, row.facts["version"]) == (
        "anna",
        "letter.save",
        "letter:spring",
        1,
    )


def test_a_shipped_letter_is_not_overwritten(save, letter):
    with pytest.raises(ConflictError):
        save("thank_you", {EN: [letter("One")]})


@pytest.mark.parametrize("name", ["Գարնան նամակ", "გაზაფხული 2026", "spring-sale_2"])
def test_a_letter_may_be_named_in_any_script(save, letter, name):
    assert save(name, {EN: [letter("One")]}) == 1


@pytest.mark.parametrize("name", ["", " spring", "../x", "a/b", "a\nb", "x" * 61, "<b>"])
def test_a_name_that_is_no_name_is_refused(save, letter, name):
    with pytest.raises(InputError):
        save(name, {EN: [letter("One")]})


def test_what_cannot_be_sent_is_not_kept(save, read, letter):
    with pytest.raises(InputError):
        save("spring", {})
    with pytest.raises(RenderError) as caught:
        save("spring", {EN: [letter("{{ nme }}")]})
    assert caught.value.facts["language"] == "en"
    with pytest.raises(RenderError):
        save("spring", {HY: [letter("a")], EN: [letter("b").replace("offers", "testimonials")]})
    with pytest.raises(NotFoundError):
        read(library.load, "spring")


def test_a_letter_that_is_not_there_is_not_found(read):
    with pytest.raises(NotFoundError):
        read(library.load, "../../locales")


def test_the_list_tells_titles_and_how_many_texts_take_turns(save, read, letter):
    titled = letter("One").replace("---\n", "---\ntitle: Spring sale\nabout: In March.\n", 1)
    save("spring", {EN: [titled, letter("Two")]})

    own, *shipped = read(library.names)

    assert (own.title(EN), own.title(HY), own.texts) == ("Spring sale · spring", "spring", 2)
    assert own.abouts[EN] == "In March."
    assert all(one.title(language) != one.name for one in shipped for language in Language)


def test_versions_are_listed_with_their_authors_the_newest_first(save, read, letter, now):
    save("spring", {HY: [letter("Մեկ")], EN: [letter("One"), letter("Two")]})
    save("spring", {EN: [letter("Three")]})

    newest, first = read(library.versions, "spring")

    assert (newest.version, newest.languages, newest.texts) == (2, [EN], 1)
    assert (first.version, first.languages, first.texts) == (1, [HY, EN], 2)
    assert (first.created_by, first.created_at) == ("anna", now)
    assert read(library.versions, "thank_you") == []
