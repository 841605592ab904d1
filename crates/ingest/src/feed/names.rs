//! The names feeds use: namespaces by their URI or the habit of their prefix, elements by their role.

/// A namespace whose elements mean something here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// RSS of any version, Atom of any version, CDF.
    Core,
    /// Atom inside another format.
    Atom,
    Rdf,
    Dc,
    DcTerms,
    /// The content module of RSS 1.0.
    Content,
    Itunes,
    Media,
    Xhtml,
    Feedburner,
    /// `xml:lang`, `xml:base`.
    Xml,
    /// Known to carry nothing about articles, or not known at all.
    Other,
}

/// URIs without scheme, `www.` and trailing `/` or `#`, in lower case.
const URIS: [(&str, Space); 26] = [
    ("w3.org/2005/atom", Space::Atom),
    ("purl.org/atom/ns", Space::Atom),
    ("purl.org/rss/1.0", Space::Core),
    ("my.netscape.com/rdf/simple/0.9", Space::Core),
    ("channel.netscape.com/rdf/simple/0.9", Space::Core),
    ("purl.org/net/rss1.1", Space::Core),
    ("backend.userland.com/rss", Space::Core),
    ("backend.userland.com/rss2", Space::Core),
    ("backend.userland.com/rss091", Space::Core),
    ("blogs.law.harvard.edu/tech/rss", Space::Core),
    ("cyber.law.harvard.edu/rss", Space::Core),
    ("rssboard.org/rss-specification", Space::Core),
    ("w3.org/1999/02/22-rdf-syntax-ns", Space::Rdf),
    ("purl.org/dc/elements/1.1", Space::Dc),
    ("purl.org/dc/elements/1.0", Space::Dc),
    ("purl.org/metadata/dublin_core", Space::Dc),
    ("purl.org/dc/terms", Space::DcTerms),
    ("purl.org/rss/1.0/modules/dcterms", Space::DcTerms),
    ("purl.org/rss/1.0/modules/content", Space::Content),
    ("itunes.com/dtds/podcast-1.0.dtd", Space::Itunes),
    ("search.yahoo.com/mrss", Space::Media),
    ("video.search.yahoo.com/mrss", Space::Media),
    ("w3.org/1999/xhtml", Space::Xhtml),
    ("w3.org/tr/rec-html40", Space::Xhtml),
    ("rssnamespace.org/feedburner/ext/1.0", Space::Feedburner),
    ("w3.org/xml/1998/namespace", Space::Xml),
];

/// Prefixes by habit, for feeds that forget to declare them.
const PREFIXES: [(&str, Space); 18] = [
    ("rss", Space::Core),
    ("atom", Space::Atom),
    ("atom10", Space::Atom),
    ("atom03", Space::Atom),
    ("a10", Space::Atom),
    ("rdf", Space::Rdf),
    ("dc", Space::Dc),
    ("dcterms", Space::DcTerms),
    ("dct", Space::DcTerms),
    ("content", Space::Content),
    ("itunes", Space::Itunes),
    ("media", Space::Media),
    ("mrss", Space::Media),
    ("xhtml", Space::Xhtml),
    ("html", Space::Xhtml),
    ("feedburner", Space::Feedburner),
    ("xml", Space::Xml),
    ("xmlns", Space::Other),
];

/// The namespace of a URI; `None` where it is not known.
pub(super) fn by_uri(uri: &str) -> Option<Space> {
    let lower = uri.trim().to_ascii_lowercase();
    let bare = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or(&lower);
    let bare = bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches(['/', '#']);
    URIS.iter().find(|(known, _)| *known == bare).map(|(_, space)| *space)
}

/// The namespace a prefix is used for by habit; `None` where there is no habit.
pub(super) fn by_prefix(prefix: &str) -> Option<Space> {
    PREFIXES.iter().find(|(known, _)| known.eq_ignore_ascii_case(prefix)).map(|(_, space)| *space)
}

/// What an element is to a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// `rss`, `RDF`, `feed`: the format.
    Root,
    Channel,
    Entry,
    /// `source`.
    Source,
    Author,
    Contributor,
    /// `media:group`, which stands for what is inside it.
    Group,
    Title,
    /// A title of a lesser witness: `dc:`, `media:`.
    LesserTitle,
    Link,
    Guid,
    /// `description` of RSS, and what other formats have in its place.
    Description,
    /// `summary` of Atom, which in RSS may stand beside a description.
    Summary,
    /// A description of a lesser witness: `dc:`, `itunes:`.
    LesserDescription,
    /// Describes the entry inside a `media:group`, and a picture anywhere else.
    MediaDescription,
    /// Atom's `content`.
    Content,
    /// `content:encoded` and its like: HTML by definition.
    Encoded,
    /// XHTML inline: `<body xmlns="…xhtml">`.
    Body,
    Published,
    /// Atom 0.3's and Dublin Core's `issued`, which `published` overrides.
    Issued,
    Created,
    Date,
    Updated,
    Language,
    Category,
    /// Categories separated by commas.
    Keywords,
    ItunesCategory,
    Enclosure,
    OriginalLink,
    /// Parts of a person.
    Name,
    Email,
    Uri,
    /// An image or text box of the feed, with titles and links of its own.
    Aside,
    /// Anything else.
    Unknown,
}

