import os
import shutil

import hypothesis
import pytest

# Set by .ci/run: there, what is missing is a failure, because nobody would notice a skip.
IN_CI = os.environ.get("CI") == "true"

# A build must not depend on luck: CI tries the same examples each time, everybody else new ones.
hypothesis.settings.register_profile("ci", derandomize=True, print_blob=True)
if IN_CI:
    hypothesis.settings.load_profile("ci")

CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # A test browser talks to the test server and to nobody else.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def empty_cache():
    """Keep what one test stored from the next: databases are rolled back, caches are not."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium, as installed on the machine (Debian and Ubuntu: `apt install chromium`)."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        reason = "Chromium is not installed, so nothing was tried in a browser."
        pytest.fail(reason) if IN_CI else pytest.skip(reason)

    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, at which Django refuses the ORM. Nothing here is async.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def page(browser):
    """A fresh tab at desktop width, which fails the test when the page's own script fails or is refused."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    problems = []

    def note(message):
        # Chromium asks each host for this by itself.
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            problems.append(message.text)

    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on("console", note)

    yield tab

    context.close()
    assert problems == []
