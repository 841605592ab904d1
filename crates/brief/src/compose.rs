//! A dossier to a brief.

use dateline_model::{Brief, Registry};
use dateline_reader::Reader;

use crate::Dossier;
use crate::faces::Passages;

/// A brief with the passages it cites.
#[derive(Debug, Clone)]
pub struct Composed {
    /// The brief.
    pub brief: Brief,
    /// The cited passages, for the faces.
    pub passages: Passages,
}

/// Writes the brief of a story.
pub fn compose(dossier: &Dossier, registry: &Registry, reader: &Reader) -> Composed {
    let _ = (registry, reader);
    let head = &dossier.head;
    let brief = Brief {
        story: head.story,
        version: dossier.versions.values().map(Vec::len).sum::<usize>() as u32,
        title: head.title.clone(),
        title_article: dossier.members[0].article,
        generated_at: dossier.clock,
        as_of: head.last,
        since: head.first,
        engine: "extractive, no model".into(),
        counts: head.counts,
        banners: Vec::new(),
        blocks: Vec::new(),
        gaps: Vec::new(),
        coverage: Vec::new(),
        withheld: Vec::new(),
        inputs: dateline_model::Inputs::default(),
    };
    Composed { brief, passages: Passages::new() }
}
