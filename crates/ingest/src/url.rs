//! URLs in one normal form, so that one article is one article however it was linked.
//!
//! [`canonical`] follows RFC 3986 §6 (case, percent-encoding, dot segments, default port) and takes
//! off what says only how a reader got to the page: the fragment, a user name, and tracking
//! parameters. Nothing else goes: two URLs that might lead to two articles stay two, since a
//! duplicate costs less than two articles under one name. [`outlet`] names who publishes.

use ::url::{Host, Url};

/// Longer URLs are refused; nothing on the web serves them (browsers and servers stop at 2–64 kB).
const MAX_URL_BYTES: usize = 16 * 1024;

/// Parameters that only say which campaign, button, reader or advertisement led to a page, by the
/// names the tools that add them document (analytics, mail, advertising and social networks).
const TRACKING: &[&str] = &[
    "__s",
    "_branch_match_id",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_openstat",
    "at_bbc_team",
    "at_campaign",
    "at_campaign_type",
    "at_custom1",
    "at_custom2",
    "at_custom3",
    "at_custom4",
    "at_format",
    "at_link_id",
    "at_link_origin",
    "at_link_type",
    "at_medium",
    "at_ptr_name",
    "ceneo_spo",
    "cmpid",
    "cvid",
    "cx_testid",
    "cx_testvariant",
    "cx_artpos",
    "dclid",
    "dg_medium",
    "dicbo",
    "ef_id",
    "epik",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "fbclid",
    "ga_source",
    "gaa_at",
    "gaa_n",
    "gaa_sig",
    "gaa_ts",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "hsctatracking",
    "igsh",
    "igshid",
    "intcid",
    "irclickid",
    "ito",
    "itid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mibextid",
    "mkcid",
    "mkt_tok",
    "ml_subscriber",
    "ml_subscriber_hash",
    "msclkid",
    "mtm_cid",
    "ncid",
    "ns_campaign",
    "ns_linkname",
    "ns_mchannel",
    "ns_source",
    "oly_anon_id",
    "oly_enc_id",
    "partner_ref",
    "phpsessid",
    "rb_clickid",
    "s_cid",
    "s_kwcid",
    "sc_campaign",
    "sc_channel",
    "sc_content",
    "sc_country",
    "sc_geo",
    "sc_medium",
    "sc_outcome",
    "sfmc_id",
    "sfnsn",
    "smid",
    "smtyp",
    "spm",
    "srnd",
    "srsltid",
    "taid",
    "tblci",
    "traffic_source",
    "ttclid",
    "twclid",
    "vero_conv",
    "vero_id",
    "wbraid",
    "wickedid",
    "wprov",
    "wt_mc",
    "wt_zmc",
    "xtor",
    "yclid",
    "ysclid",
    "zanpid",
];

/// Beginnings of such names, each reserved by the tool that uses it.
const TRACKING_PREFIXES: &[&str] =
    &["utm_", "mtm_", "matomo_", "piwik_", "pk_", "hsa_", "itm_", "stm_", "trk_", "vero_", "wt."];

/// Names that newsrooms use for campaigns, and others for the article itself. They go only where
/// their value holds no digit: `?ref=rss` goes, `?ref=20240502-3` stays, as an article's number would.
const DOUBTFUL: &[&str] = &[
    "cid", "cmp", "emc", "from", "mod", "origin", "partner", "ref", "ref_src", "refer", "referer",
    "referrer", "rss", "sh", "share", "source", "src", "via",
];

/// The normal form of an `http` or `https` URL; `None` for anything else.
///
/// Scheme and host in lower case (IDNA), no default port, no user name, no fragment, dot segments
/// resolved, percent-encoding in its shortest form with upper-case digits, no tracking parameters; what
/// is left of the query keeps its order. AMP and mobile hosts stay as they are: only the page itself
/// can say what its canonical URL is. Applying it twice gives the same as applying it once.
pub fn canonical(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > MAX_URL_BYTES {
        return None;
    }
    normal(Url::parse(text).ok()?)
}

