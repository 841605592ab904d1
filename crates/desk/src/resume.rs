//! Taking up where the last run ended: the snapshot of the live stories, and what came after it.
//!
//! What came after it are versions and corrections, in the order in which they were stored. A version is taken in
//! with the place its article had then, a correction at its place between two versions. So the stream is the same
//! from any snapshot, or from none.

use std::collections::BTreeSet;
use std::sync::Arc;

use dateline_model::{
    ArticleId, Cause, Correction, CorrectionKind, Membership, Reading, Registry, StoryId, Version, When,
};
use dateline_reader::{Copy, Reader};
use dateline_store::{Folder, Lock, Result, Store, Stored};
use dateline_stories::correct::Before;
use dateline_stories::{Arrival, Stream, Text, Tie};

use crate::about::About;

/// Versions read from the store at a time.
const CHUNK: usize = 512;
/// What a snapshot begins with; one that begins otherwise is of another dateline, and made anew.
const MARK: [u8; 8] = *b"stories2";
/// Bytes in front of a snapshot: the mark, the newest version it covers, the newest correction.
const HEADER: usize = MARK.len() + 8 + 4;

/// How far a snapshot has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Covered {
    /// Number of the newest version.
    pub version: i64,
    /// Number of the newest correction.
    pub correction: u32,
}

impl Covered {
    /// All that the store has.
    pub fn all_of(store: &impl Store) -> Result<Self> {
        Ok(Self { version: store.newest_seq()?, correction: store.newest_correction()? })
    }
}

/// The stream as the store has it, whether or not there is a snapshot; and the tie that the newest article showed, where
/// the last run was stopped before it was stored.
pub fn resume(
    folder: &Folder,
    store: &impl Store,
    registry: &Arc<Registry>,
    reader: &Reader,
    about: &About,
) -> Result<(Stream, Option<Tie>)> {
    let newest = Covered::all_of(store)?;
    let (mut stream, covered) = folder
        .read_snapshot()
        .and_then(|bytes| unpack(&bytes, registry))
        // A snapshot of what is not there belongs to another database.
        .filter(|(_, covered)| covered.version <= newest.version && covered.correction <= newest.correction)
        .unwrap_or_else(|| (Stream::new(Arc::clone(registry)), Covered::default()));
    let corrections = store.corrections_after(covered.correction)?;
    let before = Before::new(&corrections);
    let mut corrections = corrections.iter().peekable();
    let mut seq = covered.version;
    let mut unsettled: Option<ArticleId> = None;
    let mut grown: BTreeSet<StoryId> = BTreeSet::new();
    loop {
        let chunk = store.after(seq, CHUNK)?;
        let Some(last) = chunk.last() else { break };
        seq = last.seq;
        for stored in &chunk {
            while let Some(correction) = corrections.next_if(|correction| correction.after < stored.seq) {
                correct(&mut stream, store, reader, correction)?;
            }
            let described = take_in(&mut stream, stored, &before.place(&stored.membership), reader, about);
            unsettled = described.then_some(stored.article.id);
            grown.insert(stored.membership.story);
        }
    }
    for correction in corrections {
        unsettled = None;
        correct(&mut stream, store, reader, correction)?;
    }
    if covered.version > 0 {
        // A copy in the snapshot does not know yet that its source came later, and what came is not decided anew.
        for story in grown {
            store.memberships(story)?.iter().for_each(|membership| stream.restore_relation(membership));
        }
    }
    // What continues what was stored with the articles that showed it, and says nothing of the other decisions.
    let stories: Vec<StoryId> = stream.stories().collect();
    stream.restore_lines(&store.continuations(&stories)?);
    let owed = unsettled.and_then(|article| stream.owed(article));
    Ok((stream, owed))
}

/// Takes in a version; true where it told what its article is about.
fn take_in(
    stream: &mut Stream,
    stored: &Stored,
    membership: &Membership,
    reader: &Reader,
    about: &About,
) -> bool {
    let version = &stored.version;
    if version.cause == Cause::Edit {
        return false;
    }
    let reading = read(reader, version);
    let arrival = arrival(stored, &reading);
    match version.cause {
        Cause::First => stream.restore(arrival, membership, || about.of_version(version)),
        Cause::Fuller => {
            stream.restore_deeper(arrival);
            false
        }
        Cause::Edit => false,
    }
}

/// Takes in a correction, with the texts that had come in by then of the stories it touched.
fn correct(stream: &mut Stream, store: &impl Store, reader: &Reader, correction: &Correction) -> Result<()> {
    if correction.kind == CorrectionKind::Tie {
        // It takes strands over as they are.
        stream.correct(correction, &[]);
        return Ok(());
    }
    let mut stored = store.texts(&stream.articles_of(correction), correction.after)?;
    stored.retain(|stored| stored.version.cause != Cause::Edit);
    let readings: Vec<Reading> = stored.iter().map(|stored| read(reader, &stored.version)).collect();
    let texts: Vec<Text<'_>> = stored
        .iter()
        .zip(&readings)
        .map(|(stored, reading)| Text {
            arrival: arrival(stored, reading),
            fuller: stored.version.cause == Cause::Fuller,
        })
        .collect();
    stream.correct(correction, &texts);
    Ok(())
}

fn read(reader: &Reader, version: &Version) -> Reading {
    reader.read(Copy {
        title: &version.title,
        text: &version.text,
        byline: &version.byline,
        lang: None,
        read_as: Some(version.lang),
    })
}

fn arrival<'a>(stored: &'a Stored, reading: &'a Reading) -> Arrival<'a> {
    Arrival {
        article: stored.article.id,
        version: stored.version.number,
        outlet: stored.article.outlet.as_deref(),
        genre: stored.version.genre,
        at: stored.version.reported().map(|When { seconds, .. }| seconds),
        reading,
    }
}

/// Writes a snapshot of the stream as it was when it had come so far.
pub fn keep(folder: &Folder, lock: &Lock, covered: Covered, snapshot: &[u8]) -> Result<()> {
    let mut bytes = Vec::with_capacity(HEADER + snapshot.len());
    bytes.extend_from_slice(&MARK);
    bytes.extend_from_slice(&covered.version.to_le_bytes());
    bytes.extend_from_slice(&covered.correction.to_le_bytes());
    bytes.extend_from_slice(snapshot);
    folder.write_snapshot(lock, &bytes)
}

/// The stream that a snapshot holds, and how far it has come; `None` where this program cannot use it.
pub fn unpack(bytes: &[u8], registry: &Arc<Registry>) -> Option<(Stream, Covered)> {
    let (version, rest) = bytes.strip_prefix(&MARK)?.split_first_chunk::<8>()?;
    let (correction, snapshot) = rest.split_first_chunk::<4>()?;
    let stream = Stream::from_snapshot(snapshot, Arc::clone(registry)).ok()?;
    let covered =
        Covered { version: i64::from_le_bytes(*version), correction: u32::from_le_bytes(*correction) };
    Some((stream, covered))
}
