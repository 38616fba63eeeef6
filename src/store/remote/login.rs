//! Who we are, told to a store that asks: Basic and Digest with a password, Bearer with a token (RFC 7617, 7616, 6750).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use sha2::Sha256;

use super::hex;

/// What lets us in.
#[derive(Clone, Default)]
pub enum Credentials {
    #[default]
    None,
    Password {
        user: String,
        password: String,
    },
    Token(String),
}

impl std::fmt::Debug for Credentials {
    /// Tells no secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Password { .. } => "Password",
            Self::Token(_) => "Token",
        })
    }
}

/// How a store wants to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Challenge {
    Basic,
    Digest(Digest),
}

/// A number to use once, and how to make an answer of it and the password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Digest {
    realm: String,
    nonce: String,
    opaque: Option<String>,
    /// Whether the number of the request goes into the answer.
    counts: bool,
    is_sha256: bool,
    /// How many answers were made.
    count: u32,
}

impl Challenge {
    /// Reads the headers `WWW-Authenticate` of a store: the safest way that we know.
    pub(super) fn read<'h>(headers: impl Iterator<Item = &'h str>) -> Option<Self> {
        let mut found = None;
        for header in headers {
            let lower = header.to_ascii_lowercase();
            if let Some(at) = lower.find("digest ")
                && let Some(digest) = Digest::read(&header[at + "digest ".len()..])
            {
                return Some(Self::Digest(digest));
            }
            if lower.starts_with("basic") || lower.contains(", basic") {
                found = Some(Self::Basic);
            }
        }
        found
    }

    /// The header `Authorization` for a request.
    pub(super) fn answer(&mut self, user: &str, password: &str, method: &str, path: &str) -> String {
        match self {
            Self::Basic => format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))),
            Self::Digest(digest) => digest.answer(user, password, method, path),
        }
    }
}

impl Digest {
    fn read(text: &str) -> Option<Self> {
        let parameters = parameters(text);
        let get = |name: &str| parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        let algorithm = get("algorithm").unwrap_or_else(|| "MD5".to_owned());
        let is_sha256 = algorithm.eq_ignore_ascii_case("SHA-256");
        let qop = get("qop");
        let counts = qop
            .as_deref()
            .is_some_and(|qop| qop.split(',').any(|way| way.trim().eq_ignore_ascii_case("auth")));
        let is_known = is_sha256 || algorithm.eq_ignore_ascii_case("MD5");
        (is_known && (counts || qop.is_none())).then_some(())?;
        let (realm, nonce) = (get("realm").unwrap_or_default(), get("nonce")?);
        Some(Self { realm, nonce, opaque: get("opaque"), counts, is_sha256, count: 0 })
    }

    fn answer(&mut self, user: &str, password: &str, method: &str, path: &str) -> String {
        let hash =
            |text: String| if self.is_sha256 { hex(&Sha256::digest(text)) } else { hex(&Md5::digest(text)) };
        self.count += 1;
        let (count, realm, nonce) = (format!("{:08x}", self.count), &self.realm, &self.nonce);
        // The client's own number keeps a false server from choosing all that is hashed; it need not be secret.
        let own = hash(format!("{nonce}:{count}:{user}:{password}"));
        let (secret, request) =
            (hash(format!("{user}:{realm}:{password}")), hash(format!("{method}:{path}")));
        let response = hash(if self.counts {
            format!("{secret}:{nonce}:{count}:{own}:auth:{request}")
        } else {
            format!("{secret}:{nonce}:{request}")
        });
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        let mut header = format!(
            "Digest username=\"{}\", realm=\"{}\", nonce=\"{nonce}\", uri=\"{path}\", response=\"{response}\", algorithm={}",
            quoted(user),
            quoted(realm),
            if self.is_sha256 { "SHA-256" } else { "MD5" },
        );
        if self.counts {
            header += &format!(", qop=auth, nc={count}, cnonce=\"{own}\"");
        }
        if let Some(opaque) = &self.opaque {
            header += &format!(", opaque=\"{opaque}\"");
        }
        header
    }
}

/// The parameters of a challenge: `name=value` or `name="value"`, with commas between.
fn parameters(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim_matches([' ', ',', '\t']).to_ascii_lowercase();
        let (value, following) = match after.strip_prefix('"') {
            Some(quoted) => unquoted(quoted),
            None => {
                let (value, following) = after.split_once(',').unwrap_or((after, ""));
                (value.trim().to_owned(), following)
            }
        };
        found.push((name, value));
        rest = following;
    }
    found
}

/// A text up to its closing quote, without escapes, and what follows.
fn unquoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => {
                value.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return (value, &text[at + 1..]),
            _ => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7616, section 3.9.1, whose own number is given.
    #[test]
    fn a_digest_is_that_of_the_standard() {
        let header = r#"Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#;
        let Some(Challenge::Digest(mut digest)) = Challenge::read([header].into_iter()) else { panic!() };
        assert!(digest.counts && !digest.is_sha256);
        let own = |header: &str| header.split("cnonce=\"").nth(1).unwrap()[..32].to_owned();
        let answer = digest.answer("Mufasa", "Circle of Life", "GET", "/dir/index.html");
        let md5 = |text: &str| hex(&Md5::digest(text));
        let expected = md5(&format!(
            "{}:{}:00000001:{}:auth:{}",
            md5("Mufasa:http-auth@example.org:Circle of Life"),
            digest.nonce,
            own(&answer),
            md5("GET:/dir/index.html")
        ));
        assert!(answer.contains(&format!("response=\"{expected}\"")), "{answer}");
        assert_eq!(md5("GET:/dir/index.html"), "39aff3a2bab6126f332b942af96d3366");
        assert!(digest.answer("Mufasa", "Circle of Life", "GET", "/").contains("nc=00000002"));
    }

    #[test]
    fn the_safest_way_is_taken() {
        let read = |headers: &[&str]| Challenge::read(headers.iter().copied());
        let digest = "Digest realm=\"a, b\", nonce=\"n\"";
        assert!(matches!(read(&["Basic realm=\"x\"", digest]), Some(Challenge::Digest(_))));
        assert!(matches!(
            read(&["Basic realm=\"x\", Digest realm=\"y\", nonce=\"n\""]),
            Some(Challenge::Digest(_))
        ));
        assert_eq!(
            read(&["Digest realm=\"x\", nonce=\"n\", algorithm=MD5-sess", "basic"]),
            Some(Challenge::Basic)
        );
        assert_eq!(read(&["Negotiate"]), None);
    }

    #[test]
    fn basic_is_base64() {
        let answer = Challenge::Basic.answer("Aladdin", "open sesame", "PUT", "/");
        assert_eq!(answer, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(format!("{:?}", Credentials::Token("secret".to_owned())), "Token");
    }
}
