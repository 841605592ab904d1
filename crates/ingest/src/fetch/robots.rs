//! robots.txt (RFC 9309): what a site asks of robots, and how long to wait between requests.

use std::time::Duration;

/// Bytes of a robots.txt that are read; the standard asks for at least this many.
pub(super) const LONGEST: usize = 500 * 1024;
/// The longest delay that is honoured; longer ones keep a site from being read at all.
const LONGEST_DELAY: Duration = Duration::from_secs(120);
/// Longer patterns and more rules exist in nobody's real file.
const LONGEST_PATTERN: usize = 2048;
const MOST_RULES: usize = 20_000;

/// What a site asks of one robot.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Robots {
    /// Pattern, and whether it allows.
    rules: Vec<(String, bool)>,
    /// Seconds between requests.
    pub delay: Option<Duration>,
    /// Nothing may be fetched: the file could not be had.
    closed: bool,
}

impl Robots {
    /// Asks for nothing: there is no robots.txt.
    pub(super) fn open() -> Self {
        Self::default()
    }

    /// Lets nothing be fetched: the site cannot say what it asks, for now.
    pub(super) fn closed() -> Self {
        Self { closed: true, ..Self::default() }
    }

    /// Reads what `file` asks of the robot `token`, or of all robots where it does not name that one.
    pub(super) fn parse(file: &[u8], token: &str) -> Self {
        let text = String::from_utf8_lossy(&file[..file.len().min(LONGEST)]);
        let (mut own, mut all) = (Group::default(), Group::default());
        let (mut is_own, mut is_all, mut in_agents) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((name, value)) = line.split_once(':') else { continue };
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
            if name == "user-agent" {
                if !in_agents {
                    (is_own, is_all, in_agents) = (false, false, true);
                }
                // A token ends where its letters do: `dateline/0.1` is `dateline`.
                let end = value
                    .find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '-' | '_')))
                    .unwrap_or(value.len());
                is_all |= value.starts_with('*');
                if end > 0 && value[..end].eq_ignore_ascii_case(token) {
                    is_own = true;
                    own.named = true;
                }
                continue;
            }
            let known = matches!(name.as_str(), "allow" | "disallow" | "crawl-delay");
            if !known {
                continue; // `Sitemap:` and the like belong to no group and end none
            }
            in_agents = false;
            for (applies, group) in [(is_own, &mut own), (is_all, &mut all)] {
                if applies {
                    group.add(&name, value);
                }
            }
        }
        let group = if own.named { own } else { all };
        Self { rules: group.rules, delay: group.delay, closed: false }
    }

    /// Whether the site lets a path (with its query) be fetched: the longest pattern that matches decides, and
    /// of two equal ones the one that allows.
    pub(super) fn allows(&self, path: &str) -> bool {
        if self.closed {
            return false;
        }
        let matching = self.rules.iter().filter(|(pattern, _)| matches(pattern, path));
        matching.max_by_key(|(pattern, allow)| (pattern.len(), *allow)).is_none_or(|(_, allow)| *allow)
    }
}

#[derive(Default)]
struct Group {
    named: bool,
    rules: Vec<(String, bool)>,
    delay: Option<Duration>,
}

impl Group {
    fn add(&mut self, name: &str, value: &str) {
        match name {
            "crawl-delay" => {
                let seconds =
                    value.parse::<f64>().ok().filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
                self.delay =
                    seconds.map(|seconds| Duration::from_secs_f64(seconds.min(LONGEST_DELAY.as_secs_f64())));
            }
            // An empty rule says nothing.
            _ if !value.is_empty() && value.len() <= LONGEST_PATTERN && self.rules.len() < MOST_RULES => {
                self.rules.push((value.to_owned(), name == "allow"));
            }
            _ => {}
        }
    }
}

/// Whether a path begins as a pattern says: `*` stands for anything, `$` at the end for the end.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if to_end && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &str = "Sitemap: https://a.example/sitemap.xml\n\
        User-agent: other\nUser-Agent: Dateline/2.0 # us\nDisallow: /private\nAllow: /private/open\nDisallow: /*.pdf$\n\
        Crawl-delay: 2.5\n\nUser-agent: *\nDisallow: /\n";

    #[test]
    fn the_named_group_is_ours_and_the_longest_rule_decides() {
        let robots = Robots::parse(FILE.as_bytes(), "dateline");
        for (path, allowed) in [
            ("/", true),
            ("/private", false),
            ("/private/x", false),
            ("/private/open/x", true),
            ("/a/b.pdf", false),
            ("/a/b.pdf?x=1", true),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
        assert_eq!(robots.delay, Some(Duration::from_millis(2500)));
        assert!(!Robots::parse(FILE.as_bytes(), "elsewhere").allows("/x"), "all others are kept out");
    }

    #[test]
    fn nothing_said_is_nothing_forbidden() {
        for file in ["", "User-agent: *\nDisallow:\n", "<html>404</html>", "Disallow: /x"] {
            assert!(Robots::parse(file.as_bytes(), "dateline").allows("/x"), "{file}");
        }
        assert!(Robots::open().allows("/x") && !Robots::closed().allows("/x"));
        assert_eq!(Robots::parse(b"user-agent:*\ncrawl-delay:99999", "x").delay, Some(LONGEST_DELAY));
    }

    #[test]
    fn of_equal_rules_the_one_that_allows_wins() {
        assert!(Robots::parse(b"User-agent: *\nDisallow: /x\nAllow: /x", "d").allows("/x"));
        assert!(!Robots::parse(b"User-agent: *\nAllow: /\nDisallow: /*/y*z", "d").allows("/a/yyz"));
    }

    proptest! {
        #[test]
        fn never_panics(file in "[a-zA-Z:/*$ \\n.#-]{0,80}", path in "/[a-z*$/]{0,20}") {
            Robots::parse(format!("User-agent: *\nDisallow: {file}").as_bytes(), "dateline").allows(&path);
        }
    }
}
