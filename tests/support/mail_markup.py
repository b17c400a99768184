"""Reads a letter's HTML as strictly as the strictest mail client, and tells what is wrong."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from campaigns.letters.look import READABLE, contrast

VOID = {"img", "br", "hr", "meta", "link"}
FORBIDDEN = re.compile(
    r"position:|float:|display:\s*(?:flex|grid)|text-transform|@import|@font-face|expression\("
    r"|javascript:|<script|<form|<iframe|<svg|<link|http://(?!www\.w3\.org)",
    re.IGNORECASE,
)
SMALLEST = 14
_COLOUR = r"(#[0-9a-f]{6})(?=;|$|\s)"


@dataclass(frozen=True)
class Place:
    """An open element, and how words in it look."""

    tag: str
    colour: str
    ground: str
    size: int


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.faults = []
        self.open = [Place("", "#000000", "#ffffff", 16)]
        self.ids = []
        self.tags = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.faults += list(_faults(tag, given))
        if tag not in VOID:
            self.open.append(_place(tag, given, self.open[-1]))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.faults.append(f"<{tag}/> closes itself")

    def handle_endtag(self, tag):
        if self.open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes <{self.open[-1].tag}>")
        self.open.pop()

    def handle_data(self, data):
        place = self.open[-1]
        if not data.strip() or place.tag in ("style", "title", "xml"):
            return
        if place.size < SMALLEST:
            self.faults.append(f"{place.size} px: {data.strip()[:30]}")
        if contrast(place.colour, place.ground) < READABLE:
            self.faults.append(f"{place.colour} on {place.ground}: {data.strip()[:30]}")


def faults(html):
    """Return what is wrong with a letter's HTML."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    found = reader.faults + FORBIDDEN.findall(html)
    found += [f"<{one.tag}> stays open" for one in reader.open[1:]]
    found += [f"id {one} twice" for one in set(reader.ids) if reader.ids.count(one) > 1]
    return found + (["two h1"] if reader.tags.count("h1") > 1 else [])


def _faults(tag, given):
    if tag == "img" and ("alt" not in given or not given.get("width", "").isdecimal()):
        yield f"img without alt or width: {given.get('src')}"
    if tag == "table" and given.get("role") != "presentation":
        yield "a table that screen readers would read as one"
    if tag == "html" and not given.get("lang"):
        yield "no lang"
    if tag == "a" and not re.match("https://|mailto:|tel:", given.get("href", "")):
        yield f"a link to {given.get('href')}"


def _place(tag, given, around):
    style = given.get("style", "").replace(" ", "")
    colour = re.search(rf"(?:^|;)color:{_COLOUR}", style)
    ground = re.search(rf"background(?:-color)?:{_COLOUR}", style)
    size = re.search(r"font-size:(\d+)px", style)
    return Place(
        tag,
        colour[1] if colour else around.colour,
        ground[1] if ground else given.get("bgcolor") or around.ground,
        int(size[1]) if size else around.size,
    )
