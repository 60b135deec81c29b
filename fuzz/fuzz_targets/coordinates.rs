#![no_main]

use atalaya_fuzz::cell;

libfuzzer_sys::fuzz_target!(|text: &[u8]| {
    cell("fecha;coordenadas", "2025-02-03;", text, "");
    cell("fecha;lat;lon", "2025-02-03;", text, ";-99.5");
});
