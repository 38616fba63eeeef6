//! What a page says about itself: headline, author, date and address.

use dom_query::Document;
use serde_json::Value;

use super::super::{date, same_words};

/// What is known of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    pub title: Option<String>,
    pub author: Option<String>,
    /// As `YYYY-MM-DD`.
    pub date: Option<String>,
    pub url: Option<String>,
}

/// Names of `meta` elements, best first: Open Graph, Dublin Core, and what publishers commonly use.
const TITLES: &[&str] =
    &["og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title"];
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "byl",
    "sailthru.author",
];
const DATES: &[&str] = &[
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "citation_date",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "date",
];
/// `@type`s of schema.org that are texts.
const ARTICLES: &[&str] = &["Article", "BlogPosting", "Report", "Review", "WebPage"];

/// Reads a page's metadata: JSON-LD first, then `meta` and `link` elements, then what the page shows.
pub fn read(page: &Document) -> Metadata {
    let article = json_ld(page).unwrap_or_default();
    let field = |key: &str| article.get(key).and_then(Value::as_str).and_then(clean);
    let metas = metas(page);
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| Some(metas.iter().find(|meta| meta.0 == *name)?.1.clone()))
    };
    let author = || meta(AUTHORS).filter(|author| !author.contains("://"));
    Metadata {
        title: title(page, field("headline").or_else(|| meta(TITLES))),
        author: names(article.get("author"))
            .or_else(author)
            .or_else(|| shown(page, "[itemprop=author], [rel=author]"))
            .and_then(|author| author_name(&author)),
        date: field("datePublished")
            .or_else(|| meta(DATES))
            .as_deref()
            .and_then(date::read)
            .or_else(|| shown_date(page)),
        url: attribute(page, "link[rel=canonical]", "href")
            .or_else(|| meta(&["og:url"]))
            .or_else(|| field("url"))
            .filter(|url| url.contains("://")),
    }
}

/// A name from a byline: "By Mara Quill | Staff" is "Mara Quill".
pub fn author_name(byline: &str) -> Option<String> {
    let mut lines = byline.lines().map(str::trim);
    let line = lines.find(|line| !line.is_empty() && !line.eq_ignore_ascii_case("by"))?;
    let line = line.split(['|', '•', '·', '–', '—']).next()?.trim();
    let by = line.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by "));
    let name = if by { &line[3..] } else { line };
    clean(name.trim_end_matches([',', ':', ';']))
        .filter(|name| name.len() < 100 && name.chars().any(char::is_alphabetic))
}

/// The headline: as declared, but as the page shows it where a heading says the same or the beginning of it
/// ("Pier to open - The Quill" over "Pier to open").
fn title(page: &Document, declared: Option<String>) -> Option<String> {
    let headings: Vec<String> =
        page.select("h1").iter().filter_map(|heading| clean(&heading.text())).collect();
    let Some(declared) = declared.or_else(|| clean(&page.select("head title").first().text())) else {
        return if headings.len() == 1 { headings.into_iter().next() } else { None };
    };
    let heading = headings
        .into_iter()
        .find(|heading| same_words(heading, &declared) || declared.starts_with(heading.as_str()));
    Some(heading.unwrap_or(declared))
}

fn metas(page: &Document) -> Vec<(String, String)> {
    let mut metas = Vec::new();
    for node in page.select("meta[content]").nodes() {
        let Some(content) = node.attr("content").and_then(|content| clean(&content)) else { continue };
        for key in ["property", "name", "itemprop"] {
            if let Some(name) = node.attr(key) {
                metas.push((name.trim().to_ascii_lowercase(), content.clone()));
            }
        }
    }
    metas
}

/// The page's article as JSON-LD tells it.
fn json_ld(page: &Document) -> Option<Value> {
    let is_article = |value: &Value| {
        let named = |name: &Value| {
            name.as_str().is_some_and(|name| ARTICLES.iter().any(|article| name.ends_with(article)))
        };
        value
            .get("@type")
            .is_some_and(|types| named(types) || types.as_array().is_some_and(|all| all.iter().any(named)))
    };
    page.select("script[type=\"application/ld+json\"]").iter().find_map(|script| {
        let value: Value = serde_json::from_str(script.text().trim()).ok()?;
        let listed = value.get("@graph").unwrap_or(&value);
        let all = listed.as_array().map_or(std::slice::from_ref(listed), Vec::as_slice);
        all.iter()
            .find(|value| is_article(value) && value.get("headline").is_some())
            .or_else(|| all.iter().find(|value| is_article(value)))
            .cloned()
    })
}

/// The names of one or more people in JSON-LD.
fn names(author: Option<&Value>) -> Option<String> {
    match author? {
        Value::String(name) => clean(name).filter(|name| !name.contains("://")),
        Value::Array(all) => {
            let all: Vec<String> = all.iter().filter_map(|one| names(Some(one))).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        one => names(one.get("name")),
    }
}

fn shown(page: &Document, selector: &str) -> Option<String> {
    clean(&page.select(selector).first().text())
}

/// The day of the first `time` element of the article, or of the page where it has but one.
fn shown_date(page: &Document) -> Option<String> {
    let published = attribute(page, "time[itemprop=datePublished], time[pubdate], article time", "datetime");
    let only = || if page.select("time").length() == 1 { attribute(page, "time", "datetime") } else { None };
    published.or_else(only).as_deref().and_then(date::read)
}

fn attribute(page: &Document, selector: &str, name: &str) -> Option<String> {
    page.select(selector).first().attr(name).and_then(|value| clean(&value))
}

/// White space made single; `None` if nothing is left.
fn clean(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: [Option<&str>; 4]) {
        let found = read(&Document::from(html));
        let found = [&found.title, &found.author, &found.date, &found.url].map(|field| field.as_deref());
        assert_eq!(found, expected);
    }

    #[test]
    fn metadata() {
        check("<p>nothing</p>", [None; 4]);
        check(
            r#"<title>T</title><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Organization","name":"Q"},
            {"@type":["NewsArticle"],"headline":"Pier opens","author":[{"name":"Mara Quill"},"Odo Marsh"],
            "datePublished":"2019-04-07T01:00:00Z","url":"https://quill.example/p"}]}</script>"#,
            [
                Some("Pier opens"),
                Some("Mara Quill, Odo Marsh"),
                Some("2019-04-07"),
                Some("https://quill.example/p"),
            ],
        );
        check(
            "<title>Pier opens | Quill</title><h1>Pier opens</h1><a rel=author href=/m>By Mara Quill</a>\
             <article><time datetime=2019-04-07>Sunday</time></article><link rel=canonical href=/p>",
            [Some("Pier opens"), Some("Mara Quill"), Some("2019-04-07"), None],
        );
        check(
            "<script type='application/ld+json'>{broken</script><h1>One</h1>",
            [Some("One"), None, None, None],
        );
    }

    #[test]
    fn bylines() {
        for (byline, expected) in [
            ("By Mara Quill", Some("Mara Quill")),
            ("by Mara Quill and Odo Marsh", Some("Mara Quill and Odo Marsh")),
            ("By\n  Mara Quill\n  Sunday", Some("Mara Quill")),
            ("Mara Quill | Staff writer", Some("Mara Quill")),
            ("", None),
            ("—", None),
        ] {
            assert_eq!(author_name(byline).as_deref(), expected, "{byline:?}");
        }
    }
}
