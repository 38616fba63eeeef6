//! What can go wrong between here and a store, and what the store says of it.

/// Why something is not in the store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The address is no place to load into.
    #[error("{url}: {why}")]
    Address { url: String, why: String },
    /// The graph cannot be sent as it is asked for.
    #[error("{0}")]
    Graph(String),
    /// Nobody answers: no such host, a closed port, a certificate that is not trusted, a connection that drops each time.
    #[error("{url} does not answer: {why}")]
    Unreachable { url: String, why: String },
    /// The store took a request and did not answer in time.
    #[error("{url} gave no answer in {seconds} s to {what}")]
    Late { url: String, what: String, seconds: u64 },
    /// The store asks who we are and is not content with the answer.
    #[error("{url} lets nobody in {why}")]
    NotLetIn { url: String, why: &'static str },
    /// A secret would be readable on its way.
    #[error("the password or token would go to {host} for everybody on the way to read")]
    Exposed { host: String },
    /// The store's own words.
    #[error("{what}: the store answers {status}{}", said(message))]
    Refused { what: String, status: u16, message: String },
    /// [`Options::stop`](super::Options::stop) was set.
    #[error("stopped before all was sent")]
    Stopped,
    /// What answers is no store.
    #[error("{what}: a web page came back, so that this is not the address that takes graphs")]
    NoStore { what: String },
}

fn said(message: &str) -> String {
    if message.is_empty() { String::new() } else { format!(": {message}") }
}

/// How much of what a store says is shown, in characters.
const LONGEST: usize = 600;

/// The words of a store's answer in one line: of a page of HTML what people see, of Virtuoso what comes before our own
/// text.
pub(super) fn words(body: &str) -> String {
    let body = body.split("\n\nSPARQL query:").next().unwrap_or_default();
    let text = if is_page(body) { visible(body) } else { body.to_owned() };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Whether an answer is a page to look at.
pub(super) fn is_page(body: &str) -> bool {
    let start: String = body.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.contains("<html")
}

fn visible(page: &str) -> String {
    let page = page.find("<body").map_or(page, |at| &page[at..]);
    let mut text = String::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        text.push(' ');
        rest = match rest[start..].find('>') {
            // Virtuoso quotes IRIs in <xmp> as they are: what looks like a tag with a colon is one of them.
            Some(end) => {
                let tag = &rest[start..=start + end];
                if tag.contains("://") && !tag.contains('=') {
                    text.push_str(tag);
                }
                &rest[start + end + 1..]
            }
            None => "",
        };
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_read_as_people_see_them() {
        let page = "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head><title>Failed</title></head>\n<body>\n<h3>Error 22023</h3>\n<xmp>The PUT for <http://a.example/g> is\nrejected</xmp></body></html>";
        assert!(is_page(page));
        assert_eq!(words(page), "Error 22023 The PUT for <http://a.example/g> is rejected");
    }

    #[test]
    fn long_answers_are_cut() {
        assert_eq!(words("37000 wrong\n\nSPARQL query:\nINSERT DATA { ... }"), "37000 wrong");
        assert_eq!(words(&"é".repeat(1000)).chars().count(), LONGEST + 1);
    }
}
