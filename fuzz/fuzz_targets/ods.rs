#![no_main]

use atalaya_fuzz::{read, zipped};

const TYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| match bytes.strip_prefix(b"PK") {
    Some(_) => read("f.ods", bytes),
    None => read("f.ods", &zipped(&[("mimetype", TYPE), ("content.xml", bytes)])),
});
