//! Sends requests and sees that they arrive: logs in, packs, waits and tries again.

use std::io::{Read as _, Write as _};
use std::net::IpAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use ureq::http::{self, HeaderMap, Uri, header};
use ureq::tls::{RootCerts, TlsConfig};

use super::answer::{Answer, Silence, asked_wait, is_passing, silence, text};
use super::error::{self, Error};
use super::login::{Challenge, Credentials};
use super::request::Request;
use super::{Event, Options};

/// How long to wait for a connection, and for one to this machine.
const CONNECT: Duration = Duration::from_secs(15);
const CONNECT_HERE: Duration = Duration::from_secs(5);
/// The first wait before another try; each is twice as long as the one before, up to the last.
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LAST_WAIT: Duration = Duration::from_secs(8);
/// How much of an answer is read.
const ANSWER: u64 = 64 << 10;
/// What is smaller is not worth packing.
const SMALL: usize = 1024;

/// A request that came to nothing.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub error: Error,
    /// Whether the store may have done it all the same, or a part of it.
    pub is_unsure: bool,
}

/// A failure, and how long to wait at least before another try, if that may help.
struct Refusal {
    failure: Failure,
    wait: Option<Duration>,
}

/// A connection to a store, or several.
pub(super) struct Client<'a> {
    options: &'a Options,
    url: &'a str,
    agent: ureq::Agent,
    /// Makes a new connection each time: one that lay idle may be dead, and what must not be sent twice has one try.
    fresh: ureq::Agent,
    challenge: Mutex<Option<Challenge>>,
    packs: AtomicBool,
    /// Set when something went wrong, so that nothing more is to be sent.
    pub has_failed: AtomicBool,
    pub bytes: AtomicU64,
    pub requests: AtomicU64,
    pub retries: AtomicU64,
    observe: &'a (dyn Fn(Event<'_>) + Sync),
}