/// The normal form of `reference`, as found on the page at `base`.
pub(crate) fn resolve(base: Option<&str>, reference: &str) -> Option<String> {
    let reference = reference.trim();
    if reference.is_empty() || reference.len() > MAX_URL_BYTES {
        return None;
    }
    match base.and_then(|base| Url::parse(base).ok()) {
        Some(base) => normal(base.join(reference).ok()?),
        None => canonical(reference),
    }
}

fn normal(mut url: Url) -> Option<String> {
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?;
    let bare = host.trim_end_matches('.');
    if bare.is_empty() {
        return None;
    }
    if bare.len() < host.len() {
        let bare = bare.to_owned();
        url.set_host(Some(&bare)).ok()?;
    }
    url.set_fragment(None);
    // Both fail only on URLs without a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    let mut out = String::with_capacity(url.as_str().len());
    out.push_str(&url[..::url::Position::BeforePath]);
    push_normal(&mut out, url.path());
    let start = out.len();
    for parameter in url.query().unwrap_or_default().split('&') {
        if !parameter.is_empty() && !is_tracking(parameter) {
            out.push(if out.len() == start { '?' } else { '&' });
            push_normal(&mut out, parameter);
        }
    }
    Some(out)
}

fn is_tracking(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    // Percent-encoded names are compared decoded, or `utm%5Fsource` would stay until the second pass.
    let mut decoded = String::new();
    push_normal(&mut decoded, name);
    let name = decoded.to_ascii_lowercase();
    TRACKING.contains(&name.as_str())
        || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || (DOUBTFUL.contains(&name.as_str()) && !value.bytes().any(|b| b.is_ascii_digit()))
}

/// Appends `text` with percent-encoding in normal form: unreserved characters bare, the rest with
/// upper-case digits, and a `%` that encodes nothing as `%25` (or it could meet digits decoded later).
fn push_normal(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let digits = rest.as_bytes().get(at + 1..at + 3);
        let byte = digits.and_then(|two| Some(hex(two[0])? * 16 + hex(two[1])?));
        match byte {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => out.push(byte as char),
            Some(byte) => out.push_str(&format!("%{byte:02X}")),
            None => out.push_str("%25"),
        }
        rest = &rest[at + if byte.is_some() { 3 } else { 1 }..];
    }
    out.push_str(rest);
}

fn hex(digit: u8) -> Option<u8> {
    (digit as char).to_digit(16).map(|value| value as u8)
}

/// The domain of the outlet behind a URL: the part of its host that somebody registered.
///
/// By the public suffix list, private suffixes included, so that two blogs of one host are two outlets:
/// `https://edition.cnn.com/x` → `cnn.com`, `https://amina.blogspot.com/` → `amina.blogspot.com`.
/// `None` for addresses in digits and for hosts without a dot.
pub fn outlet(url: &str) -> Option<String> {
    let url = Url::parse(url.trim()).ok()?;
    match url.host()? {
        Host::Domain(domain) if matches!(url.scheme(), "http" | "https") => outlet_of_host(domain),
        _ => None,
    }
}

