"""Rich text: what is harmful never gets in, what is good comes through as it was."""

import time
from html.parser import HTMLParser

import pytest
from django.forms import modelform_factory
from hypothesis import given, settings
from hypothesis import strategies as st

from publications.parsing_cost import costs_too_much
from publications.richtext import ATTRIBUTES, TAGS, clean, to_text
from roles.models import Question, SectionItem
from tests.factories_editing import SectionItemFactory

# What an attacker would try. Most of it follows lists that are public, such as OWASP's.
HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script\x00>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror='alert(1)'//",
    "<p onclick=alert(1) onmouseover='alert(2)' style='background:url(javascript:alert(3))'>x</p>",
    "<body onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' \t javascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java&#9;script:alert(1)'>x</a>",
    "<a href='java&#1;script:alert(1)'>x</a>",
    "<a href='&#1;javascript:alert(1)'>x</a>",
    "<a href='java\x00script:alert(1)'>x</a>",
    "<a href='&#x6A;&#x61;vascript&colon;alert(1)'>x</a>",
    "<a href='&#106avascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='feed:javascript:alert(1)'>x</a>",
    "<svg onload=alert(1)><p>x</p></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><a xlink:href='javascript:alert(1)'>x</a></math>",
    "<style>@import 'http://evil.example/x.css';</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='javascript:alert(1)//'>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(2)'>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>x</p></noscript>",
    "<template><img src=x onerror=alert(1)></template>",
    "<title><img src=x onerror=alert(1)></title>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<listing>&lt;img onerror=alert(1) src=x&gt;</listing>",
    "<!--<img src=x onerror=alert(1)>-->",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><img src=x onerror=alert(1)>",
    "<p title='\"><img src=x onerror=alert(1)>'>x</p>",
    "<a title='<b onmouseover=alert(1)>' href='https://example.org/'>x</a>",
    "<abbr title='--><script>alert(1)</script>'>x</abbr>",
    "<<b>img src=x onerror=alert(1)>",
    "<b<i>img src=x onerror=alert(1)>",
    "<i<img/src=x onerror=alert(1)>",
    "<h1onclick=alert(1)>x",
    "<b/onclick=alert(1)>x</b/>",
    "<button><p>x<button onclick=alert(1)><p>y",
    "<table><td><a href='javascript:alert(1)'><table><img src=x onerror=alert(1)>",
    "<p class='admin' id='content' name='body' slot='x' is='x-y'>x</p>",
    "<x-evil onclick=alert(1)>x</x-evil>",
    "\ud800<script>alert(1)</script>",
]


