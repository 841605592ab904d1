//! A dossier to a brief.
//!
//! Every sentence is a source's own, taken over byte for byte, or a sentence of fixed form around words
//! of sources. The flow:
//!
//! 1. [`sources`] reads each article's newest version into sentences with their speakers and figures.
//! 2. [`eligible`] decides which articles and sentences may speak: a reprint does not where its origin
//!    does, what was corrected or replaced does not, a sentence that needs its context does not.
//! 3. One file a block picks among them and drafts sentences, with citations and who answers for them.
//! 4. The rule checker sees every sentence; what a rule is against is withheld and listed.

mod banners;
mod changes;
mod counted;
mod coverage;
mod described;
mod disputed;
mod draft;
mod eligible;
mod numbers;
mod opinion;
mod says;
mod situation;
mod sources;
mod speakers;
mod unknown;

use dateline_model::heads::representative;
use dateline_model::{Block, BlockKind, Brief, Inputs, Registry, Sentence, Turns, Withheld};
use dateline_reader::Reader;

use self::draft::Desk;
use crate::Dossier;
use crate::check::{Level, against};
use crate::faces::Passages;
use crate::why::why;

/// What writes the text (rule H4).
pub const ENGINE: &str = "extractive, no model";

/// A brief with the passages it cites.
#[derive(Debug, Clone)]
pub struct Composed {
    /// The brief.
    pub brief: Brief,
    /// The cited passages, for the faces.
    pub passages: Passages,
}

/// Writes the brief of a story.
///
/// Pure: the same dossier gives the same brief, byte for byte. A dossier without an article gives a brief
/// that says nothing, and fails rule E2.
pub fn compose(dossier: &Dossier, registry: &Registry, reader: &Reader) -> Composed {
    let head = &dossier.head;
    let desk = Desk::open(dossier, registry, reader);
    let coverage = coverage::coverage(&desk);

    let mut told = Vec::new();
    let situation = situation::situation(&desk);
    told.extend(situation.iter().map(|sentence| sentence.text.clone()));
    let disputed = disputed::disputed(&desk);
    told.extend(disputed.iter().map(|sentence| sentence.text.clone()));
    let says = says::who_says_what(&desk, &told);
    told.extend(says.iter().map(|sentence| sentence.text.clone()));
    let numbers = numbers::numbers(&desk, &told);
    told.extend(numbers.iter().map(|sentence| sentence.text.clone()));
    let drafts = [
        (BlockKind::Situation, situation),
        (BlockKind::WhoSaysWhat, says),
        (BlockKind::Disputed, disputed),
        (BlockKind::Numbers, numbers),
        (BlockKind::Changes, changes::changes(&desk)),
        (BlockKind::NotKnown, unknown::not_known(&desk, &told)),
        (BlockKind::Opinion, opinion::opinion(&desk)),
    ];

    let mut withheld = Vec::new();
    let mut blocks = Vec::new();
    for (kind, drafts) in drafts {
        let sentences: Vec<Sentence> = drafts
            .into_iter()
            .filter(|sentence| {
                let broken = against(sentence, kind, dossier, registry);
                let Some(broken) = broken.into_iter().find(|broken| broken.level == Level::Blocks) else {
                    return true;
                };
                withheld.push(Withheld {
                    text: sentence.text.clone(),
                    rule: broken.rule.into(),
                    reason: broken.what,
                });
                false
            })
            .collect();
        if !sentences.is_empty() {
            blocks.push(Block { kind, sentences });
        }
    }

    let brief = Brief {
        story: head.story,
        version: dossier.versions.values().map(Vec::len).sum::<usize>() as u32 + dossier.corrected,
        title: head.title.clone(),
        title_article: representative(&dossier.members)
            .map_or(dateline_model::ArticleId(head.story.0), |member| member.article),
        generated_at: dossier.clock,
        as_of: head.last,
        since: head.first,
        engine: ENGINE.into(),
        counts: head.counts,
        banners: banners::banners(&desk),
        blocks,
        gaps: unknown::gaps(&desk),
        coverage,
        withheld,
        inputs: inputs(&desk),
        why: why(dossier),
        storyline: dossier.storyline.as_ref().and_then(|storyline| Turns::around(head.story, storyline)),
    };
    let passages = passages(&brief, dossier);
    Composed { brief, passages }
}

/// The state of what the brief was written from (rule H3).
fn inputs(desk: &Desk<'_>) -> Inputs {
    let mut inputs = Inputs::default();
    for source in &desk.sources {
        match source.version.extent {
            dateline_model::Extent::Full => inputs.full += 1,
            dateline_model::Extent::Summary => inputs.summary += 1,
            dateline_model::Extent::Headline => inputs.headline += 1,
        }
        inputs.undated += u32::from(source.member.reported.is_none());
    }
    inputs
}

/// The passages a brief cites, as they stand in the dossier.
pub fn passages(brief: &Brief, dossier: &Dossier) -> Passages {
    let mut passages = Passages::new();
    for citation in brief.sentences().flat_map(|sentence| &sentence.citations) {
        let version = dossier.version(citation.article, citation.version);
        if let Some(passage) = version.and_then(|version| citation.resolve(version)) {
            passages.insert(citation, passage.to_owned());
        }
    }
    passages
}