impl<'a> Client<'a> {
    /// Looks at an address, and sends nothing yet.
    ///
    /// # Errors
    /// An address that is none of the web, or has a password in it; a token that would go over a line that is not encrypted.
    pub(super) fn new(
        url: &'a str,
        options: &'a Options,
        observe: &'a (dyn Fn(Event<'_>) + Sync),
    ) -> Result<Self, Error> {
        let host = host(url)?;
        let client = Self {
            options,
            url,
            agent: agent(options, is_loopback(&host), true),
            fresh: agent(options, is_loopback(&host), false),
            challenge: Mutex::new(None),
            packs: AtomicBool::new(options.pack.unwrap_or(!is_loopback(&host))),
            has_failed: AtomicBool::new(false),
            bytes: AtomicU64::new(0),
            requests: AtomicU64::new(0),
            retries: AtomicU64::new(0),
            observe,
        };
        if matches!(options.credentials, Credentials::Token(_)) {
            client.check_privacy()?;
        }
        Ok(client)
    }

    /// Whether nothing more is to be sent.
    pub(super) fn is_stopped(&self) -> bool {
        self.has_failed.load(Ordering::Relaxed) || self.options.stop.load(Ordering::Relaxed)
    }

    /// Asks for nothing, to see who answers and how it wants to be told who we are; gives the name that it goes by.
    ///
    /// # Errors
    /// Nobody answers.
    pub(super) fn greet(&self, url: &str) -> Result<String, Error> {
        let request =
            Request { method: "HEAD", url: url.to_owned(), media: "", body: Vec::new(), again: true };
        // Who is not there now will hardly be in half a minute; what is there and lost a connection gets a second try.
        let answer =
            self.exchange(&request, None).or_else(|silence| match silence.is_unsent || silence.is_late {
                true => Err(silence),
                false => self.exchange(&request, None),
            });
        let answer = answer.map_err(|silence| self.failed(&request, &silence).error)?;
        if answer.status == 401 {
            self.remember(&answer.headers);
        }
        Ok(text(&answer.headers, header::SERVER).to_owned())
    }

    /// Sends a request until it is done, or there is no hope.
    ///
    /// # Errors
    /// The last thing that went wrong.
    pub(super) fn send(&self, request: &Request) -> Result<(), Failure> {
        let mut may_be_done = false;
        let mut tries = 0;
        loop {
            let Err(Refusal { failure, wait }) = self.attempt(request) else { return Ok(()) };
            may_be_done |= failure.is_unsure;
            let is_last = tries >= self.options.retries || self.is_stopped();
            let Some(wait) = wait.filter(|_| !is_last) else {
                return Err(Failure { is_unsure: may_be_done, ..failure });
            };
            let wait = wait.max((FIRST_WAIT * 2_u32.saturating_pow(tries)).min(LAST_WAIT));
            tries += 1;
            self.retries.fetch_add(1, Ordering::Relaxed);
            (self.observe)(Event::Waiting { error: &failure.error, wait });
            self.sleep(wait);
            if self.challenge().is_none() && matches!(self.options.credentials, Credentials::Password { .. })
            {
                let _ = self.greet(&request.url);
            }
        }
    }

    /// Sends a request once, or more than once where the store only wants it in another way.
    fn attempt(&self, request: &Request) -> Result<(), Refusal> {
        let mut has_logged_in = false;
        let mut may_be_done = false;
        loop {
            let packed = self.packed(request);
            let answer = match self.exchange(request, packed.as_deref()) {
                Ok(answer) => answer,
                Err(silence) => return Err(self.unheard(request, &silence)),
            };
            // Who cannot unpack says it in one of these ways, or reads nonsense.
            let may_be_unpacked = match answer.status {
                400 | 415 => packed.is_some(),
                500 | 501 => packed.is_some() && request.again,
                _ => false,
            };
            if answer.status == 401 && !has_logged_in && self.remember(&answer.headers) {
                has_logged_in = true;
            } else if may_be_unpacked {
                self.packs.store(false, Ordering::Relaxed);
                may_be_done |= answer.status >= 500;
            } else {
                let size = packed.map_or(request.body.len(), |packed| packed.len());
                return self.judge(request, &answer, size).map_err(|mut refusal| {
                    refusal.failure.is_unsure |= may_be_done;
                    refusal
                });
            }
        }
    }

    /// What no answer means.
    fn unheard(&self, request: &Request, silence: &Silence) -> Refusal {
        // The number that we answered with may be what has become too old, unheard in the middle of a body.
        *self.challenge() = None;
        let may_repeat = silence.is_unsent || (request.again && !silence.is_late);
        Refusal { failure: self.failed(request, silence), wait: may_repeat.then_some(Duration::ZERO) }
    }

    /// What an answer means.
    fn judge(&self, request: &Request, answer: &Answer, size: usize) -> Result<(), Refusal> {
        let what = what(request);
        if (200..300).contains(&answer.status) && error::is_page(&answer.body) {
            let error = Error::NoStore { what };
            return Err(Refusal { failure: Failure { error, is_unsure: true }, wait: None });
        }
        if (200..300).contains(&answer.status) {
            self.requests.fetch_add(1, Ordering::Relaxed);
            self.bytes.fetch_add(size as u64, Ordering::Relaxed);
            return Ok(());
        }
        let error = match (answer.status, &self.options.credentials) {
            (401, Credentials::None) => self.not_let_in("without a user and a password, or a token"),
            (401, Credentials::Password { .. }) => match self.check_privacy_of_password() {
                Err(error) => error,
                Ok(()) if self.challenge().is_none() => {
                    self.not_let_in("by a user and a password: it wants to be told in another way")
                }
                Ok(()) => self.not_let_in("by this user and password"),
            },
            (401, Credentials::Token(_)) => self.not_let_in("by this token"),
            (status @ 300..=399, _) => {
                let place = text(&answer.headers, header::LOCATION);
                let message = format!("what we look for is at {place}");
                Error::Refused { what, status, message }
            }
            (status, _) => Error::Refused { what, status, message: error::words(&answer.body) },
        };
        // A store that fails inside may have stored all or a part; one that says when to come again has done nothing.
        let is_busy = answer.status == 503 && answer.headers.contains_key(header::RETRY_AFTER);
        let failure = Failure { error, is_unsure: answer.status >= 500 && !is_busy };
        let may_repeat = request.again || !failure.is_unsure;
        let is_passing = is_passing(answer.status, &answer.body);
        let wait = (is_passing && may_repeat).then(|| asked_wait(&answer.headers, Timestamp::now()));
        Err(Refusal { failure, wait })
    }

    fn not_let_in(&self, why: &'static str) -> Error {
        Error::NotLetIn { url: self.url.to_owned(), why }
    }

    /// One request and its answer.
    fn exchange(&self, request: &Request, packed: Option<&[u8]>) -> Result<Answer, Silence> {
        let mut builder = http::Request::builder().method(request.method).uri(&request.url);
        if !request.media.is_empty() {
            builder = builder.header(header::CONTENT_TYPE, request.media);
        }
        if packed.is_some() {
            builder = builder.header(header::CONTENT_ENCODING, "gzip");
        }
        if let Some(authorization) = self.authorization(request) {
            builder = builder.header(header::AUTHORIZATION, authorization);
        }
        let agent = if request.again { &self.agent } else { &self.fresh };
        let broken = |error: http::Error| Silence { why: error.to_string(), is_unsent: true, is_late: false };
        let answer = match request.method {
            "HEAD" => builder.body(()).map_err(broken).map(|request| agent.run(request))?,
            // The length is told beforehand: Virtuoso answers "created" to a body in chunks, and stores nothing.
            _ => {
                let body = packed.unwrap_or(&request.body);
                builder.body(body).map_err(broken).map(|request| agent.run(request))?
            }
        };
        let (parts, body) = answer.map_err(|error| silence(&error, is_secure(self.url)))?.into_parts();
        let mut read = Vec::new();
        let done = body.into_reader().take(ANSWER).read_to_end(&mut read);
        // What an answer says beyond its status is told if it can be read.
        if let Err(error) = done
            && read.is_empty()
            && !parts.status.is_success()
        {
            return Err(Silence { why: error.to_string(), is_unsent: false, is_late: false });
        }
        let body = String::from_utf8_lossy(&read).into_owned();
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
    }

    fn packed(&self, request: &Request) -> Option<Vec<u8>> {
        // Who cannot unpack may say so as if it had failed half way, after which there is no second try for some.
        let may_fail = request.again || self.options.pack == Some(true);
        let packs = self.packs.load(Ordering::Relaxed) && request.body.len() > SMALL && may_fail;
        packs.then(|| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            let written = encoder.write_all(&request.body).and_then(|()| encoder.finish());
            written.expect("memory takes all that is written")
        })
    }

    fn challenge(&self) -> std::sync::MutexGuard<'_, Option<Challenge>> {
        self.challenge.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes up how the store asks for a password, if we have one to tell, and may tell it; says whether.
    fn remember(&self, headers: &HeaderMap) -> bool {
        let asked = headers.get_all(header::WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
        let challenge = match headers.contains_key(header::WWW_AUTHENTICATE) {
            true => Challenge::read(asked),
            // Some that want a password do not say how: it is Basic, then.
            false => Some(Challenge::Basic),
        };
        let is_known =
            challenge.is_some() && matches!(self.options.credentials, Credentials::Password { .. });
        *self.challenge() = challenge;
        is_known && self.check_privacy_of_password().is_ok()
    }

    fn authorization(&self, request: &Request) -> Option<String> {
        match &self.options.credentials {
            Credentials::None => None,
            Credentials::Token(token) => Some(format!("Bearer {token}")),
            Credentials::Password { user, password } => {
                self.check_privacy_of_password().ok()?;
                let path = request.url.parse::<Uri>().ok()?.path_and_query()?.to_string();
                self.challenge().as_mut().map(|it| it.answer(user, password, request.method, &path))
            }
        }
    }

    /// A digest can be seen by all: no password can be read from it.
    fn check_privacy_of_password(&self) -> Result<(), Error> {
        let is_digest = matches!(*self.challenge(), None | Some(Challenge::Digest(_)));
        if is_digest { Ok(()) } else { self.check_privacy() }
    }

    fn check_privacy(&self) -> Result<(), Error> {
        let host = host(self.url)?;
        let is_private = is_secure(self.url) || is_loopback(&host);
        if is_private || self.options.exposes_secrets { Ok(()) } else { Err(Error::Exposed { host }) }
    }

    fn failed(&self, request: &Request, silence: &Silence) -> Failure {
        let url = self.url.to_owned();
        let error = if silence.is_late {
            Error::Late { url, what: what(request), seconds: self.options.timeout.as_secs() }
        } else {
            Error::Unreachable { url, why: silence.why.clone() }
        };
        Failure { error, is_unsure: !silence.is_unsent }
    }

    /// Sleeps, unless all is to stop.
    fn sleep(&self, wait: Duration) {
        let slice = Duration::from_millis(50);
        let mut left = wait;
        while !left.is_zero() && !self.is_stopped() {
            std::thread::sleep(left.min(slice));
            left = left.saturating_sub(slice);
        }
    }
}

