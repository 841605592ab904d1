//! How spaCy's models know strings: by a hash, or by a number of its symbol table.

use rustc_hash::FxHashMap;

/// Strings that have a number instead of a hash.
#[derive(Debug)]
pub struct Symbols(FxHashMap<String, u64>);

impl Symbols {
    /// The table of these strings and numbers.
    pub fn new(symbols: Vec<(String, u64)>) -> Self {
        Self(symbols.into_iter().collect())
    }

    /// The id of a string; zero for the empty one.
    pub fn id(&self, text: &str) -> u64 {
        if text.is_empty() {
            return 0;
        }
        self.0.get(text).copied().unwrap_or_else(|| murmur64a(text.as_bytes()))
    }
}

/// MurmurHash64A with seed 1 (Appleby 2008).
fn murmur64a(data: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = 1 ^ (data.len() as u64).wrapping_mul(M);
    let (words, rest) = data.as_chunks::<8>();
    for word in words {
        let mut k = u64::from_le_bytes(*word).wrapping_mul(M);
        k ^= k >> R;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let last = rest.iter().rev().fold(0, |sum, &byte| sum << 8 | u64::from(byte));
        hash = (hash ^ last).wrapping_mul(M);
    }
    hash ^= hash >> R;
    hash = hash.wrapping_mul(M);
    hash ^ hash >> R
}

/// Four hashes of an id: MurmurHash3, 128 bits, of its eight bytes, as thinc's hash embeddings take it.
pub fn four_hashes(id: u64, seed: u64) -> [u32; 4] {
    fn mix(mut k: u64) -> u64 {
        k = (k ^ k >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
        k = (k ^ k >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        k ^ k >> 33
    }
    let k = id.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    let mut h1 = k ^ seed ^ 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}
