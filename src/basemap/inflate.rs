//! Tiles packed with gzip, as files of tiles have them.

use std::io::Read;

/// Largest tile taken, bytes after inflating: a few hundred times a usual one.
const MOST_BYTES: u64 = 32 << 20;

/// A tile without its gzip wrapping, where it has one; `None` where it is damaged or too big.
#[must_use]
pub fn inflated(bytes: Vec<u8>) -> Option<Vec<u8>> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Some(bytes);
    }
    let mut plain = Vec::new();
    let mut decoder = flate2::read::GzDecoder::new(bytes.as_slice()).take(MOST_BYTES + 1);
    decoder.read_to_end(&mut plain).ok()?;
    (plain.len() as u64 <= MOST_BYTES).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(plain: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(plain).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn a_bomb_is_given_up_and_the_rest_is_unpacked() {
        assert_eq!(inflated(b"plain".to_vec()).unwrap(), b"plain");
        assert_eq!(inflated(packed(b"packed")).unwrap(), b"packed");
        assert!(inflated(packed(&vec![0; MOST_BYTES as usize])).is_some());
        assert!(inflated(packed(&vec![0; MOST_BYTES as usize + 1])).is_none());
        assert!(inflated(packed(b"cut")[..15].to_vec()).is_none());
    }
}
