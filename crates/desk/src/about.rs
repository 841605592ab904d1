//! What articles are about: the sentence vectors, opened when they are first needed, if they are there.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use dateline_model::{Embedding, Lang, Version};
use dateline_vectors::{Embedder, VectorError, head_of};

/// Embeds articles where there is a model for it.
#[derive(Default)]
pub struct About {
    embedder: OnceLock<Result<Embedder, VectorError>>,
    embedded: AtomicU32,
}

impl About {
    /// What an article is about; `None` without a model.
    pub fn of(&self, lang: Lang, title: &str, text: &str) -> Option<Embedding> {
        // One article at a time is embedded, on the thread that places it.
        let embedder =
            self.embedder.get_or_init(|| Embedder::find().map(|embedder| embedder.with_threads(1)));
        let embedder = embedder.as_ref().ok()?;
        self.embedded.fetch_add(1, Ordering::Relaxed);
        embedder.embed(&[(lang, &head_of(title, text))]).pop()
    }

    /// The same for a version.
    pub fn of_version(&self, version: &Version) -> Option<Embedding> {
        self.of(version.lang, &version.title, &version.text)
    }

    /// Articles embedded so far.
    pub fn embedded(&self) -> u32 {
        self.embedded.load(Ordering::Relaxed)
    }

    /// Why nothing could be embedded, if it was tried.
    pub fn lacking(&self) -> Option<String> {
        self.embedder.get()?.as_ref().err().map(ToString::to_string)
    }
}
