//! Putting what was read where it belongs, and which of two values for one field is kept.

use super::document::{Category, Content, Dated, FeedEntry, Link, OddityKind, Person};
use super::names::Role;
use super::reader::{MAX_ENTRIES, Reader};
use super::value::{Target, Value};

/// Links, people or categories kept of one entry or feed. Some shops tag a product hundreds of times.
const MAX_LIST: usize = 500;

/// A finished value.
pub(super) fn value(reader: &mut Reader<'_, '_>, value: Value) {
    let target = value.target;
    if value.cut {
        reader.note(OddityKind::Limit, &format!("<{}> is too long", value.element));
    }
    if value.takes_markup() {
        let (role, element) = (value.role, value.element.clone());
        let (content, sound) = value.content(reader.document.kind);
        if !sound {
            reader.note(OddityKind::Base64, &element);
        }
        return self::content(reader, target, role, content);
    }
    let text = value.text.trim();
    let attributes = &value.attributes;
    match value.role {
        Role::Published | Role::Issued | Role::Created | Role::Date | Role::Updated => {
            date(reader, target, value.role, text, &value.element);
        }
        Role::Link if !text.is_empty() => {
            let href = reader.scope.absolute(text);
            let rel = attributes.rel.clone().unwrap_or_else(|| "alternate".to_owned());
            link(reader, target, Link { href, rel, ..Link::default() });
        }
        Role::Category => {
            let term = attributes.term.as_deref().unwrap_or(text);
            let term = if term.is_empty() { attributes.label.as_deref().unwrap_or_default() } else { term };
            let (scheme, label) = (attributes.scheme.clone(), attributes.label.clone());
            let one = Category { term: term.to_owned(), scheme, label, element: value.element.clone() };
            category(reader, target, one);
        }
        Role::Keywords => {
            for term in text.split([',', ';']) {
                let (term, element) = (term.to_owned(), value.element.clone());
                category(reader, target, Category { term, element, ..Category::default() });
            }
        }
        _ => simple(reader, target, &value, text),
    }
}

/// Fields that are one string.
fn simple(reader: &mut Reader<'_, '_>, target: Target, value: &Value, text: &str) {
    if text.is_empty() {
        return;
    }
    let text = || Some(text.to_owned());
    match (target, value.role) {
        (Target::Entry, Role::Guid) => {
            let Some(entry) = &mut reader.entry else { return };
            let denied = value.attributes.is_permalink.as_deref().is_some_and(|said| said.trim() == "false");
            entry.id = text();
            entry.id_is_link = value.element.to_ascii_lowercase().ends_with("guid") && !denied;
        }
        (Target::Feed, Role::Guid) => reader.document.id = text(),
        (Target::Source, Role::Guid) => {
            if let Some(source) = &mut reader.source {
                source.id = text();
            }
        }
        (Target::Entry, Role::Language) => {
            if let Some(entry) = &mut reader.entry {
                entry.language = text();
            }
        }
        (Target::Feed, Role::Language) => reader.document.language = text(),
        (Target::Entry, Role::OriginalLink) => {
            if let Some(entry) = &mut reader.entry {
                entry.original_link = text();
            }
        }
        (Target::Person, role) => {
            let Some(person) = reader.open_person() else { return };
            match role {
                Role::Name => person.name = text(),
                Role::Email => person.email = text(),
                Role::Uri => person.uri = text(),
                _ => {}
            }
        }
        _ => {}
    }
}

/// A finished value that may hold markup.
fn content(reader: &mut Reader<'_, '_>, target: Target, role: Role, content: Content) {
    match target {
        Target::Entry => {
            if let Some(entry) = &mut reader.entry {
                entry_content(entry, role, content);
            }
        }
        Target::Feed => {
            let document = &mut *reader.document;
            match role {
                Role::Title => document.title = Some(content),
                Role::LesserTitle => keep_first(&mut document.title, content),
                Role::Description | Role::Summary => document.description = Some(content),
                Role::LesserDescription => keep_first(&mut document.description, content),
                _ => {}
            }
        }
        Target::Source => {
            if let (Some(source), Role::Title) = (&mut reader.source, role) {
                source.title = Some(content);
            }
        }
        Target::Person => {}
    }
}

