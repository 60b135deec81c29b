//! One tile from a server, and what may come instead.

use crate::locale::Problem;
use reqwest::header::RETRY_AFTER;
use reqwest::{Client, Response, StatusCode};
use std::time::Duration;

/// Why there is no tile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    Unreachable,
    Slow,
    /// It asks to be left in peace, perhaps for so long.
    Busy(Option<Duration>),
    Status(u16),
    /// It sends on to another address.
    Elsewhere,
    TooBig,
    NoImage,
}

impl Failure {
    fn of(error: &reqwest::Error) -> Failure {
        if error.is_timeout() {
            Failure::Slow
        } else {
            Failure::Unreachable
        }
    }

    /// How long the server wants to be left in peace.
    pub(super) fn wait(&self) -> Option<Duration> {
        match self {
            Failure::Busy(wait) => *wait,
            _ => None,
        }
    }

    /// Whether the same would come again for this tile, and others may be sound.
    pub(super) fn is_of_tile(&self) -> bool {
        match self {
            Failure::TooBig | Failure::NoImage => true,
            Failure::Status(code) => matches!(code, 400..=499) && ![401, 403, 408].contains(code),
            _ => false,
        }
    }

    pub(super) fn problem(&self, host: &str) -> Problem {
        match self {
            Failure::Unreachable => Problem::new(text!("problem-tiles-unreachable", host = host)),
            Failure::Slow => Problem::new(text!("problem-tiles-slow", host = host)),
            Failure::Busy(_) => Problem::new(text!("problem-tiles-busy", host = host)),
            Failure::Status(code) => {
                Problem::new(text!("problem-tiles-status", host = host, status = code))
            }
            Failure::Elsewhere => Problem::new(text!("problem-tiles-elsewhere", host = host)),
            Failure::TooBig => Problem::new(text!("problem-tiles-too-big", host = host)),
            Failure::NoImage => Problem::new(text!("problem-tiles-no-image", host = host)),
        }
    }
}

/// The bytes of a tile; `None` where the server has none there.
pub(super) async fn fetch(
    client: &Client,
    url: &str,
    most_bytes: usize,
) -> Result<Option<Vec<u8>>, Failure> {
    let sent = client.get(url).send().await;
    let mut answer = sent.map_err(|e| Failure::of(&e))?;
    match answer.status() {
        StatusCode::NO_CONTENT | StatusCode::NOT_FOUND | StatusCode::GONE => return Ok(None),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
            return Err(Failure::Busy(retry_after(&answer)));
        }
        status if status.is_redirection() => return Err(Failure::Elsewhere),
        status if !status.is_success() => return Err(Failure::Status(status.as_u16())),
        _ => {}
    }
    let mut bytes = Vec::new();
    // What the head says of the length is not believed: the bytes that come are counted.
    while let Some(chunk) = answer.chunk().await.map_err(|e| Failure::of(&e))? {
        if bytes.len() + chunk.len() > most_bytes {
            return Err(Failure::TooBig);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok((!bytes.is_empty()).then_some(bytes))
}

/// In seconds or as a date.
fn retry_after(answer: &Response) -> Option<Duration> {
    let text = answer.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    let left = until.duration_since(jiff::Timestamp::now());
    Duration::try_from(left).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Lang, has};

    #[test]
    fn every_failure_is_a_sentence_that_names_the_host() {
        for failure in [
            Failure::Unreachable,
            Failure::Slow,
            Failure::Busy(None),
            Failure::Status(500),
            Failure::Elsewhere,
            Failure::TooBig,
            Failure::NoImage,
        ] {
            let problem = failure.problem("a.example");
            for lang in Lang::ALL {
                assert!(has(lang, problem.key), "{failure:?}");
                let said = problem.message(lang);
                assert!(said.contains("a.example"), "{said}");
            }
        }
    }
}
