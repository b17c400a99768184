import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from campaigns.errors import InputError
from campaigns.store.files import FileStore
from campaigns.store.pictures import MAX_BYTES, MAX_SIDE, find_picture, keep_picture, rebased

SITE = "https://letters.nur.example"


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path)


def drawn(kind, size=(40, 20), mode="RGB", **options):
    written = io.BytesIO()
    Image.new(mode, size, (200, 30, 30, 0)[: len(mode)]).save(written, kind, **options)
    return written.getvalue()


def size_of(path):
    return Image.open(io.BytesIO(path.read_bytes())).size


def kept(files, content):
    address = keep_picture(files, content, SITE)
    return find_picture(files, address.rpartition("/")[2])


@pytest.mark.parametrize(
    ("kind", "mode", "ending"),
    [("PNG", "RGBA", ".png"), ("PNG", "RGB", ".png"), ("JPEG", "RGB", ".jpg"), ("WEBP", "RGB", ".png"),
     ("WEBP", "RGBA", ".png")],
)  # fmt: skip
def test_a_picture_is_kept_as_a_kind_that_every_mail_client_shows(files, kind, mode, ending):
    path = kept(files, drawn(kind, mode=mode))

    assert path.suffix == ending
    assert size_of(path) == (40, 20)


def test_nothing_but_the_points_of_a_picture_survives(files):
    notes = PngInfo()
    notes.add_text("where", "Abovyan 12")
    spoken = drawn("PNG", mode="RGBA", pnginfo=notes) + b"<script>alert(1)</script>"
    exif = Image.Exif()
    exif[0x010E] = "Abovyan 12"
    exif[0x0112] = 6  # lies on its side

    for content, size in ((spoken, (40, 20)), (drawn("JPEG", exif=exif), (20, 40))):
        path = kept(files, content)
        assert b"Abovyan" not in path.read_bytes()
        assert b"script" not in path.read_bytes()
        assert size_of(path) == size


@pytest.mark.parametrize("ink", [(20, 20, 20, 255), (250, 250, 250, 255)])
def test_a_transparent_logo_gets_a_ground_on_which_it_is_seen(files, ink):
    logo = Image.new("RGBA", (40, 20))
    logo.paste(ink, (10, 5, 30, 15))
    written = io.BytesIO()
    logo.save(written, "PNG")

    with Image.open(io.BytesIO(kept(files, written.getvalue()).read_bytes())) as shown:
        assert shown.mode == "RGB"
        assert abs(shown.getpixel((0, 0))[0] - shown.getpixel((20, 10))[0]) > 180


def test_what_is_as_large_as_a_photograph_becomes_one(files):
    noise = Image.effect_noise((600, 600), 90)
    written = io.BytesIO()
    noise.save(written, "PNG")
    assert kept(files, written.getvalue()).suffix == ".jpg"


def test_a_large_picture_is_made_smaller(files):
    assert size_of(kept(files, drawn("PNG", (3_000, 300)))) == (MAX_SIDE, 120)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "picture.kind"),
        (b"", "picture.kind"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "picture.kind"),
        (drawn("PNG")[:60], "picture.kind"),
        (drawn("GIF"), "picture.kind"),
        (b"\0" * (MAX_BYTES + 1), "picture.size"),
        (drawn("PNG", (9_000, 9_000), "1"), "picture.size"),
    ],
)
def test_what_is_no_usable_picture_is_refused(files, content, code):
    with pytest.raises(InputError) as caught:
        keep_picture(files, content, SITE)
    assert caught.value.code == code
    assert not list(files.root.rglob("*.*"))


@pytest.mark.parametrize(
    "name", ["../secret.key", "..%2fsecret.key", "a.png", "0" * 64 + ".svg", ""]
)
def test_no_other_name_leads_to_a_file(files, name):
    (files.root / "secret.key").write_text("x")
    assert find_picture(files, name) is None


def test_an_uploaded_picture_follows_the_shop_to_its_new_address(files):
    address = keep_picture(files, drawn("PNG"), "http://127.0.0.1:8600")

    assert rebased(address, SITE).startswith(f"{SITE}/pictures/")
    assert rebased("https://cdn.example/logo.png", SITE) == "https://cdn.example/logo.png"
