"""Letters and readers at random, for the tests that hold one way of writing to another."""

from datetime import date

from hypothesis import strategies as st

from campaigns.errors import RenderError
from campaigns.language.people.person import read_person
from campaigns.letters.fields import Item
from campaigns.letters.render import compile_text
from campaigns.model.language import Language
from campaigns.model.money import Money
from campaigns.store.options import Brand

BRAND = Brand(
    shop_name="Նուռ", legal_name="«Նուռ» ՍՊԸ", postal_address="Երևան", reply_to="a@b.example"
)
_WORDS = (
    "Բարև", "გამარჯობა", "Hello", "~0^", "%name%", "<b>x</b>", "&amp;", "**so**", "*", "`", "1.", "- a",
    "👩‍👩‍👧", '"quoted"', "\\", "[a](https://a.example/x)", "---", "\n\n", "\n", "Bcc: x",
)  # fmt: skip
_SLOTS = (
    'given_name | default("-")', "contact | greeting", 'contact | dative | default("x")',
    'contact | vocative | default("~0^")', 'city | default(given_name) | default("-")',
    'last_product | quoted | default("-")', 'attributes.note | default("0")',
    'attributes.day | until_date | default("-")', 'revenue | default("-")',
    'revenue | from_money | default("-")', 'to_next_tier | money_in_words | default("-")',
    'last_order_at | on_date | default("-")', 'birthday | in_month | default("-")',
    'orders | counted("x"PLURAL) | default("-")', 'discount | percent_up_to | default("-")',
    'points | ordinal | default("-")', "shop_name", "shop_name | genitive", "testimonial_url",
    'tier | instrumental | default("-")',
)  # fmt: skip
_MAY_BE_EMPTY = ("city", "revenue | money", "attributes.note | quoted", "orders", "referral_url")
_ASKED = (
    "given_name", "not city", "orders > 3", 'tier == "Ոսկի"', 'tier != ""', "last_product and revenue",
    "orders or points or discount", "not (city and tier)", "contact | dative", "recommendations",
    "attributes.note", "attributes.day | until_date", "years_with_us >= 2",
)  # fmt: skip
_BLOCKS = ("statement", "products", "loyalty_card", "contact_card", "signature", "button", "offer")
_LINKED = (
    "[{{ shop_name }}](https://a.example/?q={{ city | default('~') }}&n={{ orders | default('0') }})",
    "[x]({{ testimonial_url }})",
)


_TURNS = (
    "{{% for p in recommendations %}}\n- {{{{ p.name | quoted }}}}{{% if p.price %}}, {{{{ p.price }}}}"
    "{{% endif %}} {0}\n{{% endfor %}}\n"
)
_NESTED = (
    "{{% if {0} %}}{2}{{% endif %}}",
    "{{% if {0} %}}{2}{{% else %}}{3}{{% endif %}}",
    "{{% if {0} %}}\n{2}\n{{% elif {1} %}}\n{3}\n{{% else %}}\n{2} x\n{{% endif %}}\n",
)


@st.composite
def bodies(draw, *, may_fail=False):
    """A body: words, fields, filters, ``if`` in ``if``, at most one ``for``, blocks."""
    slots = _SLOTS + (_MAY_BE_EMPTY if may_fail else ())
    atoms = (*_WORDS, *_LINKED, *map(_written, slots), *(f"\n\n{_written(b)}\n\n" for b in _BLOCKS))

    def some(depth):
        return " ".join(part(depth) for _ in range(draw(st.integers(0, 3 - depth))))

    def part(depth):
        if depth == 2 or draw(st.integers(0, 2)):
            return draw(st.sampled_from(atoms))
        asked = draw(st.sampled_from(_ASKED)), draw(st.sampled_from(_ASKED))
        return draw(st.sampled_from(_NESTED)).format(*asked, some(depth + 1), some(depth + 1))

    parts = [part(0) for _ in range(draw(st.integers(1, 6)))]
    if draw(st.booleans()):
        parts.append("\n\n" + _TURNS.format(some(2)))
    return " ".join(parts)