/// The domain of the outlet behind a host name or a bare domain: `WWW.Sahel-Courier.example` →
/// `sahel-courier.example`.
pub(crate) fn outlet_of_host(host: &str) -> Option<String> {
    let Ok(Host::Domain(host)) = Host::parse(host.trim().trim_end_matches('.')) else { return None };
    let registrable = psl::domain_str(&host)?;
    // `www.blogspot.com` is registrable where `blogspot.com` is a suffix; the shell host names nobody.
    let mut domain = registrable;
    for shell in ["www.", "m.", "amp."] {
        if let Some(rest) = domain.strip_prefix(shell)
            && rest.contains('.')
            && psl::domain_str(rest).is_none()
        {
            domain = rest;
        }
    }
    domain.contains('.').then(|| domain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_article_has_one_url() {
        let same = [
            "https://sahel-courier.example/niger/base-101?id=7",
            "HTTPS://Sahel-Courier.EXAMPLE:443/niger/./x/../base-101?id=7#comments",
            "https://sahel-courier.example/niger/base-101?utm_source=x&id=7&fbclid=IwAR0",
            "https://reader:secret@sahel-courier.example/niger/base%2D101?id=7&ref=rss",
            "https://sahel-courier.example./niger/base-101?utm%5Fmedium=mail&id=7&&",
        ];
        for url in same {
            assert_eq!(canonical(url).as_deref(), Some(same[0]), "{url}");
        }
    }

    #[test]
    fn what_may_be_another_article_stays_another() {
        for url in [
            "https://a.example/story?ref=20240502",
            "https://a.example/story?source=3",
            "https://a.example/Story",
            "https://a.example/story/",
            "https://m.a.example/story",
            "https://a.example/amp/story",
            "https://a.example/story?b=2&a=1",
            "http://a.example/story",
        ] {
            assert_eq!(canonical(url).as_deref(), Some(url));
        }
    }

    #[test]
    fn hosts_become_ascii_and_escapes_upper_case() {
        assert_eq!(
            canonical("http://Zürcher-Bote.example/straße%3f%2f").as_deref(),
            Some("http://xn--zrcher-bote-thb.example/stra%C3%9Fe%3F%2F")
        );
        assert_eq!(canonical("http://a.example/100%").as_deref(), Some("http://a.example/100%25"));
    }

    #[test]
    fn only_the_web_has_urls() {
        for bad in [
            "",
            "/story",
            "ftp://a.example/x",
            "javascript:alert(1)",
            "mailto:a@b.example",
            "http://",
            "data:,x",
        ] {
            assert_eq!(canonical(bad), None, "{bad}");
        }
        assert_eq!(canonical(&format!("http://a.example/{}", "x".repeat(20_000))), None);
    }

    #[test]
    fn the_outlet_is_what_somebody_registered() {
        for (url, domain) in [
            ("https://edition.cnn.com/2024/05/02/x", Some("cnn.com")),
            ("https://www.bbc.co.uk/news", Some("bbc.co.uk")),
            ("https://m.sahel-courier.example/x", Some("sahel-courier.example")),
            ("https://amp.dev-paper.example/x", Some("dev-paper.example")),
            ("https://amina.blogspot.com/2024", Some("amina.blogspot.com")),
            ("https://www.blogspot.com/about", Some("blogspot.com")),
            ("https://www.m.sahel-courier.example./x", Some("sahel-courier.example")),
            ("http://127.0.0.1/x", None),
            ("http://[::1]/x", None),
            ("http://localhost/x", None),
            ("ftp://a.example/", None),
        ] {
            assert_eq!(outlet(url).as_deref(), domain, "{url}");
        }
        assert_eq!(outlet_of_host("WWW.Sahel-Courier.example").as_deref(), Some("sahel-courier.example"));
        assert_eq!(outlet_of_host("Sahel Courier"), None);
        assert_eq!(outlet_of_host("St. Anne Courier"), None);
    }

    #[test]
    fn references_resolve_against_their_page() {
        let base = Some("https://a.example/news/1");
        assert_eq!(resolve(base, "../2?utm_source=x").as_deref(), Some("https://a.example/2"));
        assert_eq!(resolve(base, "//b.example/3").as_deref(), Some("https://b.example/3"));
        assert_eq!(resolve(None, "/3"), None);
    }

    proptest! {
        #[test]
        fn canonical_is_idempotent(
            host in "[a-zA-Z0-9.-]{1,20}",
            tail in "[/a-zA-Z0-9%&=?#;:@!$'()*+,.~_ \\\\|é-]{0,60}",
        ) {
            if let Some(once) = canonical(&format!("https://{host}/{tail}")) {
                prop_assert_eq!(canonical(&once), Some(once.clone()));
            }
        }

        #[test]
        fn nothing_panics(text in ".{0,200}") {
            let _ = canonical(&text);
            let _ = outlet(&text);
            let _ = outlet_of_host(&text);
            let _ = resolve(Some("https://a.example/"), &text);
        }
    }
}
