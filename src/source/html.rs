//! HTML pages: the article on a page, without what surrounds it.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::Source;

mod metadata;
mod nesting;
mod render;

/// Nesting beyond which a page is read as a whole, for the search for the article recurses.
const DEEPEST: usize = 512;

/// Elements beyond which a page is read as a whole: the search for the article takes more than linear time.
const MOST_ELEMENTS: usize = 100_000;

/// An article shorter than this, in bytes, is believed only if the page has little more text.
const SHORT: usize = 300;

/// Parts of an article that are not its text, as MediaWiki marks them: footnotes and their marks, "edit" links, boxes of
/// links.
const MARGINALIA: &str = "sup.reference, ol.references, .reflist, .mw-editsection, .navbox, .toc, .noprint";

/// Reads a page: the main text by the rules of readers' views (Mozilla's Readability), every block a paragraph; and
/// headline, author, date and address from the page's metadata. The text begins with headline and author. A page in
/// which no article is found gives all its visible text.
pub fn read(id: &str, html: &str) -> Source {
    let page = Document::from(nesting::bound(html).as_ref());
    let known = metadata::read(&page);
    let whole = render::text(&page.root());
    let (article, byline) = if whole.deepest > DEEPEST || whole.elements > MOST_ELEMENTS {
        (None, None)
    } else {
        find_article(page)
    };
    let text =
        article.filter(|text| text.len() >= SHORT || whole.text.len() < 2 * text.len()).unwrap_or(whole.text);
    let author = known.author.or_else(|| byline.as_deref().and_then(metadata::author_name));
    let given =
        Source { title: known.title, author, date: known.date, url: known.url, ..Source::plain(id, text) };
    given.headed()
}

/// The text of the article on a page, and its byline.
fn find_article(page: Document) -> (Option<String>, Option<String>) {
    page.select(MARGINALIA).remove();
    let config = Config { disable_json_ld: true, ..Config::default() };
    let Ok(mut readability) = Readability::with_document(page, None, Some(config)) else {
        return (None, None);
    };
    let Ok(article) = readability.parse() else { return (None, None) };
    let text = render::text(&Document::fragment(article.content).root()).text;
    (Some(text), article.byline)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str =
        "Odo Marsh, who keeps the lamps of Quill Harbor, said on Monday that the pier will open in spring. ";

    fn page(head: &str, body: &str) -> String {
        format!("<!doctype html><html><head>{head}</head><body>{body}</body></html>")
    }

    #[test]
    fn article_with_metadata() {
        let paragraphs = format!("<p>{}</p>", SENTENCE.repeat(3)).repeat(4);
        let html = page(
            "<title>Pier to open - The Quill</title><meta name=author content='Mara Quill'>\
             <meta property='article:published_time' content='2019-04-07T08:00:00Z'>\
             <link rel=canonical href='https://quill.example/pier'>",
            &format!(
                "<nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>Pier to open</h1>\
                 <p class=byline>By Mara Quill</p>{paragraphs}</article><footer>All rights reserved</footer>"
            ),
        );
        let source = read("pier", &html);
        assert_eq!(source.title.as_deref(), Some("Pier to open"));
        assert_eq!(source.author.as_deref(), Some("Mara Quill"));
        assert_eq!(source.date.as_deref(), Some("2019-04-07"));
        assert_eq!(source.url.as_deref(), Some("https://quill.example/pier"));
        let expected = [SENTENCE.repeat(3).trim(); 4].join("\n\n");
        assert_eq!(source.text, format!("Pier to open\n\nBy Mara Quill\n\n{expected}"));
    }

    #[test]
    fn tiny_pages_give_their_visible_text() {
        for (html, expected) in [
            ("", ""),
            ("<p>Odo met Mara.", "Odo met Mara."),
            (
                "<html><script>x()</script><style>p{}</style><p hidden>no<p>Odo<br>met<br><br>Mara.</html>",
                "Odo\nmet\n\nMara.",
            ),
            ("<ul><li>one<li>two</ul><table><tr><td>a<td>b<tr><td>c</table>", "one\n\ntwo\n\na\tb\n\nc"),
            ("<title>Odo &amp; Mara</title><p>They met.", "Odo & Mara\n\nThey met."),
        ] {
            assert_eq!(read("tiny", html).text, expected);
        }
    }

    #[test]
    fn deep_and_broken_pages() {
        let deep = format!("{}Odo met Mara.", "<div>".repeat(3000));
        assert_eq!(read("deep", &deep).text, "Odo met Mara.");
        for html in
            ["<", "<html", "<p", "</p></html>text", "<table><table><p>", "<!--", "&#0;&#x110000;", "\0<p>\0"]
        {
            read("broken", html);
        }
    }
}
