//! The answer of a web server as archives keep it: status, headers, and a body in its transfer and content
//! codings.

use crate::coding;

/// Headers of one answer that are read; servers with more exist, and are not news.
const MOST_HEADERS: usize = 200;

/// What a server answered.
pub(super) struct Answer<'a> {
    pub status: u16,
    pub content_type: Option<String>,
    chunked: bool,
    codings: String,
    body: &'a [u8],
}

/// Reads an answer; `None` where the block is none.
pub(super) fn answer(block: &[u8]) -> Result<Option<Answer<'_>>, String> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let mut config = httparse::ParserConfig::default();
    config.allow_spaces_after_header_name_in_responses(true);
    config.allow_obsolete_multiline_headers_in_responses(true);
    config.ignore_invalid_headers_in_responses(true);
    let start = match config.parse_response(&mut response, block) {
        Ok(httparse::Status::Complete(start)) => start,
        Ok(httparse::Status::Partial) => return Ok(None), // headers without a body
        Err(error) => return Err(format!("the HTTP answer in this record cannot be read: {error}")),
    };
    let get = |name: &str| {
        let header = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        header.map(|header| String::from_utf8_lossy(header.value).trim().to_owned())
    };
    Ok(Some(Answer {
        status: response.code.unwrap_or_default(),
        content_type: get("content-type"),
        chunked: get("transfer-encoding")
            .is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked")),
        codings: get("content-encoding").unwrap_or_default(),
        body: &block[start..],
    }))
}

impl Answer<'_> {
    /// The body without its codings, at most `limit` bytes.
    pub(super) fn body(self, limit: usize) -> Result<Vec<u8>, String> {
        // Archives often store the body joined and keep the header: what has no chunk size has no chunks.
        let joined = if self.chunked { join_chunks(self.body) } else { None };
        let body = joined.unwrap_or_else(|| self.body.to_vec());
        coding::decode(&self.codings, body, limit)
            .map_err(|error| format!("the page in this record cannot be decoded: {error}"))
    }
}

/// Joins the chunks of a body (RFC 9112 §7.1); `None` where it has none. What is left of a cut one is kept.
fn join_chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(rest.len());
    loop {
        let end = memchr::memchr(b'\n', rest).filter(|end| *end <= 1024);
        let size = end.and_then(|end| {
            let digits = rest[..end].split(|b| *b == b';').next()?.trim_ascii();
            usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        });
        let (Some(end), Some(size)) = (end, size) else {
            return if body.is_empty() { None } else { Some(body) };
        };
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(body);
        }
        let len = size.min(rest.len());
        body.extend_from_slice(&rest[..len]);
        rest = &rest[len..];
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_where_there_are_any() {
        assert_eq!(
            join_chunks(b"4\r\nTroo\r\n3;x=y\r\nps \r\n0\r\n\r\n").as_deref(),
            Some(b"Troops ".as_slice())
        );
        assert_eq!(join_chunks(b"4\r\nTroo\r\nff\r\nps").as_deref(), Some(b"Troops".as_slice()));
        assert_eq!(join_chunks(b"<!doctype html>\n<p>"), None);
        assert_eq!(join_chunks(b"0\r\n\r\n").as_deref(), Some(b"".as_slice()));
    }

    #[test]
    fn an_answer_has_a_status_a_type_and_a_body() {
        let block = b"HTTP/1.1 200 OK\r\nContent-Type : text/html\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        let answer = answer(block).unwrap().unwrap();
        assert_eq!((answer.status, answer.content_type.as_deref()), (200, Some("text/html")));
        assert_eq!(answer.body(10).unwrap(), b"abc");
        assert!(super::answer(b"HTTP/1.1 200 OK\r\nContent-").unwrap().is_none());
        assert!(super::answer(b"GARBAGE\r\n\r\n").is_err());
    }
}
