#![no_main]

use atalaya::import::{Options, profiles};

// One table read by every profile, whatever its columns.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let path = std::path::Path::new("/dev/shm").join(format!("atalaya-profiles-{}.csv", std::process::id()));
    std::fs::write(&path, bytes).expect("a file in memory");
    for profile in profiles() {
        let options = Options {
            profile: Some(profile.id.to_owned()),
            gazetteer: true,
            zone: Some("place".to_owned()),
            ..Options::default()
        };
        atalaya_fuzz::read_path(&path, &options);
    }
});