fn entry_content(entry: &mut FeedEntry, role: Role, content: Content) {
    let is_empty = content.value.is_empty() && content.src.is_none();
    if is_empty && role != Role::Title {
        return;
    }
    match role {
        // The format's own title goes before that of a module; of two of its own, the first.
        Role::Title
            if entry.title.as_ref().is_some_and(|t| !t.value.is_empty() && !t.element.contains(':')) => {}
        Role::Title => entry.title = Some(content),
        Role::LesserTitle => keep_first(&mut entry.title, content),
        Role::Description | Role::Summary => match &entry.summary {
            None => entry.summary = Some(content),
            Some(old) if old.element.contains(':') && !content.element.contains(':') => {
                entry.summary = Some(content);
            }
            // `<description>` beside `<summary>`: the second is the longer one by habit.
            Some(old) if old.element != content.element => push(&mut entry.contents, content),
            Some(_) => {}
        },
        Role::LesserDescription | Role::MediaDescription => keep_first(&mut entry.summary, content),
        Role::Content | Role::Encoded | Role::Body => push(&mut entry.contents, content),
        _ => {}
    }
}

fn keep_first(slot: &mut Option<Content>, content: Content) {
    if slot.as_ref().is_none_or(|old| old.value.is_empty()) {
        *slot = Some(content);
    }
}

fn push<T>(list: &mut Vec<T>, one: T) {
    if list.len() < MAX_LIST {
        list.push(one);
    }
}

/// A date. Of two for one field the later in the file is kept, unless it cannot be read.
pub(super) fn date(reader: &mut Reader<'_, '_>, target: Target, role: Role, text: &str, element: &str) {
    if text.is_empty() {
        return;
    }
    let when = reader.read_date(text);
    let dated = Dated { text: text.to_owned(), when, element: element.to_owned() };
    let slot = match target {
        Target::Entry => {
            let Some(entry) = &mut reader.entry else { return };
            match role {
                Role::Published => &mut entry.published,
                Role::Issued => {
                    // `issued` is the older name; where both stand, `published` is kept.
                    if entry.published.as_ref().is_some_and(|old| !old.element.ends_with("issued")) {
                        return;
                    }
                    &mut entry.published
                }
                Role::Created => &mut entry.created,
                Role::Date => &mut entry.dated,
                _ => &mut entry.updated,
            }
        }
        Target::Feed => match role {
            Role::Published | Role::Issued | Role::Created => &mut reader.document.published,
            _ => &mut reader.document.updated,
        },
        Target::Source => match &mut reader.source {
            Some(source) if role == Role::Updated => &mut source.updated,
            _ => return,
        },
        Target::Person => return,
    };
    if dated.when.is_some() || slot.as_ref().is_none_or(|old| old.when.is_none()) {
        *slot = Some(dated);
    }
}

/// A link.
pub(super) fn link(reader: &mut Reader<'_, '_>, target: Target, link: Link) {
    let is_page = link.rel == "alternate";
    let (links, page) = match target {
        Target::Entry => match &mut reader.entry {
            Some(entry) => (&mut entry.links, &mut entry.link),
            None => return,
        },
        Target::Feed => (&mut reader.document.links, &mut reader.document.link),
        Target::Source => match &mut reader.source {
            Some(source) => (&mut source.links, &mut source.link),
            None => return,
        },
        Target::Person => return,
    };
    if is_page && page.is_none() {
        *page = Some(link.href.clone());
    }
    push(links, link);
}

/// A category.
pub(super) fn category(reader: &mut Reader<'_, '_>, target: Target, mut one: Category) {
    one.term = one.term.trim().to_owned();
    if one.term.is_empty() {
        return;
    }
    let list = match target {
        Target::Entry => match &mut reader.entry {
            Some(entry) => &mut entry.categories,
            None => return,
        },
        Target::Feed => &mut reader.document.categories,
        Target::Source => match &mut reader.source {
            Some(source) => &mut source.categories,
            None => return,
        },
        Target::Person => return,
    };
    push(list, one);
}

