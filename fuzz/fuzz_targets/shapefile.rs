#![no_main]

use atalaya_fuzz::{parts, read_beside};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let [shp, dbf, prj, cpg] = parts(bytes);
    read_beside("f.shp", shp, &[("f.dbf", dbf), ("f.prj", prj), ("f.cpg", cpg)]);
});
