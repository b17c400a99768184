import io

from PIL import Image

from campaigns.store.pictures import keep_picture


def test_an_uploaded_picture_is_served_for_ever_and_nothing_else_is(client, workspace):
    written = io.BytesIO()
    Image.new("RGB", (4, 4)).save(written, "PNG")
    address = keep_picture(workspace.files, written.getvalue(), "")

    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/png"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    for path in (
        "/pictures/..%2f..%2fsecret.key",
        "/pictures/x.png",
        "/pictures/",
        address[:-3] + "jpg",
    ):
        assert client.get(path).status_code == 404
