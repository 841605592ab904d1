//! What articles are about: the sentence vectors, opened when they are first needed, if they are there.

use std::sync::OnceLock;

use dateline_model::{Embedding, Lang, Version};
use dateline_vectors::{Embedder, VectorError, head_of};

/// Embeds articles where there is a model for it.
#[derive(Default)]
pub struct About {
    embedder: OnceLock<Result<Embedder, VectorError>>,
}

impl About {
    /// What an article is about; `None` without a model.
    pub fn of(&self, lang: Lang, title: &str, text: &str) -> Option<Embedding> {
        // One article at a time is embedded, on the thread that places it.
        let embedder =
            self.embedder.get_or_init(|| Embedder::find().map(|embedder| embedder.with_threads(1)));
        embedder.as_ref().ok()?.embed(&[(lang, &head_of(title, text))]).pop()
    }

    /// The same for a version.
    pub fn of_version(&self, version: &Version) -> Option<Embedding> {
        self.of(version.lang, &version.title, &version.text)
    }

    /// Why nothing could be embedded, if it was tried.
    pub fn lacking(&self) -> Option<String> {
        self.embedder.get()?.as_ref().err().map(ToString::to_string)
    }
}
