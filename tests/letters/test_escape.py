import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.letters.escape import Context, are_plain_links, clean

LINKS = st.one_of(
    st.from_regex(r"\Ahttps?://a\.example/[A-Za-z0-9/._~=?-]{0,6}\Z"),
    st.text("https://a.example/&<'\n \u200f", max_size=30),
    st.sampled_from(["https://a.example/", "https://b.example/x", "https://a.example/x\n", "", "javascript:x"]),
    st.none(),
)  # fmt: skip


@settings(max_examples=30)
@given(st.lists(LINKS, max_size=4))
def test_links_that_are_called_plain_stand_everywhere_as_they_are(links):
    if are_plain_links(links):
        everywhere = set(Context) - {Context.PART}
        assert all(context.write(link) == link for link in links for context in everywhere)


def test_links_of_ours_are_plain():
    assert are_plain_links([f"https://a.example/u/1~{n}_x-y" for n in range(3)])
    assert not are_plain_links(["https://a.example/u/1", "https://b.example/u/1"])


@pytest.mark.parametrize(
    "value", ["<%asm_group_unsubscribe_raw_url%>", "[Unsubscribe]", "a %open-track%"]
)
def test_a_value_never_holds_a_tag_of_the_provider(value):
    written = clean(value)

    assert value.lower() not in written.lower()
    assert written.replace(" ", "") == value.replace(" ", "")
    assert clean(written) == written