/// An author or contributor.
pub(super) fn person(reader: &mut Reader<'_, '_>, target: Target, mut person: Person, contributed: bool) {
    if person.email.is_none() {
        let text = person.name.take().unwrap_or_default();
        (person.name, person.email) = name_and_email(&text);
    }
    person.name = person.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    if person.name.is_none() && person.email.is_none() && person.uri.is_none() {
        return;
    }
    match target {
        Target::Entry => {
            if let Some(entry) = &mut reader.entry {
                push(if contributed { &mut entry.contributors } else { &mut entry.authors }, person);
            }
        }
        Target::Feed if !contributed => push(&mut reader.document.authors, person),
        Target::Source if !contributed => {
            if let Some(source) = &mut reader.source {
                push(&mut source.authors, person);
            }
        }
        _ => {}
    }
}

/// Takes `desk@outlet.example (A. Moussa)`, `A. Moussa <desk@outlet.example>` and their like apart.
pub(super) fn name_and_email(text: &str) -> (Option<String>, Option<String>) {
    let is_email = |word: &&str| {
        let (user, host) = word.split_once('@').unwrap_or_default();
        !user.is_empty() && host.contains('.') && !host.ends_with('.') && !host.contains('@')
    };
    let bare = |word: &str| word.trim_matches(|c| "()<>[],;:\"'".contains(c)).to_owned();
    let words = || text.split_whitespace();
    let found = words().map(|word| word.strip_prefix("mailto:").unwrap_or(word)).find_map(|word| {
        let word = bare(word);
        let word = word.strip_prefix("mailto:").unwrap_or(&word).to_owned();
        is_email(&word.as_str()).then_some(word)
    });
    let Some(email) = found else {
        let name = text.trim();
        return ((!name.is_empty()).then(|| name.to_owned()), None);
    };
    let rest: Vec<&str> = words().filter(|word| !word.contains(&email)).collect();
    let name = rest.join(" ");
    // `(A. Moussa)` was a note on the address.
    let name = match name.strip_prefix('(').and_then(|name| name.strip_suffix(')')) {
        Some(inside) => inside.trim().to_owned(),
        None => name.trim_matches(|c: char| c.is_whitespace() || "<>,;:\"".contains(c)).to_owned(),
    };
    ((!name.is_empty()).then_some(name), Some(email))
}

/// The entry being read is complete.
pub(super) fn entry(reader: &mut Reader<'_, '_>) {
    let Some(mut entry) = reader.entry.take() else { return };
    if reader.document.entries.len() >= MAX_ENTRIES {
        reader.note(OddityKind::Limit, &format!("there are more than {MAX_ENTRIES} entries"));
        return;
    }
    if entry.link.is_none()
        && let Some(id) = entry.id.as_deref().filter(|id| entry.id_is_link && id.starts_with("http"))
    {
        entry.link = Some(id.to_owned());
    }
    reader.document.entries.push(entry);
}

#[cfg(test)]
mod tests {
    use super::name_and_email;

    #[test]
    fn names_are_told_from_addresses() {
        for (given, name, email) in [
            (
                "desk@niamey-post.example (Aïcha Moussa)",
                Some("Aïcha Moussa"),
                Some("desk@niamey-post.example"),
            ),
            (
                "Aïcha Moussa <desk@niamey-post.example>",
                Some("Aïcha Moussa"),
                Some("desk@niamey-post.example"),
            ),
            (
                "Aïcha Moussa (desk@niamey-post.example)",
                Some("Aïcha Moussa"),
                Some("desk@niamey-post.example"),
            ),
            ("desk@niamey-post.example", None, Some("desk@niamey-post.example")),
            ("Aïcha Moussa, Jean Dupont", Some("Aïcha Moussa, Jean Dupont"), None),
            ("@niameypost", Some("@niameypost"), None),
            ("  ", None, None),
        ] {
            assert_eq!(name_and_email(given), (name.map(str::to_owned), email.map(str::to_owned)), "{given}");
        }
    }
}