fn agent(options: &Options, is_loopback: bool, keeps: bool) -> ureq::Agent {
    let connect = if is_loopback { CONNECT_HERE } else { CONNECT };
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let mut config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        // A request that changes something goes where it was sent, and nowhere else.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("tellgraph/", env!("CARGO_PKG_VERSION")))
        .timeout_connect(Some(connect))
        .timeout_resolve(Some(connect))
        .timeout_per_write(Some(options.timeout))
        .timeout_recv_response(Some(options.timeout))
        .timeout_recv_body(Some(options.timeout))
        .allow_non_standard_methods(true)
        .tls_config(tls);
    if is_loopback {
        config = config.proxy(None);
    }
    if !keeps {
        config = config.max_idle_connections(0);
    }
    config.build().into()
}

/// The host of an address.
fn host(url: &str) -> Result<String, Error> {
    let wrong = |why: &str| Error::Address { url: url.to_owned(), why: why.to_owned() };
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    if rest.split(['/', '?']).next().is_some_and(|authority| authority.contains('@')) {
        return Err(Error::Address {
            url: "the address".to_owned(),
            why: "a password in it would be seen by everybody on this machine".to_owned(),
        });
    }
    if !["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) {
        return Err(wrong("an address of a store begins with http:// or https://"));
    }
    let uri: Uri = url.parse().map_err(|error: http::uri::InvalidUri| wrong(&error.to_string()))?;
    uri.host().map(str::to_owned).ok_or_else(|| wrong("it names no host"))
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn is_secure(url: &str) -> bool {
    url.to_ascii_lowercase().starts_with("https:")
}

fn what(request: &Request) -> String {
    format!("{} {}", request.method, request.url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_over_safe_lines_only() {
        let token = || Credentials::Token("t".to_owned());
        let new = |url: &str, exposes_secrets| {
            let options = Options { credentials: token(), exposes_secrets, ..Options::default() };
            Client::new(url, &options, &|_| {}).map(|_| ())
        };
        let exposed = Err(Error::Exposed { host: "store.example".to_owned() });
        assert_eq!(new("http://store.example/x", false), exposed);
        for url in
            ["https://store.example/x", "http://localhost:1/x", "http://127.0.0.1/x", "http://[::1]:80/x"]
        {
            assert_eq!(new(url, false), Ok(()), "{url}");
        }
        assert_eq!(new("http://store.example/x", true), Ok(()));
        for url in ["ftp://store.example/x", "store.example/x", "http://me:secret@store.example/x", ""] {
            let error = new(url, true).unwrap_err();
            assert!(
                matches!(&error, Error::Address { .. }) && !error.to_string().contains("secret"),
                "{error}"
            );
        }
    }
}
