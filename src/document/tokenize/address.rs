//! Addresses and numbers that hold marks: web and mail addresses, handles, hashtags, telephone numbers, dates in digits.

const SCHEMES: &[&str] = &["http://", "https://", "ftp://", "mailto:", "www.", "doi:"];

/// The length of an address at the start of a text without white space.
pub(super) fn measure(rest: &str) -> Option<usize> {
    let scheme = SCHEMES.iter().find(|scheme| {
        rest.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && rest.len() > scheme.len()
    });
    if scheme.is_some() {
        return Some(trim(rest, rest.find(['<', '>', '"', '“', '”', '|']).unwrap_or(rest.len())));
    }
    match rest.as_bytes().first()? {
        b'#' | b'@' if rest[1..].starts_with(char::is_alphabetic) => Some(1 + word(&rest[1..])),
        b'+' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => {
            let end =
                rest[1..].find(|c: char| !(c.is_ascii_digit() || c == '-')).map_or(rest.len(), |end| end + 1);
            (end > 7).then(|| trim(rest, end))
        }
        _ => mail(rest).or_else(|| site(rest)),
    }
}

fn word(rest: &str) -> usize {
    rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())
}

/// Gives back the marks that end the sentence and not the address.
fn trim(rest: &str, end: usize) -> usize {
    let address = &rest[..end];
    let unopened = !address.contains('(');
    let trimmed = address.trim_end_matches(|c: char| {
        matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | ']' | '}') || (unopened && c == ')')
    });
    if trimmed.is_empty() { end } else { trimmed.len() }
}

/// "name@host.example"
fn mail(rest: &str) -> Option<usize> {
    let name =
        rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')))?;
    if name == 0 || !rest[name..].starts_with('@') {
        return None;
    }
    let host = &rest[name + 1..];
    let length = host
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')))
        .unwrap_or(host.len());
    host[..length].trim_end_matches('.').contains('.').then(|| trim(rest, name + 1 + length))
}

const DOMAINS: &[&str] =
    &["com", "org", "net", "edu", "gov", "info", "io", "co", "uk", "de", "fr", "tv", "us", "eu", "ca", "au"];

/// "host.com/path", where the last part of the host is a well-known domain and a path follows.
fn site(rest: &str) -> Option<usize> {
    let host = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))?;
    if !rest[host..].starts_with('/') || host < 4 {
        return None;
    }
    let (_, domain) = rest[..host].rsplit_once('.')?;
    DOMAINS
        .contains(&domain.to_ascii_lowercase().as_str())
        .then(|| trim(rest, rest.find(['<', '>', '"', '“', '”', '|', ',']).unwrap_or(rest.len())))
}

/// The groups of digits, between hyphens, of telephone numbers and of dates.
const GROUPS: &[&[usize]] = &[
    &[3, 3, 4],
    &[1, 3, 3, 4],
    &[3, 4],
    &[4, 2, 2],
    &[2, 2, 4],
    &[1, 1, 4],
    &[1, 2, 4],
    &[2, 1, 4],
    &[1, 1, 2],
    &[1, 2, 2],
    &[2, 2, 2],
    &[5, 4],
];

/// The length of digits in such groups: "555-0100", "2001-02-03".
pub(super) fn digits(rest: &str) -> Option<usize> {
    let length = rest.bytes().take(20).take_while(|b| b.is_ascii_digit() || *b == b'-').count();
    let candidate = rest[..length].trim_end_matches('-');
    if !candidate.contains('-') || rest[length..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let sizes: Vec<usize> = candidate.split('-').map(str::len).collect();
    // Two years are a range and no telephone number, but their groups are of four digits both.
    GROUPS.contains(&sizes.as_slice()).then_some(candidate.len())
}
