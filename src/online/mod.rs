//! Map tiles from a server that somebody has chosen. It is a stranger: it is asked little at once and
//! less while it fails, what it sends is bounded in bytes and in time, and it sends the program nowhere
//! else. Its failures are reported in one sentence for each choice.

mod fetch;
mod rest;

use crate::basemap::TileKey;
use crate::locale::Problem;
use fetch::{Failure, fetch};
use reqwest::{Client, Url, redirect};
use rest::Rest;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// OpenStreetMap's own tiles, for light use.
pub const OPEN_STREET_MAP: &str = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";

/// Failures in a row before a server that has sent tiles is complained of.
const TOLD_AFTER: u32 = 3;

/// What a server may take of time and memory.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Tiles asked for and not yet here.
    pub at_once: usize,
    /// From asking to the last byte.
    pub time: Duration,
    /// Of one tile; a hundred times a usual one.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            at_once: 6,
            time: Duration::from_secs(20),
            bytes: 4 << 20,
        }
    }
}

/// Whether this is an address tiles can be asked of: all of them of one host.
#[must_use]
pub fn is_tile_address(text: &str) -> bool {
    let first = Url::parse(&tile_url(text, (0, 0, 0)));
    let other = Url::parse(&tile_url(text, (1, 1, 1)));
    let of_one_host =
        matches!((first, other), (Ok(first), Ok(other)) if first.origin() == other.origin());
    text.starts_with("https://")
        && ["{z}", "{x}", "{y}"].iter().all(|part| text.contains(part))
        && !text.contains(char::is_whitespace)
        && of_one_host
}

/// The host of an address of tiles; empty where it has none.
#[must_use]
pub fn host_of(address: &str) -> String {
    let url = Url::parse(&tile_url(address, (0, 0, 0))).ok();
    let host = url.as_ref().and_then(Url::host_str);
    host.unwrap_or_default().to_owned()
}

fn tile_url(address: &str, (zoom, x, y): TileKey) -> String {
    let numbers = [("{z}", u32::from(zoom)), ("{x}", x), ("{y}", y)];
    let fill = |url: String, (name, n): (&str, u32)| url.replace(name, &n.to_string());
    numbers.into_iter().fold(address.to_owned(), fill)
}

/// A tile as it came; `None` where the server has none there.
type Answer<T> = Result<Option<T>, Failure>;

/// A server, asked on a thread that ends with it. `T` is what is made of a tile's bytes, on that thread.
pub struct Server<T> {
    host: String,
    limits: Limits,
    asked: tokio::sync::mpsc::UnboundedSender<TileKey>,
    answers: std::sync::mpsc::Receiver<(TileKey, Answer<T>)>,
    under_way: HashSet<TileKey>,
    rest: Rest,
    has_sent: bool,
    trouble: Option<Failure>,
    is_told: bool,
}

