//! What a text is about, as a direction in a space all languages share.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A unit vector of 384 dimensions, in eight bits each.
///
/// Two texts on the same event point in nearly the same direction, whatever languages they are in.
/// Rounding to eight bits moves a cosine by less than 0.01.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding {
    parts: Box<[i8; Self::DIMENSIONS]>,
    /// One over the length of `parts`; follows from them.
    scale: f32,
}

impl Embedding {
    /// Dimensions, and bytes in a store.
    pub const DIMENSIONS: usize = 384;

    /// Rounds a direction to eight bits; its length does not matter.
    ///
    /// `None` if it has other than [`Self::DIMENSIONS`] parts, one that is not finite, or no direction
    /// (all zeros).
    pub fn new(direction: &[f32]) -> Option<Self> {
        let largest = direction.iter().fold(0.0f32, |largest, part| largest.max(part.abs()));
        if direction.len() != Self::DIMENSIONS
            || !direction.iter().all(|part| part.is_finite())
            || largest <= f32::MIN_POSITIVE
        {
            return None;
        }
        let mut parts = [0i8; Self::DIMENSIONS];
        for (part, exact) in parts.iter_mut().zip(direction) {
            // Between -127 and 127, as the largest part becomes ±127.
            *part = (exact / largest * 127.0).round() as i8;
        }
        Some(Self::of(parts))
    }

    /// From the bytes of [`Self::to_bytes`]; `None` if they are not 384 or all zero.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; Self::DIMENSIONS] = bytes.try_into().ok()?;
        let parts = bytes.map(|byte| byte as i8);
        parts.iter().any(|part| *part != 0).then(|| Self::of(parts))
    }

    /// The parts, one byte each.
    pub fn to_bytes(&self) -> [u8; Self::DIMENSIONS] {
        self.parts.map(|part| part as u8)
    }

    /// The cosine of the angle between two directions, -1 to 1.
    pub fn cosine(&self, other: &Self) -> f32 {
        dot(&self.parts, &other.parts) as f32 * self.scale * other.scale
    }

    /// The mean direction of `count` texts that point here on average, and one more.
    pub fn with_one_more(&self, count: u32, other: &Self) -> Self {
        let weight = count as f32 * self.scale;
        let sum: Vec<f32> = self
            .parts
            .iter()
            .zip(other.parts.iter())
            .map(|(a, b)| f32::from(*a) * weight + f32::from(*b) * other.scale)
            .collect();
        // Two opposite directions have no mean; then the older one stays.
        Self::new(&sum).unwrap_or_else(|| self.clone())
    }

    fn of(parts: [i8; Self::DIMENSIONS]) -> Self {
        let scale = 1.0 / (dot(&parts, &parts) as f32).sqrt();
        Self { parts: Box::new(parts), scale }
    }
}

impl Default for Embedding {
    /// The diagonal: a direction like any other, about nothing in particular.
    fn default() -> Self {
        Self::of([1; Self::DIMENSIONS])
    }
}

/// At most 384 · 128², far below what 32 bits hold.
fn dot(a: &[i8; Embedding::DIMENSIONS], b: &[i8; Embedding::DIMENSIONS]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

impl Serialize for Embedding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.to_bytes())
    }
}

impl<'de> Deserialize<'de> for Embedding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl<'de> serde::de::Visitor<'de> for Bytes {
            type Value = Embedding;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{} bytes, not all zero", Embedding::DIMENSIONS)
            }

            fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Embedding, E> {
                Embedding::from_bytes(bytes).ok_or_else(|| E::invalid_length(bytes.len(), &self))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Embedding, A::Error> {
                let mut bytes = Vec::with_capacity(Embedding::DIMENSIONS);
                while let Some(byte) = seq.next_element()? {
                    if bytes.len() == Embedding::DIMENSIONS {
                        return Err(A::Error::invalid_length(bytes.len() + 1, &self));
                    }
                    bytes.push(byte);
                }
                self.visit_bytes(&bytes)
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slope(step: f32) -> Vec<f32> {
        (0..Embedding::DIMENSIONS).map(|i| (i as f32 * step).sin()).collect()
    }

    fn exact(a: &[f32], b: &[f32]) -> f32 {
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    }

    #[test]
    fn rounding_hardly_moves_a_cosine() {
        for (a, b) in [(0.1, 0.1), (0.1, 0.1001), (0.1, 0.7), (0.3, 0.3004)] {
            let (a, b) = (slope(a), slope(b));
            let rounded = Embedding::new(&a).unwrap().cosine(&Embedding::new(&b).unwrap());
            assert!((rounded - exact(&a, &b)).abs() < 0.01, "{rounded} for {}", exact(&a, &b));
        }
    }

    #[test]
    fn length_does_not_matter_and_what_has_no_direction_is_refused() {
        let long: Vec<f32> = slope(0.2).iter().map(|part| part * 1e6).collect();
        assert_eq!(Embedding::new(&slope(0.2)), Embedding::new(&long));
        assert_eq!(Embedding::new(&[0.0; Embedding::DIMENSIONS]), None);
        assert_eq!(Embedding::new(&[1.0; 3]), None);
        assert_eq!(Embedding::new(&[f32::NAN; Embedding::DIMENSIONS]), None);
        assert_eq!(Embedding::from_bytes(&[0; Embedding::DIMENSIONS]), None);
        assert_eq!(Embedding::from_bytes(&[1; 5]), None);
    }

    #[test]
    fn a_mean_lies_between_and_nearer_to_the_many() {
        let (a, b) = (Embedding::new(&slope(0.1)).unwrap(), Embedding::new(&slope(0.11)).unwrap());
        let mean = a.with_one_more(3, &b);
        assert!(mean.cosine(&a) > mean.cosine(&b) && mean.cosine(&b) > a.cosine(&b));
        let opposite =
            Embedding::from_bytes(&a.to_bytes().map(|part| (part as i8).wrapping_neg() as u8)).unwrap();
        assert_eq!(a.with_one_more(1, &opposite), a);
    }

    #[test]
    fn bytes_and_json_bring_it_back() {
        let embedding = Embedding::new(&slope(0.2)).unwrap();
        assert_eq!(Embedding::from_bytes(&embedding.to_bytes()).as_ref(), Some(&embedding));
        let json = serde_json::to_string(&embedding).unwrap();
        assert_eq!(serde_json::from_str::<Embedding>(&json).unwrap(), embedding);
        assert!(serde_json::from_str::<Embedding>("[1,2,3]").is_err());
    }
}
