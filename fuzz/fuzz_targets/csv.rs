#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| atalaya_fuzz::read("f.csv", bytes));
