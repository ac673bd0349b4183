"""Is it said truly who can open an address that is handed on?"""

import pytest

from dashboard.ui.frame.share import who_opens


@pytest.mark.parametrize(
    ("url", "guarded", "key"),
    [
        ("http://localhost:8501/heatmap?country=GHA", False, "share.link_here"),
        ("http://127.0.0.1:8501", True, "share.link_here"),
        ("https://[::1]:8501/", False, "share.link_here"),
        ("http://192.168.1.20:8501/heatmap", False, "share.link_help"),
        ("http://192.168.1.20:8501/heatmap", True, "share.link_room"),
        ("https://rights.example.org/?next=http://localhost/", False, "share.link_help"),
        ("", False, "share.link_help"),
    ],
)
def test_an_address_of_this_machine_of_a_room_and_of_a_server_are_told_apart(url: str, guarded: bool, key: str) -> None:
    assert who_opens(url, guarded) == key
