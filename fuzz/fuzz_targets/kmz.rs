#![no_main]

use atalaya_fuzz::{read, zipped};

// A damaged archive, or a sound one of a damaged document.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| match bytes.strip_prefix(b"PK") {
    Some(_) => read("f.kmz", bytes),
    None => read("f.kmz", &zipped(&[("doc.kml", bytes)])),
});
