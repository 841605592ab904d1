//! Why a URL could not be fetched, and what to do about it.

use std::time::Duration;

use dateline_model::Source;

use crate::Problem;

/// Why a URL could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// It is no http or https URL.
    #[error("`{0}` is no http or https URL")]
    BadUrl(String),
    /// It leads into a private network.
    #[error("{0} is an address of a private network, which is not fetched from")]
    Private(String),
    /// Its host has no address.
    #[error("the host {host} was not found ({what})")]
    Dns {
        /// The host.
        host: String,
        /// What the system says.
        what: String,
    },
    /// The host does not take the connection.
    #[error("{host} does not take connections ({what})")]
    Connect {
        /// The host.
        host: String,
        /// What the system says.
        what: String,
    },
    /// No safe connection.
    #[error("no safe connection to {host}: {what}")]
    Tls {
        /// The host.
        host: String,
        /// What is wrong.
        what: String,
    },
    /// It took too long.
    #[error("{host} did not answer within {} seconds", .after.as_secs())]
    Late {
        /// The host.
        host: String,
        /// How long was waited.
        after: Duration,
    },
    /// The server answered with an error.
    #[error("the server answered {code}{}", reason(*.code))]
    Status {
        /// HTTP status.
        code: u16,
        /// How long the server asks to wait.
        retry_after: Option<Duration>,
    },
    /// The server wants proof that a person is asking.
    #[error("the site asks for proof that a person is reading")]
    Challenge,
    /// One redirect too many, or to nowhere.
    #[error("redirected {0}")]
    Redirect(String),
    /// Too much.
    #[error("the body has more than {0} bytes")]
    TooLarge(usize),
    /// The site does not want robots there.
    #[error("the site's robots.txt asks robots to stay away from {0}")]
    Robots(String),
    /// The body cannot be used.
    #[error("the body cannot be read: {0}")]
    Body(String),
    /// Something on this side.
    #[error("nothing can be fetched from here: {0}")]
    Here(String),
}

fn reason(code: u16) -> &'static str {
    match code {
        401 => " (a login is needed)",
        402 => " (it must be paid for)",
        403 => " (forbidden)",
        404 => " (not found)",
        410 => " (gone for good)",
        429 => " (too many requests)",
        451 => " (withheld for legal reasons)",
        500..=599 => " (an error of the server)",
        _ => "",
    }
}

impl FetchError {
    /// The way out, where there is one.
    pub fn way_out(&self) -> &'static str {
        match self {
            Self::BadUrl(_) => "give a URL that begins with http:// or https://",
            Self::Private(_) => "add --allow-private, if you mean your own network",
            Self::Dns { .. } => "check the spelling of the host, and this machine's connection",
            Self::Connect { .. } | Self::Late { .. } => {
                "try again later, and check this machine's connection"
            }
            Self::Tls { .. } => {
                "the site's certificate may be wrong, or this machine's clock or certificates"
            }
            Self::Status { code: 429 | 503, .. } => "try again later, and less often",
            Self::Status { code: 404 | 410, .. } => "look for the article's new URL",
            Self::Status { code: 401..=403, .. } | Self::Challenge => {
                "save the page in a browser and give the file"
            }
            Self::Status { .. } => "try again later",
            Self::Redirect(_) => "give the URL where the page really is",
            Self::TooLarge(_) => "save it and give the file, if it is what you want",
            Self::Robots(_) => "use the site's feed, or save the page in a browser and give the file",
            Self::Body(_) => "try again, or save the page in a browser and give the file",
            Self::Here(_) => "check the settings for certificates and proxies",
        }
    }

    /// How long the server asks to wait before the next request.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// The error as a problem of an input.
    pub fn problem(&self, source: &Source) -> Problem {
        Problem::new(source, self.to_string()).fix(self.way_out())
    }
}