def _written(slot):
    return "{{ " + slot + " }}"


def compiled(body, language, *, register="neutral", design="note"):
    """Return a letter with this body; None where the two together can be no letter."""
    subject = (
        '{{ given_name | default("friend") }}, {% if orders > 2 %}~{% endif %} {{ shop_name }}'
    )
    head = [
        f"subject: {subject}", 'preheader: "{{ last_product | default(\'-\') }}"', "purpose: offers",
        f"register: {register}", "button:", "  text: Go {{ city | default('-') }}",
        "  link: https://a.example/b", "offer:", "  name: ^0`", "  now: 9 900 AMD",
        "  terms: {% if tier %}{{ tier }}{% else %}-{% endif %}",
    ]  # fmt: skip
    plural = ', "y"' if language is Language.EN else ""
    source = "\n".join(["---", *head, "---", body.replace("PLURAL", plural), ""])
    try:
        return compile_text(source, language, BRAND, design=design)
    except RenderError:  # a list inside a list, a link inside a link
        return None


STRANGE = (
    "Անի", "ნინო", "^0`", "^1`", "~0^", "%name%", "-name-", ":name", "[unsubscribe]",
    "<%asm_group_unsubscribe_raw_url%>", "{{ x }}", "{% if %}", "<b>&amp;</b>", '"\\"', "\\u003c",
    "👩‍👩‍👧", "~^|`$*!@+=;?", "0", "00", "a\r\nBcc: x", "\ue000", "\u202e", "**", "](", "\ud800",
    "</td>", "\\g<0>", "\u200f", "Ա" * 400, "<" * 900, "2026-12-31", "Ոսկի",
)  # fmt: skip
hostile = st.one_of(
    st.none(),
    st.integers(0, len(STRANGE) - 1).map(lambda number: STRANGE[number]),
    st.text("~^|`$*!@+=;?01", max_size=6),
    st.text(st.characters(exclude_categories=()), max_size=8),  # lone surrogates too
)
names = st.one_of(hostile, st.sampled_from(["Արամ", "Անի", "დავითი", "ნინო", "Ani", "Aram"]))
numbers = st.one_of(st.none(), st.integers(0, 10), st.integers(0, 10**6))
amounts = st.one_of(st.none(), st.builds(Money, st.integers(0, 10**9), st.just("AMD")))
days = st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2030, 1, 1)))
links = st.sampled_from([
    "https://a.example/u/1~x", "https://a.example/u/2~y?a=^0`&b", "https://a.example/u/3", "HTTPS://Ա.example/",
])  # fmt: skip
items = st.builds(
    Item, hostile.filter(bool), amounts, st.sampled_from([None, "https://a.example/p?a=1&b=2"])
)
people = st.fixed_dictionaries({
    "contact": st.one_of(
        st.none(), st.builds(read_person, given=names, family=names, gender=st.sampled_from("mf")),
        st.builds(read_person, names),
    ),
    "given_name": names, "family_name": names, "city": hostile, "last_product": hostile,
    "tier": hostile, "next_tier": hostile, "card_number": hostile, "consent_source": hostile,
    "orders": numbers, "points": numbers, "points_expiring": numbers, "years_with_us": numbers,
    "discount": st.one_of(st.none(), st.integers(0, 100)), "next_discount": numbers,
    "revenue": amounts, "to_next_tier": amounts, "to_next_discount": amounts, "savings": amounts,
    "consent_at": days, "last_order_at": days, "birthday": days, "points_expire_at": days,
    "attributes": st.one_of(
        st.none(), st.fixed_dictionaries({}, optional={"note": hostile, "day": hostile}),
    ),
    "recommendations": st.lists(items, max_size=3).map(tuple),
    "unsubscribe_url": links, "testimonial_url": links,
    "referral_url": st.one_of(links, st.sampled_from([None, "", "javascript:x", "x"])),
})  # fmt: skip
"""What is known of one reader: anything."""
