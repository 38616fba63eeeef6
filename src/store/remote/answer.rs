//! What a store answers, or why it does not, and what that means.

use std::io;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use ureq::http::{HeaderMap, header};

use super::error;

/// How long a store may ask us to wait.
const LONGEST_WAIT: Duration = Duration::from_secs(120);

/// A store's answer.
pub(super) struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

/// Why there is no answer.
pub(super) struct Silence {
    pub why: String,
    /// Whether the request cannot have reached the store.
    pub is_unsent: bool,
    pub is_late: bool,
}

/// What an error on the way means.
pub(super) fn silence(error: &ureq::Error, is_secure: bool) -> Silence {
    use ureq::Error as E;
    let unsent = |why: String| Silence { why, is_unsent: true, is_late: false };
    match error {
        E::Timeout(ureq::Timeout::Connect) if is_secure => unsent(
            "no encrypted connection in time; if it speaks plain HTTP, its address begins with http://"
                .to_owned(),
        ),
        _ if is_secure && error.to_string().contains("InvalidContentType") => {
            unsent("it speaks plain HTTP, so that its address begins with http://".to_owned())
        }
        E::HostNotFound => unsent("no host has this name".to_owned()),
        E::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            unsent("nothing listens there".to_owned())
        }
        E::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
            unsent("no connection in time".to_owned())
        }
        E::Timeout(_) => Silence { why: error.to_string(), is_unsent: false, is_late: true },
        E::ConnectionFailed | E::Tls(_) | E::Rustls(_) | E::ConnectProxyFailed(_) => {
            unsent(error.to_string())
        }
        E::Io(error) => {
            let is_secure = error.get_ref().is_some_and(|inner| inner.to_string().contains("certificate"));
            Silence { why: format!("the connection broke: {error}"), is_unsent: is_secure, is_late: false }
        }
        _ => Silence { why: error.to_string(), is_unsent: false, is_late: false },
    }
}

/// Whether what a store says may have passed in a while. Virtuoso says 500 to all that it cannot do, with the state of SQL
/// in the text: a deadlock (40001) passes, a wrong request does not.
pub(super) fn is_passing(status: u16, body: &str) -> bool {
    match status {
        429 | 502 | 503 | 504 => true,
        500 => match sql_state(&error::words(body)) {
            Some(state) => ["40", "08", "S1T"].iter().any(|passing| state.starts_with(passing)),
            None => true,
        },
        _ => false,
    }
}

/// The code of five letters and digits after "Error" or "Virtuoso".
fn sql_state(text: &str) -> Option<&str> {
    let mut words = text.split([' ', ':']);
    words.find(|word| matches!(*word, "Error" | "Virtuoso"))?;
    words.next().filter(|code| {
        code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    })
}

/// How long the store asks us to wait: so many seconds, or until a date.
pub(super) fn asked_wait(headers: &HeaderMap, now: Timestamp) -> Duration {
    let asked = text(headers, header::RETRY_AFTER).trim();
    let until = || rfc2822::DateTimeParser::new().parse_timestamp(asked).ok();
    let wait = asked.parse().map(Duration::from_secs).ok();
    let wait = wait.or_else(|| Duration::try_from(until()?.duration_since(now)).ok());
    wait.unwrap_or_default().min(LONGEST_WAIT)
}

/// A header's value, or nothing.
pub(super) fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use ureq::http::HeaderValue;

    use super::*;

    #[test]
    fn what_passes_is_tried_again() {
        let virtuoso = |code: &str| format!("<html><body><h3>Error {code}</h3><xmp>no</xmp></body></html>");
        assert!(is_passing(500, &virtuoso("40001")) && !is_passing(500, &virtuoso("22023")));
        assert!(!is_passing(500, "Virtuoso 42000 Error SR186:SECURITY: No permission"));
        assert!(is_passing(500, "out of luck") && is_passing(503, "") && is_passing(429, ""));
        assert!(!is_passing(404, "") && !is_passing(400, "") && !is_passing(413, ""));
    }

    #[test]
    fn a_store_says_how_long_to_wait() {
        let now: Timestamp = "1994-11-06T08:49:37Z".parse().unwrap();
        let asked = |value: &'static str| {
            let headers = [(header::RETRY_AFTER, HeaderValue::from_static(value))];
            asked_wait(&headers.into_iter().collect(), now).as_secs()
        };
        assert_eq!((asked("7"), asked("100000"), asked("soon"), asked("-1")), (7, 120, 0, 0));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:49 GMT"), 12);
        assert_eq!(asked("Sun, 06 Nov 1994 08:00:00 GMT"), 0);
        assert_eq!(asked("Mon, 07 Nov 1994 08:00:00 GMT"), 120);
    }
}