class Tags(HTMLParser):
    """Reads markup as simply as can be, and notes what is not in the subset."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.problems = []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.problems.append(tag)
        allowed = ATTRIBUTES.get(tag, set()) | ATTRIBUTES["*"] | ({"rel"} if tag == "a" else set())
        self.problems += [f"{tag} {name}" for name, _ in attrs if name not in allowed]
        address = dict(attrs).get("href") or ""
        if ":" in address and not address.startswith(("https:", "http:", "mailto:", "tel:")):
            self.problems.append(address)

    def handle_comment(self, data):
        self.problems.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def harmful(markup):
    tags = Tags()
    tags.feed(markup)
    tags.close()
    return tags.problems


@pytest.mark.parametrize("markup", HOSTILE)
def test_clean_leaves_nothing_harmful(markup):
    cleaned = clean(markup)

    assert harmful(cleaned) == []
    assert clean(cleaned) == cleaned


def save(item, markup):
    item.text = markup
    item.save()


def save_one_column(item, markup):
    item.text = markup
    item.save(update_fields=["text"])


def bulk_create(item, markup):
    profile = item.profile
    item.delete()
    SectionItem.objects.bulk_create([SectionItem(profile=profile, text=markup)])


def bulk_update(item, markup):
    item.text = markup
    SectionItem.objects.bulk_update([item], ["text"])


def queryset_update(item, markup):
    SectionItem.objects.filter(pk=item.pk).update(text=markup)


def update_or_create(item, markup):
    SectionItem.objects.update_or_create(pk=item.pk, defaults={"text": markup})


def submit_form(item, markup):
    form = modelform_factory(SectionItem, fields=["text"])({"text": markup}, instance=item)
    assert form.is_valid()
    form.save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [save, save_one_column, bulk_create, bulk_update, queryset_update, update_or_create, submit_form],
)
def test_field_cleans_on_every_way_in(write):
    # All in one text, less what a request cannot hold: a form refuses NUL, and UTF-8 half a character.
    markup = "".join(HOSTILE).replace("\x00", "").replace("\ud800", "")

    write(SectionItemFactory(), f"<p>before</p>{markup}")

    stored = SectionItem.objects.get().text
    assert stored.startswith("<p>before</p>")
    assert harmful(stored) == []
    assert stored == clean(stored)


@pytest.mark.django_db
@pytest.mark.parametrize("markup", HOSTILE)
def test_field_takes_hostile_text_without_an_error(markup):
    item = SectionItemFactory(text=markup)

    assert item.text == SectionItem.objects.get().text == clean(markup)


@pytest.mark.django_db
def test_record_in_memory_says_what_is_stored():
    item = SectionItemFactory()

    item.text = "<b>x</b><script>alert(1)</script>"
    item.save()

    assert item.text == "<strong>x</strong>"


@pytest.mark.django_db
def test_field_is_found_by_what_was_typed():
    SectionItemFactory(text="R&D in <b>Leeds</b>")

    assert SectionItem.objects.filter(text="R&D in <b>Leeds</b>").exists()


def test_field_which_must_be_filled_refuses_markup_without_text():
    form_class = modelform_factory(Question, fields=["question"])

    assert form_class({"question": "<p></p>"}).errors["question"] == ["This field cannot be blank."]
    assert form_class({"question": "<p>Why?</p>"}).is_valid()


GOOD = [
    "",
    "Plain text, “curly quotes”, an en dash – and an ellipsis…",
    "Emoji: 🚀 👩‍💻 🇬🇧",
    "Привет, 世界, مرحبا",
    "A no-break\xa0space and a thin\u202fone",
    "Two\nlines",
    "R&amp;D &gt; 5 &lt; 6",
    "<p>One.</p><p>Two.</p>",
    "<p>One.</p>\n\n<p>Two.</p>\n",
    "<p><strong>Bold</strong>, <em>stressed</em>, <s>struck</s>, H<sub>2</sub>O, m<sup>2</sup></p>",
    "<p><code>if a &lt; b &amp;&amp; c: __slots__ = ()</code></p>",
    "<pre><code>def f():\n    return {'a': \"b\"}\n\n\tx\n</code></pre>",
    "<pre>\n\nafter a blank line</pre>",
    "<p>Press <kbd>Ctrl</kbd>+<kbd>C</kbd>, then line<br>break</p>",
    '<p><abbr title="Application programming interface">API</abbr></p>',
    '<p lang="fr" dir="ltr">Développeur</p>',
    '<p><em lang="la">et cetera</em></p>',
    '<p><a href="https://example.org/?a=1&amp;b=2#c" title="An example" rel="noopener noreferrer">here</a></p>',
    '<p><a href="mailto:jobs@example.org" rel="noopener noreferrer">write</a></p>',
    '<p><a href="/roles/" rel="noopener noreferrer">all roles</a></p>',
    "<ul><li>One</li><li><p>Two</p><ul><li>Three</li></ul></li></ul>",
    '<ol start="3"><li>Three</li></ol>',
    "<h3>Heading</h3><h4>Below it</h4>",
    "<blockquote><p>Quoted.</p></blockquote>",
    "<dl><dt>Term</dt><dd>What it means</dd></dl>",
    '<table><caption>Pay</caption><thead><tr><th scope="col">Level</th><th colspan="2">Pay</th></tr></thead>'
    '<tbody><tr><td rowspan="2">Senior</td><td>1</td><td></td></tr></tbody></table>',
]


@pytest.mark.parametrize("markup", GOOD)
def test_clean_keeps_good_markup_byte_for_byte(markup):
    assert clean(markup) == markup


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("<b>x</b>", "<strong>x</strong>"),
        ("<B>x</B>", "<strong>x</strong>"),
        ("<b\n>x</b >", "<strong>x</strong>"),
        ('<i lang="la">x</i>', '<em lang="la">x</em>'),
        ("<h1>x</h1><h2>y</h2><h5>z</h5>", "<h3>x</h3><h3>y</h3><h4>z</h4>"),
        ("<tt>x</tt><strike>y</strike><del>z</del>", "<code>x</code><s>y</s><s>z</s>"),
        ("<div>One</div><div>Two</div>", "<p>One</p><p>Two</p>"),
        ("<div><p>One</p></div>Two", "<p>One</p>\nTwo"),
        ("<section><div>One <b>two</b></div></section>", "<p>One <strong>two</strong></p>"),
        ("<details><summary>Why?</summary>Because.</details>", "<p>Why?</p>Because."),
        ("<span class=x>One</span> <font color=red>two</font>", "One two"),
        ("<p>One<p>Two", "<p>One</p><p>Two</p>"),
        ("<ul><li>One<li>Two</ul>", "<ul><li>One</li><li>Two</li></ul>"),
        ("<table><tr><td>x</table>", "<table><tbody><tr><td>x</td></tr></tbody></table>"),
        ("&copy; &eacute; &nbsp;x", "© é \xa0x"),
        ("One\r\ntwo\rthree", "One\ntwo\nthree"),
        ("<p>One\r\ntwo&#13;</p>", "<p>One\ntwo\n</p>"),
        ("a\x00b\x07c\ufffed", "abcd"),
        ("<p>a&#1;b&#x7f;c</p>", "<p>abc</p>"),
        ("<pre>\nThe first line end means nothing</pre>", "<pre>The first line end means nothing</pre>"),
        # No text at all.
        ("<p></p>", ""),
        ("<p><br></p><p>&nbsp;</p>", ""),
        ("<ul><li></li></ul>", ""),
        # A title is text: what looks like a tag in it is none.
        ('<abbr title="<b>">x</abbr>', '<abbr title="&lt;b&gt;">x</abbr>'),
        ("&lt;b&gt;x&lt;/b&gt;", "&lt;b&gt;x&lt;/b&gt;"),
        ("<bdo>x</bdo><blink>y</blink><input>z", "xyz"),
    ],
)
def test_clean_says_the_same_in_our_tags(written, cleaned):
    assert clean(written) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "R&D > 5 < 6",
        "5 > 4",
        "a < b",
        "AT&T",
        "x <3 y",
        "if a<5 && b>7:",
        "P&amp;L",
        "1 << 2 >> 3",
        "a\xa0& b\xa0c",
    ],
)
def test_plain_text_keeps_its_meaning_as_html(text):
    shown = to_text(clean(text))

    assert shown == text.replace("&amp;", "&")


def test_plain_text_is_stored_alike_whichever_way_it_is_cleaned():
    """Text without “<” and “&” takes a short way; the long way must say the same."""
    for text in [
        "a > b",
        "a\xa0b",
        "one\r\ntwo",
        "“x” – y",
        "tab\tand \x0b more",
        "\"quoted\" 'text'",
        "  spaces ",
    ]:
        by_the_long_way = clean(f"{text}&amp;").removesuffix("&amp;")

        assert clean(text) == by_the_long_way


_NAMES = [*sorted(TAGS), "b", "h1", "del", "div", "details", "summary", "span", "button", "object", "svg", "math",
          "mtext", "mglyph", "foreignObject", "style", "script", "template", "select", "option", "form", "nobr",
          "noscript", "title", "textarea", "xmp", "frameset", "body", "html", "plaintext", "font"]  # fmt: skip
_PIECES = st.one_of(
    st.sampled_from([f"<{name}>" for name in _NAMES]),
    st.sampled_from([f"</{name}>" for name in _NAMES]),
    st.sampled_from(
        ["<em lang=a>", "<em lang=b>", "<a href=/x>", "<p title='>'>", "<pre>\n", "a<b", "<!--", "-->", "<![CDATA[",
         "]]>", "<", ">", "&", "&amp;", "&lt;b&gt;", "&#1;", "&#13;", "&nbsp;", "\xa0", "\n", "\r\n", "\x00", " "]
    ),
    st.text(max_size=4),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_clean_is_idempotent_and_harmless_whatever_it_gets(markup):
    cleaned = clean(markup)

    assert clean(cleaned) == cleaned
    assert harmful(cleaned) == []
    assert "\x00" not in cleaned


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["C"], exclude_characters="\xa0\u2028\u2029\x85")))
def test_plain_text_comes_back_from_html_as_it_was(text):
    words = text.split()
    # Only before a letter, “!”, “/” or “?” can “<” start something.
    plain = " ".join(word.replace("<", "< ") for word in words)

    assert to_text(clean(plain.replace("&", "&amp;"))) == " ".join(plain.split())


HEAVY = {
    "paragraphs": "<p>x",
    "list items": "<li>x",
    "nested bold": "<b>",
    "nested quotes": "<blockquote>x",
    "nested lists": "<ul><li>x",
    "nested tables": "<table><td>x",
    "less-than signs": "<",
    "ampersands": "&",
    "comments": "<!--",
    "end tags": "</p>",
    "broken tags": "<a x='",
    "misnested": "<a><b><i>x</a>",
    "attributes": "<a x='>' " + " ".join(f"x{number}" for number in range(1000)),
}


def seconds_to_clean(markup):
    start = time.process_time()
    cleaned = clean(markup)
    assert harmful(cleaned[:10_000]) == []
    return time.process_time() - start


def test_five_megabytes_are_cleaned_in_seconds():
    paragraph = "<p>Builds &amp; runs <strong>web</strong> services.</p>"

    assert seconds_to_clean(paragraph * 100_000) < 20


@pytest.mark.parametrize("piece", HEAVY.values(), ids=HEAVY.keys())
def test_a_megabyte_of_nonsense_is_cleaned_in_seconds(piece):
    """Without the look at what parsing costs, some of these take minutes or all the memory there is."""
    assert seconds_to_clean(piece * (1_000_000 // len(piece))) < 20


def test_short_text_that_would_fill_the_memory_keeps_only_its_words():
    """Every paragraph would repeat all the bold elements open before it: 25 million of them."""
    markup = "<p>" + "".join(f"<b lang=l{number}>" for number in range(5000)) + "<p>x" * 5000

    assert costs_too_much(markup)
    assert clean(markup) == "\n".join(["x"] * 5000)


@pytest.mark.parametrize(
    "hidden",
    [
        "<b title='</b>'>",
        "<b title='>' x='</b>'>",
        "<b x=y' z=\"y'></b>\">",
        "<b><textarea></b></textarea>",
        "<b><!--></b>-->",
    ],
)
def test_end_tags_that_are_none_do_not_hide_what_parsing_costs(hidden):
    assert costs_too_much(hidden * 5000)


@pytest.mark.parametrize(
    "usual",
    [
        "<!-- note --><p>Builds <b lang='en'>web</b> services.<br/></p>",
        "<ul><li>One<li>Two</ul>",
        "<table><thead><tr><th>A<th>B</thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        "<p>One<p>Two",
        "<!--[if gte mso 9]><xml></xml><![endif]--><o:p>x</o:p>",
    ],
)
def test_usual_markup_of_any_length_may_be_parsed(usual):
    assert not costs_too_much(usual * 10_000)


@pytest.mark.parametrize(
    ("rich", "text"),
    [
        ("", ""),
        ("Plain", "Plain"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<p>Two</p>Three", "One\nTwo\nThree"),
        ("<p>One<br>Two</p>", "One\nTwo"),
        ("<ul><li>One<ul><li>Two</li></ul></li></ul>", "One\nTwo"),
        (
            "<table><tbody><tr><td>One</td><td>Two</td></tr><tr><td>Three</td></tr></tbody></table>",
            "One Two\nThree",
        ),
        ("<p>R&amp;D &lt;b&gt;</p>", "R&D <b>"),
        ('<abbr title="a &gt; b">x</abbr>', "x"),
        ("<dl><dt>One</dt><dd>Two</dd></dl>", "One\nTwo"),
    ],
)
def test_to_text(rich, text):
    assert to_text(rich) == text


def test_cleaned_text_runs_nothing_in_a_browser(page):
    """What a real parser makes of it decides: no element but ours, no attribute but ours, no script."""
    cleaned = [clean(markup) for markup in HOSTILE]
    names = {name for allowed in ATTRIBUTES.values() for name in allowed} | {"rel"}
    page.goto("about:blank")
    page.set_content("".join(f"<section>{markup}</section>" for markup in cleaned))

    found = page.evaluate(
        """() => [...document.querySelectorAll("section *")].map((element) => ({
            tag: element.localName,
            attributes: [...element.attributes].map((attribute) => attribute.name),
            scheme: element.protocol || "",
        }))"""
    )

    assert {element["tag"] for element in found} <= TAGS
    assert {name for element in found for name in element["attributes"]} <= names
    # A colon alone is an address that leads nowhere.
    assert {element["scheme"] for element in found} <= {"", ":", "https:", "http:", "mailto:"}
    assert page.locator("section").count() == len(cleaned)
