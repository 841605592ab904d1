//! Content codings of HTTP bodies, decoded under a limit: gzip, deflate, Brotli, Zstandard.
//!
//! The same for what the fetcher receives and for what archives of the web hold. A coding that the bytes do
//! not have is passed over: archives often keep the header of a body they store decoded.

use std::io::Read;

/// Why a body cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CodingError {
    /// It has more bytes than allowed.
    #[error("more than {0} bytes after decompression")]
    TooLarge(usize),
    /// It is not what its header says.
    #[error("damaged {0} body")]
    Damaged(&'static str),
    /// Nobody knows the coding.
    #[error("unknown content coding `{0}`")]
    Unknown(String),
}

/// The codings [`decode`] knows, for `Accept-Encoding`.
pub(crate) const ACCEPTED: &str = "gzip, deflate, br, zstd";

/// Servers that encode twice exist; more often than this, somebody is playing.
const MOST_CODINGS: usize = 3;

/// Decodes `body` by the value of its `Content-Encoding`, to at most `limit` bytes.
pub(crate) fn decode(codings: &str, body: Vec<u8>, limit: usize) -> Result<Vec<u8>, CodingError> {
    let names: Vec<String> = codings
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty() && name != "identity")
        .collect();
    if names.len() > MOST_CODINGS {
        return Err(CodingError::Unknown(codings.chars().take(60).collect()));
    }
    // The last one applied is the first to come off.
    let mut body = body;
    for name in names.iter().rev() {
        body = match name.as_str() {
            "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
                read(flate2::read::MultiGzDecoder::new(body.as_slice()), limit, "gzip")
                    // Noise after the end of the gzip stream is no harm.
                    .or_else(|_| read(flate2::read::GzDecoder::new(body.as_slice()), limit, "gzip"))?
            }
            // Browsers take both what the standard means (zlib) and what some servers send (bare deflate).
            "deflate" if is_zlib(&body) => {
                read(flate2::read::ZlibDecoder::new(body.as_slice()), limit, "deflate")?
            }
            "deflate" if !is_text(&body) => {
                read(flate2::read::DeflateDecoder::new(body.as_slice()), limit, "deflate")?
            }
            "br" if !is_text(&body) => {
                read(brotli_decompressor::Decompressor::new(body.as_slice(), 4096), limit, "Brotli")?
            }
            "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => {
                let decoder =
                    zstd::Decoder::new(body.as_slice()).map_err(|_| CodingError::Damaged("Zstandard"))?;
                read(decoder, limit, "Zstandard")?
            }
            "gzip" | "x-gzip" | "deflate" | "br" | "zstd" => body,
            // `utf-8` and the like stand here by mistake, and change nothing.
            name if is_text(&body) || name.starts_with("utf") => body,
            name => return Err(CodingError::Unknown(name.chars().take(60).collect())),
        };
    }
    if body.len() > limit { Err(CodingError::TooLarge(limit)) } else { Ok(body) }
}

fn read(decoder: impl Read, limit: usize, name: &'static str) -> Result<Vec<u8>, CodingError> {
    let mut bytes = Vec::new();
    match decoder.take(limit as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() > limit => Err(CodingError::TooLarge(limit)),
        Ok(_) => Ok(bytes),
        Err(_) => Err(CodingError::Damaged(name)),
    }
}

/// Whether a body begins like zlib: method 8, and a header checksum.
fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [method, flags, ..] if method & 0x0f == 8 && (u16::from(*method) * 256 + u16::from(*flags)) % 31 == 0)
}

/// Whether a body begins like markup or JSON: nothing compressed does.
fn is_text(body: &[u8]) -> bool {
    let head = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    matches!(head.first(), None | Some(b'<' | b'{' | b'['))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use proptest::prelude::*;

    const BODY: &[u8] = b"<p>US and Russian troops are at the same air base in Niamey.</p>";

    fn packed(coding: &str, body: &[u8]) -> Vec<u8> {
        let level = flate2::Compression::default();
        match coding {
            "gzip" => {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
                encoder.write_all(body).unwrap();
                encoder.finish().unwrap()
            }
            "deflate" => {
                let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), level);
                encoder.write_all(body).unwrap();
                encoder.finish().unwrap()
            }
            "raw" => {
                let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), level);
                encoder.write_all(body).unwrap();
                encoder.finish().unwrap()
            }
            _ => zstd::encode_all(body, 3).unwrap(),
        }
    }

    #[test]
    fn codings_come_off() {
        for coding in ["gzip", "deflate", "zstd"] {
            assert_eq!(decode(coding, packed(coding, BODY), 1000).as_deref(), Ok(BODY), "{coding}");
        }
        assert_eq!(decode("deflate", packed("raw", BODY), 1000).as_deref(), Ok(BODY));
        // "one one one one" as an uncompressed Brotli stream of the reference encoder.
        let brotli = b"\x0b\x07\x80\x6f\x6e\x65\x20\x6f\x6e\x65\x20\x6f\x6e\x65\x20\x6f\x6e\x65\x03";
        assert_eq!(decode("br", brotli.to_vec(), 1000).as_deref(), Ok(b"one one one one".as_slice()));
        let twice = packed("gzip", &packed("zstd", BODY));
        assert_eq!(decode("zstd, gzip", twice, 1000).as_deref(), Ok(BODY));
    }

    #[test]
    fn a_coding_the_body_does_not_have_is_passed_over() {
        for coding in ["gzip", "br", "deflate", "utf-8", "identity", ""] {
            assert_eq!(decode(coding, BODY.to_vec(), 1000).as_deref(), Ok(BODY), "{coding}");
        }
        assert_eq!(decode("snappy", vec![1, 2, 3], 10), Err(CodingError::Unknown("snappy".into())));
    }

    #[test]
    fn a_bomb_ends_at_the_limit() {
        let bomb = packed("gzip", &vec![0; 50 << 20]);
        assert_eq!(decode("gzip", bomb, 1 << 20), Err(CodingError::TooLarge(1 << 20)));
        assert_eq!(decode("", vec![b'x'; 11], 10), Err(CodingError::TooLarge(10)));
    }

    #[test]
    fn a_cut_body_is_damaged_and_noise_after_it_is_not() {
        let whole = packed("gzip", BODY);
        assert_eq!(
            decode("gzip", whole[..whole.len() - 10].to_vec(), 1000),
            Err(CodingError::Damaged("gzip"))
        );
        assert_eq!(decode("gzip", [&whole[..], b"\r\n"].concat(), 1000).as_deref(), Ok(BODY));
    }

    proptest! {
        #[test]
        fn foreign_bytes_never_panic(body in proptest::collection::vec(any::<u8>(), 0..100), at in 0usize..4) {
            let _ = decode(["gzip", "deflate", "br", "zstd"][at], body, 10_000);
        }
    }
}
