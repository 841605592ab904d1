//! Members whole, cut and damaged.

use std::io::Write;

use super::*;
use proptest::prelude::*;

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zstd(text: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap(); // without it, zstd cannot tell damage
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// What comes out: bytes, and damage as its message.
fn unzip(packed: &[u8], packing: Packing) -> (Vec<u8>, Vec<String>) {
    let mut unzip = Unzip::new(packed, packing);
    let (mut bytes, mut damage) = (Vec::new(), Vec::new());
    for _ in 0..100_000 {
        match unzip.fill_buf() {
            Ok([]) => return (bytes, damage),
            Ok(chunk) => {
                bytes.extend_from_slice(chunk);
                let len = chunk.len();
                unzip.consume(len);
            }
            Err(error) => damage.push(error.to_string()),
        }
    }
    panic!("no end");
}

#[test]
fn members_follow_one_another() {
    let packed = [gzip(b"one\n"), gzip(b""), gzip(&b"two\n".repeat(100_000)), vec![0; 512]].concat();
    let (bytes, damage) = unzip(&packed, Packing::Gzip);
    assert_eq!((bytes.len(), damage), (4 + 400_000, vec![]));
    let packed = [zstd(b"one\n"), vec![0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9], zstd(b"two\n")].concat();
    assert_eq!(unzip(&packed, Packing::Zstd), (b"one\ntwo\n".to_vec(), vec![]));
}

#[test]
fn a_file_that_is_cut_keeps_what_came_before() {
    let text: Vec<u8> = (0..50_000u32).flat_map(|i| format!("line {i}\n").into_bytes()).collect();
    for (packed, packing) in [(gzip(&text), Packing::Gzip), (zstd(&text), Packing::Zstd)] {
        let (bytes, damage) = unzip(&packed[..packed.len() / 2], packing);
        assert!(bytes.len() > 10_000 && text.starts_with(&bytes), "{}", bytes.len());
        assert_eq!(damage.len(), 1);
        assert!(damage[0].contains("ends in the middle"), "{damage:?}");
    }
}

#[test]
fn a_damaged_member_is_reported_and_the_next_is_read() {
    let broken = |mut member: Vec<u8>| {
        let middle = member.len() / 2;
        member[middle..middle + 8].fill(0xff);
        member
    };
    let text = b"US and Russian troops are at the same air base in Niamey.\n".repeat(3);
    for (member, packing) in [(gzip(&text), Packing::Gzip), (zstd(&text), Packing::Zstd)] {
        let after = if packing == Packing::Gzip { gzip(b"after") } else { zstd(b"after") };
        let packed = [member.clone(), broken(member.clone()), after.clone()].concat();
        let (bytes, damage) = unzip(&packed, packing);
        assert!(bytes.starts_with(&text) && bytes.ends_with(b"after"), "{}", String::from_utf8_lossy(&bytes));
        assert_eq!(damage.len(), 1, "{damage:?}");
        let cut = [&member[..member.len() - 12], &after].concat();
        let (bytes, damage) = unzip(&cut, packing);
        assert!(bytes.ends_with(b"after") && damage.len() == 1, "{damage:?}");
    }
}

#[test]
fn a_header_may_carry_a_name() {
    let mut encoder = flate2::GzBuilder::new()
        .filename("wire.jsonl")
        .comment("x")
        .extra(vec![1, 2])
        .write(Vec::new(), flate2::Compression::fast());
    encoder.write_all(b"one").unwrap();
    assert_eq!(unzip(&encoder.finish().unwrap(), Packing::Gzip), (b"one".to_vec(), vec![]));
}

proptest! {
    #[test]
    fn foreign_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..200), gz in any::<bool>()) {
        let (packing, head): (_, &[u8]) = if gz { (Packing::Gzip, &[0x1f, 0x8b, 8, 0]) } else { (Packing::Zstd, &[0x28, 0xb5, 0x2f, 0xfd]) };
        unzip(&[head, &bytes].concat(), packing);
        unzip(&bytes, packing);
    }
}