/// The role of an element, by its namespace and local name in lower case.
pub(super) fn role(space: Space, local: &str) -> Role {
    match (space, local) {
        (Space::Core | Space::Atom, local) => core(local),
        (Space::Rdf, "rdf") => Role::Root,
        (Space::Dc | Space::DcTerms, local) => dublin(local),
        (Space::Content, "encoded") => Role::Encoded,
        (Space::Itunes, "author") => Role::Author,
        (Space::Itunes, "summary") => Role::LesserDescription,
        (Space::Itunes, "category") => Role::ItunesCategory,
        (Space::Itunes, "keywords") => Role::Keywords,
        (Space::Media, "title") => Role::LesserTitle,
        (Space::Media, "description") => Role::MediaDescription,
        (Space::Media, "category") => Role::Category,
        (Space::Media, "keywords") => Role::Keywords,
        (Space::Media, "group") => Role::Group,
        (Space::Feedburner, "origlink") => Role::OriginalLink,
        (Space::Xhtml, "body" | "div") => Role::Body,
        _ => Role::Unknown,
    }
}

fn core(local: &str) -> Role {
    match local {
        "rss" | "rdf" | "feed" => Role::Root,
        "channel" => Role::Channel,
        "item" | "entry" | "product" => Role::Entry,
        "source" => Role::Source,
        "author" | "managingeditor" => Role::Author,
        "contributor" => Role::Contributor,
        "title" => Role::Title,
        "link" => Role::Link,
        "guid" | "id" => Role::Guid,
        "description" | "abstract" | "tagline" | "subtitle" => Role::Description,
        "summary" => Role::Summary,
        "content" => Role::Content,
        "fullitem" | "encoded" => Role::Encoded,
        "pubdate" | "published" => Role::Published,
        "issued" => Role::Issued,
        "created" => Role::Created,
        "updated" | "modified" | "lastbuilddate" => Role::Updated,
        "language" => Role::Language,
        "category" => Role::Category,
        "keywords" | "tags" => Role::Keywords,
        "enclosure" => Role::Enclosure,
        "name" => Role::Name,
        "email" => Role::Email,
        "uri" | "url" | "homepage" => Role::Uri,
        "image" | "textinput" | "logo" => Role::Aside,
        _ => Role::Unknown,
    }
}

fn dublin(local: &str) -> Role {
    match local {
        "title" => Role::LesserTitle,
        "creator" | "author" => Role::Author,
        "contributor" => Role::Contributor,
        "description" | "abstract" => Role::LesserDescription,
        "date" => Role::Date,
        "issued" => Role::Issued,
        "created" => Role::Created,
        "modified" => Role::Updated,
        "language" => Role::Language,
        "subject" => Role::Category,
        _ => Role::Unknown,
    }
}

impl Role {
    /// True for elements that no markup of a headline or summary has: where one opens inside such a
    /// value, the value's own end tag is missing.
    pub(super) fn ends_values(self) -> bool {
        matches!(
            self,
            Role::Entry
                | Role::Channel
                | Role::Guid
                | Role::Description
                | Role::Published
                | Role::Issued
                | Role::Updated
                | Role::Date
                | Role::Encoded
                | Role::Enclosure
                | Role::Category
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_are_known_by_uri_in_any_spelling() {
        assert_eq!(by_uri("http://purl.org/dc/elements/1.1/"), Some(Space::Dc));
        assert_eq!(by_uri("HTTPS://www.itunes.com/DTDs/Podcast-1.0.dtd"), Some(Space::Itunes));
        assert_eq!(by_uri("http://schemas.sahel-courier.example/ours/"), None);
        assert_eq!(by_prefix("DC"), Some(Space::Dc));
    }

    #[test]
    fn names_of_other_namespaces_mean_nothing() {
        assert_eq!(role(Space::Other, "title"), Role::Unknown);
        assert_eq!(role(Space::Media, "title"), Role::LesserTitle);
        assert_eq!(role(Space::Atom, "title"), Role::Title);
    }
}
