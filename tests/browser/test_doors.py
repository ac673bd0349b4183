"""Are requests that bypass the pages kept within the limits, and does a page run only its own scripts?"""

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Page, Response

from dashboard.ui.server.headers import HEADERS
from dashboard.ui.server.limits import MOST_OF_SESSION
from tests.browser.conftest import Visitor, words
from tests.browser.test_visits import address
from tests.long.doors import XSRF

FILE = b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n%s\r\n--x--\r\n'
PIECE = b"x" * 1_000_000
LARGE = FILE % (PIECE * 45)


@pytest.fixture
def uploads(visitor: Visitor, server: str) -> str:
    """Return the address a visitor's page uploads to, after one small file was uploaded."""
    page = visitor.open(address(server, "collect"))
    with page.expect_response(lambda answer: answer.request.method == "PUT") as came:
        page.locator("input[type=file]").set_input_files(
            files=[FilePayload(name="a.csv", mimeType="text/csv", buffer=b"round,operation\n")]
        )
    assert came.value.status == 204
    return came.value.url.rpartition("/")[0]


def send(to: str, method: str = "PUT", body: bytes | Iterator[bytes] = b"") -> tuple[int, str]:
    """Send a file as a program would; return the status, 0 if the connection was cut off, and the answer."""
    place = urlsplit(to)
    connection = HTTPConnection(str(place.hostname), place.port, timeout=60)
    headers = {
        "cookie": f"_streamlit_xsrf={XSRF}", "x-xsrftoken": XSRF, "content-type": "multipart/form-data; boundary=x",
    }  # fmt: skip
    try:
        connection.request(method, place.path, body, headers, encode_chunked=not isinstance(body, bytes))
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (BrokenPipeError, ConnectionResetError):
        return 0, ""
    finally:
        connection.close()


def test_a_session_holds_so_much_and_a_file_that_goes_frees_its_share(uploads: str) -> None:
    fit = MOST_OF_SESSION // len(LARGE)
    assert [send(f"{uploads}/{number}", body=LARGE)[0] for number in range(fit)] == [204] * fit
    status, said = send(f"{uploads}/more", body=LARGE)
    assert (status, said) in ((413, words("door.too_much")), (0, ""))
    assert send(f"{uploads}/0", "DELETE")[0] == 204
    assert send(f"{uploads}/more", body=LARGE)[0] == 204
    for name in (*range(fit), "more"):
        send(f"{uploads}/{name}", "DELETE")


def test_what_never_ends_is_cut_off_while_it_arrives(uploads: str) -> None:
    sent = []

    def endless() -> Iterator[bytes]:
        yield FILE.partition(b"%s")[0]
        for number in range(2000):
            sent.append(number)
            yield PIECE

    assert send(f"{uploads}/endless", body=endless())[0] in (413, 0)
    assert 45 < len(sent) < 200


def test_of_an_upload_for_nobody_nothing_is_read(server: str) -> None:
    status, said = send(f"{server}/_stcore/upload_file/nobody/1", body=LARGE)
    assert (status, "Invalid session_id" in said) in ((400, True), (0, False))


def test_every_answer_has_the_headers_and_a_page_runs_no_script_that_was_written_into_it(
    visitor: Visitor, server: str
) -> None:
    answers: list[Response] = []
    visitor.heed("response", lambda answer: answers.append(answer))
    page = visitor.open(address(server, "heatmap"))
    assert len(answers) > 20
    assert [answer.url for answer in answers if not answer.headers.items() >= HEADERS.items()] == []
    assert [answer.url for answer in answers if answer.status >= 400] == [], "a page is told where its server is"
    assert _refused(
        page, "const s = document.createElement('script'); s.text = 'window.ran = true'; document.body.append(s)"
    )
    assert _refused(page, "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = true\">')")
    assert page.evaluate("() => window.ran") is None
    visitor.wrong.clear()


def _refused(page: Page, script: str) -> bool:
    """Whether the browser refuses what this script adds to the page."""
    with page.expect_console_message(lambda message: bool(re.search("Content Security Policy", message.text))):
        page.evaluate(f"() => {{ {script} }}")
    return True
