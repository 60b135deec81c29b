#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| {
    atalaya_fuzz::cell("fecha;lat;lon", "", text, ";27.5;-99.5");
});