impl<T: Send + 'static> Server<T> {
    /// Asks for nothing yet. `make` makes a tile of bytes, and `wake` is called at each answer.
    ///
    /// # Errors
    /// Where the machine has no certificates, without which no connection can be trusted.
    pub fn new(
        address: &str,
        limits: Limits,
        make: impl Fn(&[u8]) -> Option<T> + Send + Sync + 'static,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Result<Server<T>, Problem> {
        let client = client(limits).map_err(|_| Problem::new(text!("problem-no-certificates")))?;
        let (asked, requests) = tokio::sync::mpsc::unbounded_channel();
        let (send, answers) = std::sync::mpsc::channel();
        let address = address.to_owned();
        let host = host_of(&address);
        let answer = Arc::new(move |key, bytes: Result<Option<Vec<u8>>, Failure>| {
            let _ = send.send((key, bytes.and_then(|b| made(b, &make))));
            wake();
        });
        std::thread::Builder::new()
            .name("tiles".to_owned())
            .spawn(move || serve(&client, &address, limits, requests, &answer))
            .map_err(|_| Problem::new(text!("problem-job-lost")))?;
        Ok(Server {
            host,
            limits,
            asked,
            answers,
            under_way: HashSet::new(),
            rest: Rest::default(),
            has_sent: false,
            trouble: None,
            is_told: false,
        })
    }

    /// Asks for a tile, unless enough are under way. While the server is left in peace it is not
    /// asked, and the answer is for how long.
    pub fn ask(&mut self, key: TileKey, now: Instant) -> Option<Duration> {
        if let Some(left) = self.rest.left(now) {
            return Some(left);
        }
        if self.under_way.len() < self.limits.at_once && self.under_way.insert(key) {
            let _ = self.asked.send(key);
        }
        None
    }

    /// How many tiles are asked for and not yet here.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.under_way.len()
    }

    /// Tiles that came, and `None` for those that need not be asked for again.
    pub fn answers(&mut self, now: Instant) -> Vec<(TileKey, Option<T>)> {
        let all: Vec<_> = self.answers.try_iter().collect();
        let settled = all.into_iter();
        settled
            .filter_map(|(k, a)| self.settle(k, a, now))
            .collect()
    }

    fn settle(
        &mut self,
        key: TileKey,
        answer: Answer<T>,
        now: Instant,
    ) -> Option<(TileKey, Option<T>)> {
        self.under_way.remove(&key);
        match answer {
            Ok(tile) => {
                self.rest.after_success();
                self.has_sent |= tile.is_some();
                Some((key, tile))
            }
            Err(failure) => {
                self.rest.after_failure(now, failure.wait());
                if !self.has_sent || self.rest.failures() >= TOLD_AFTER {
                    self.trouble.get_or_insert(failure.clone());
                }
                failure.is_of_tile().then_some((key, None))
            }
        }
    }

    /// What is wrong with the server, once.
    pub fn trouble(&mut self) -> Option<Problem> {
        let failure = self.trouble.take().filter(|_| !self.is_told)?;
        self.is_told = true;
        Some(failure.problem(&self.host))
    }
}

fn client(limits: Limits) -> reqwest::Result<Client> {
    // Twice is no harm: the first one stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(concat!("Atalaya/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .timeout(limits.time)
        .pool_max_idle_per_host(limits.at_once)
        .build()
}

/// Fetches what is asked for until nobody can ask any more; what is under way then is given up.
fn serve(
    client: &Client,
    address: &str,
    limits: Limits,
    mut requests: tokio::sync::mpsc::UnboundedReceiver<TileKey>,
    answer: &Arc<impl Fn(TileKey, Result<Option<Vec<u8>>, Failure>) + Send + Sync + 'static>,
) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let Ok(runtime) = runtime else { return };
    runtime.block_on(async {
        while let Some(key) = requests.recv().await {
            let (client, answer) = (client.clone(), answer.clone());
            let url = tile_url(address, key);
            tokio::spawn(async move { answer(key, fetch(&client, &url, limits.bytes).await) });
        }
    });
    // Whoever looks up a name may take long.
    runtime.shutdown_background();
}

/// What is made of a tile's bytes; that a reader of images gives up over them is no reason to.
fn made<T>(bytes: Option<Vec<u8>>, make: impl Fn(&[u8]) -> Option<T>) -> Answer<T> {
    let Some(bytes) = bytes else { return Ok(None) };
    let tile = catch_unwind(AssertUnwindSafe(|| make(&bytes)));
    tile.ok().flatten().map(Some).ok_or(Failure::NoImage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_https_of_one_host_and_name_the_tile() {
        assert!(is_tile_address(OPEN_STREET_MAP));
        assert!(is_tile_address("https://a.example:8443/{z}/{x}/{y}?key=1"));
        for bad in [
            "http://a/{z}/{x}/{y}",
            "https://a/{z}/{x}",
            "https://a b/{z}/{x}/{y}",
            "https://{z}.a.example/{x}/{y}",
            "https://a.example:{x}/{z}/{y}",
            "https:///{z}/{x}/{y}",
            "file:///{z}{x}{y}",
            "",
        ] {
            assert!(!is_tile_address(bad), "{bad}");
        }
    }

    #[test]
    fn the_host_is_where_requests_go() {
        assert_eq!(host_of(OPEN_STREET_MAP), "tile.openstreetmap.org");
        let disguised = "https://tile.openstreetmap.org@b.example/{z}/{x}/{y}";
        assert_eq!(host_of(disguised), "b.example");
        assert_eq!(host_of("no address"), "");
    }
}
