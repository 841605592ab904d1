//! URLs: which ones name an article, in which form, and whose they are.

use url::Url;

/// The URL in the form under which its article is known; `None` for what is not an http(s) URL.
pub fn canonical(url: &str) -> Option<String> {
    let url = Url::parse(url.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.into())
}

/// The outlet an http(s) URL belongs to: its host, without `www.`.
pub fn outlet(url: &str) -> Option<String> {
    let url = Url::parse(url.trim()).ok()?;
    let host = url.host_str().filter(|_| matches!(url.scheme(), "http" | "https"))?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_name_articles() {
        assert_eq!(
            canonical(" https://Sahel-Courier.example/a "),
            Some("https://sahel-courier.example/a".into())
        );
        assert_eq!(canonical("mailto:desk@sahel-courier.example"), None);
        assert_eq!(canonical("/relative"), None);
        assert_eq!(outlet("http://www.sahel-courier.example:8080/a"), Some("sahel-courier.example".into()));
    }
}
