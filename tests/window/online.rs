//! Online maps from bad servers: each, on this machine, does one thing that a server of tiles should not.

use crate::support::{demo_case, settle, window};
use atalaya::locale::Lang;
use atalaya::online::{Limits, Server};
use atalaya::session::{BasemapChoice, Command};
use atalaya::view::tiles::OnlineTiles;
use egui_kittest::kittest::Queryable;
use std::io::{Cursor, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use walkers::{TileId, Tiles};

/// A server of this machine, and what was asked of it.
struct Stranger {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
    open: Arc<AtomicUsize>,
    most_open: Arc<AtomicUsize>,
}

impl Stranger {
    /// `reply` is given the number of the request and the connection, which is closed after it.
    fn new(reply: impl Fn(usize, &mut TcpStream) + Send + Sync + 'static) -> Stranger {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!(
            "http://{}/{{z}}/{{x}}/{{y}}",
            listener.local_addr().unwrap()
        );
        let stranger = Stranger {
            address,
            asked: Arc::default(),
            open: Arc::default(),
            most_open: Arc::default(),
        };
        let (asked, open) = (stranger.asked.clone(), stranger.open.clone());
        let (most_open, reply) = (stranger.most_open.clone(), Arc::new(reply));
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let (asked, open) = (asked.clone(), open.clone());
                let (most_open, reply) = (most_open.clone(), reply.clone());
                std::thread::spawn(move || {
                    let mut connection = connection.unwrap();
                    most_open.fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    let head = head(&mut connection);
                    let number = {
                        let mut asked = asked.lock().unwrap();
                        asked.push(head);
                        asked.len() - 1
                    };
                    reply(number, &mut connection);
                    open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        stranger
    }

    /// One that sends the same each time.
    fn sending(head: &str, body: &[u8]) -> Stranger {
        let answer = [head.as_bytes(), b"\r\nConnection: close\r\n\r\n", body].concat();
        Stranger::new(move |_, connection| {
            let _ = connection.write_all(&answer);
        })
    }

    fn requests(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

fn head(connection: &mut TcpStream) -> String {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && connection.read(&mut byte).is_ok_and(|n| n > 0) {
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

/// Until the other side hangs up, at most for so long; whether it did.
fn hangs_up(connection: &mut TcpStream, within: Option<Duration>) -> bool {
    connection.set_read_timeout(within).unwrap();
    let read = connection.read(&mut [0]);
    read.map_or_else(
        |e| e.kind() == std::io::ErrorKind::ConnectionReset,
        |n| n == 0,
    )
}

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Type: image/png";

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let image = image::RgbaImage::new(width, height);
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// An image whose head says that it is larger than it is.
fn png_said_to_be(side: u32) -> Vec<u8> {
    let mut bytes = png(1, 1);
    bytes[16..20].copy_from_slice(&side.to_be_bytes());
    bytes[20..24].copy_from_slice(&side.to_be_bytes());
    let mut sum = flate2::Crc::new();
    sum.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    bytes
}

fn gzip_bomb() -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..100 {
        packed.write_all(&vec![0; 1 << 20]).unwrap();
    }
    packed.finish().unwrap()
}

/// One layer, one feature of 200,000 lines.
fn vector_bomb() -> Vec<u8> {
    let lines = [9, 0, 0].repeat(200_000);
    let framed = |field: u8, bytes: Vec<u8>| {
        let mut length = bytes.len();
        let mut out = vec![field << 3 | 2];
        while length >= 0x80 {
            out.push(length as u8 | 0x80);
            length >>= 7;
        }
        out.push(length as u8);
        [out, bytes].concat()
    };
    let feature = [vec![0x18, 2], framed(4, lines)].concat();
    let layer = [
        vec![0x78, 2],
        framed(1, b"land".to_vec()),
        framed(2, feature),
    ]
    .concat();
    framed(3, layer)
}

/// Short, so that a test does not wait for long, and long enough for a busy machine.
const LIMITS: Limits = Limits {
    at_once: 6,
    time: Duration::from_secs(2),
    bytes: 1 << 20,
};

const WORLD: TileId = TileId {
    x: 0,
    y: 0,
    zoom: 0,
};

/// Whether there is a tile, and what is told, after the one tile of the world was asked for.
fn ask_one(stranger: &Stranger) -> (bool, Option<&'static str>) {
    let ctx = egui::Context::default();
    let mut tiles = OnlineTiles::new(&stranger.address, LIMITS, &ctx).unwrap();
    let mut tile = tiles.at(WORLD);
    while tiles.under_way() > 0 {
        std::thread::yield_now();
        tile = tiles.at(WORLD);
    }
    assert_eq!(stranger.requests(), 1);
    let told = tiles.trouble().map(|problem| problem.key);
    assert!(tiles.trouble().is_none(), "told twice");
    (tile.is_some(), told)
}

#[test]
fn a_sound_tile_is_shown_and_one_that_is_missing_is_no_trouble() {
    for side in [1, 256, 1024] {
        let stranger = Stranger::sending(OK, &png(side, side));
        assert_eq!(ask_one(&stranger), (true, None));
        let head = stranger.asked.lock().unwrap()[0].to_lowercase();
        assert!(head.starts_with("get /0/0/0 http/1.1\r\n"), "{head}");
        assert!(head.contains("\r\nuser-agent: atalaya/"), "{head}");
    }
    for head in ["HTTP/1.1 404 Not Found", "HTTP/1.1 204 No Content", OK] {
        assert_eq!(
            ask_one(&Stranger::sending(head, b"")),
            (false, None),
            "{head}"
        );
    }
}

#[test]
fn what_is_no_tile_is_told_in_one_sentence() {
    let no_image = "problem-tiles-no-image";
    let with = |more: &str| format!("{OK}\r\n{more}");
    let cut = &png(256, 256)[..60];
    let redirect = |to: &str| format!("HTTP/1.1 302 Found\r\nLocation: {to}");
    for (name, head, body, told) in [
        (
            "HTML",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html".to_owned(),
            b"<html>".to_vec(),
            no_image,
        ),
        (
            "gzip bomb",
            with("Content-Encoding: gzip"),
            gzip_bomb(),
            no_image,
        ),
        ("cut PNG", OK.to_owned(), cut.to_vec(), no_image),
        ("vast PNG", OK.to_owned(), png_said_to_be(60_000), no_image),
        ("wide PNG", OK.to_owned(), png(1025, 1), no_image),
        (
            "bad vectors",
            OK.to_owned(),
            vec![0x1A, 0xFF, 0x03, 7],
            no_image,
        ),
        ("vector bomb", OK.to_owned(), vector_bomb(), no_image),
        (
            "too long",
            OK.to_owned(),
            vec![0; LIMITS.bytes + 1],
            "problem-tiles-too-big",
        ),
        (
            "long by its own word",
            with("Content-Length: 4000000000"),
            vec![0; LIMITS.bytes + 1],
            "problem-tiles-too-big",
        ),
        (
            "shorter than it said",
            with("Content-Length: 100000"),
            png(1, 1),
            "problem-tiles-unreachable",
        ),
        (
            "no HTTP",
            "SSH-2.0".to_owned(),
            Vec::new(),
            "problem-tiles-unreachable",
        ),
        (
            "file",
            redirect("file:///etc/hosts"),
            Vec::new(),
            "problem-tiles-elsewhere",
        ),
        (
            "error",
            "HTTP/1.1 500 Oh".to_owned(),
            Vec::new(),
            "problem-tiles-status",
        ),
        (
            "busy",
            "HTTP/1.1 429 Wait\r\nRetry-After: 120".to_owned(),
            Vec::new(),
            "problem-tiles-busy",
        ),
    ] {
        let stranger = Stranger::sending(&head, &body);
        assert_eq!(ask_one(&stranger), (false, Some(told)), "{name}");
    }
}

#[test]
fn a_server_that_takes_too_long_is_given_up() {
    let slow = Some("problem-tiles-slow");
    let silent = Stranger::new(|_, connection| assert!(hangs_up(connection, None)));
    assert_eq!(ask_one(&silent), (false, slow));
    let dripping = Stranger::new(|_, connection| {
        let _ = connection.write_all(format!("{OK}\r\n\r\n").as_bytes());
        while !hangs_up(connection, Some(Duration::from_millis(20))) {
            let _ = connection.write_all(b"x");
        }
    });
    assert_eq!(ask_one(&dripping), (false, slow));
    let endless = Stranger::new(|_, connection| {
        let _ = connection.write_all(format!("{OK}\r\n\r\n").as_bytes());
        while connection.write_all(&[0; 4096]).is_ok() {}
    });
    assert_eq!(ask_one(&endless), (false, Some("problem-tiles-too-big")));
}

#[test]
fn no_request_goes_to_another_server() {
    let other = Stranger::sending(OK, &png(256, 256));
    let to = other.address.replace("{z}/{x}/{y}", "0/0/0");
    for code in [301, 302, 303, 307, 308] {
        let redirecting = Stranger::sending(&format!("HTTP/1.1 {code} X\r\nLocation: {to}"), b"");
        assert_eq!(
            ask_one(&redirecting),
            (false, Some("problem-tiles-elsewhere"))
        );
    }
    assert_eq!(other.requests(), 0);
}

#[test]
fn little_is_asked_at_once_and_given_up_with_the_map() {
    let silent = Stranger::new(|_, connection| assert!(hangs_up(connection, None)));
    let ctx = egui::Context::default();
    let patient = Limits {
        time: Duration::from_secs(600),
        ..LIMITS
    };
    let mut tiles = OnlineTiles::new(&silent.address, patient, &ctx).unwrap();
    while silent.requests() < LIMITS.at_once {
        for x in 0..40 {
            assert!(tiles.at(TileId { x, y: 7, zoom: 6 }).is_none());
        }
    }
    assert_eq!(tiles.under_way(), LIMITS.at_once);
    drop(tiles);
    while silent.open.load(Ordering::SeqCst) > 0 {
        std::thread::yield_now();
    }
    assert_eq!(silent.most_open.load(Ordering::SeqCst), LIMITS.at_once);
    assert_eq!(silent.requests(), LIMITS.at_once);
}

/// Asks for a tile at a moment and takes the answer.
fn ask(server: &mut Server<()>, x: u32, now: Instant) -> Option<Duration> {
    let wait = server.ask((12, x, 0), now);
    while server.under_way() > 0 {
        std::thread::yield_now();
        server.answers(now);
    }
    wait
}

#[test]
fn a_server_that_asks_for_peace_is_left_in_peace() {
    let busy = Stranger::sending("HTTP/1.1 429 Wait\r\nRetry-After: 120", b"");
    let mut server = Server::new(&busy.address, LIMITS, |_| Some(()), || {}).unwrap();
    let now = Instant::now();
    assert_eq!(ask(&mut server, 0, now), None);
    let seconds = Duration::from_secs;
    for x in 1..100 {
        assert_eq!(ask(&mut server, x, now + seconds(20)), Some(seconds(100)));
    }
    assert_eq!(busy.requests(), 1);
    assert_eq!(ask(&mut server, 0, now + seconds(120)), None);
    assert_eq!(busy.requests(), 2);
}

#[test]
fn three_thousand_errors_are_one_sentence() {
    let failing = Stranger::new(|number, connection| {
        let code = 400 + number % 200;
        let head =
            format!("HTTP/1.1 {code} Error {number}\r\nRetry-After: {number}\r\nX-{number}: y\r\n");
        let _ = connection
            .write_all(format!("{head}Connection: close\r\n\r\nError {number}").as_bytes());
    });
    let mut server = Server::new(&failing.address, LIMITS, |_| Some(()), || {}).unwrap();
    let (mut now, mut told) = (Instant::now(), Vec::new());
    for x in 0..3_000 {
        while let Some(wait) = ask(&mut server, x, now) {
            now += wait;
        }
        told.extend(server.trouble());
    }
    assert_eq!(failing.requests(), 3_000);
    assert_eq!(told.len(), 1);
}

#[test]
fn one_failure_among_sound_tiles_is_not_told_and_three_in_a_row_are() {
    let sound = [OK.as_bytes(), b"\r\nConnection: close\r\n\r\n", &png(1, 1)].concat();
    let fails = |number: usize| number == 1 || number > 2;
    let flaky = Stranger::new(move |number, connection| {
        let error = b"HTTP/1.1 500 Oh\r\nConnection: close\r\n\r\n";
        let _ = connection.write_all(if fails(number) { error } else { &sound });
    });
    let mut server = Server::new(&flaky.address, LIMITS, |_| Some(()), || {}).unwrap();
    let mut now = Instant::now();
    let told = (0..6).map(|x| {
        while let Some(wait) = ask(&mut server, x, now) {
            now += wait;
        }
        server.trouble().is_some()
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [false, false, false, false, false, true]
    );
}

#[test]
fn the_window_goes_on_while_a_server_is_silent_and_says_once_what_is_wrong() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    let silent = Stranger::new(|_, connection| assert!(hangs_up(connection, None)));
    let choose =
        |stranger: &Stranger| Command::SetBasemap(BasemapChoice::Online(stranger.address.clone()));
    w.state_mut().push(choose(&silent));
    while silent.requests() < 6 {
        w.step();
    }
    w.state_mut()
        .push(Command::SetBasemap(BasemapChoice::Builtin));
    settle(&mut w);
    while silent.open.load(Ordering::SeqCst) > 0 {
        w.step();
    }
    assert!(w.query_by_label_contains("The online map").is_none());

    let pages = Stranger::sending(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html",
        b"<html>Log in</html>",
    );
    w.state_mut().push(choose(&pages));
    while w
        .query_by_label_contains("The online map 127.0.0.1")
        .is_none()
    {
        w.step();
    }
    assert_eq!(w.query_all_by_label_contains("The online map").count(), 1);
}
