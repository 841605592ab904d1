//! Snapshots: the whole state of a stream as bytes, so that a restart need not read old articles again.
//!
//! A snapshot is derived data. It names the arrivals it covers; what came after them is taken in
//! again from the store, and without a usable snapshot everything is.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use dateline_model::{Registry, StoryId};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::copies::{CopyIndex, Seq};
use crate::live::{Key, Live, LiveSet};
use crate::origins::Known;
use crate::stream::Stream;
use crate::vocabulary::Vocabulary;

/// Changes whenever the layout or the meaning of what is stored changes; older snapshots are then
/// not read but made anew.
const LAYOUT: u32 = 4;

/// Why bytes are no snapshot this program can use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotError(String);

impl std::fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "unusable snapshot of the stories: {}", self.0)
    }
}

impl std::error::Error for SnapshotError {}

#[derive(Serialize, Deserialize)]
struct Stored {
    layout: u32,
    vocabulary: Vocabulary,
    live: BTreeMap<Key, Live>,
    recent: VecDeque<i64>,
    live_arrivals: u64,
    next_key: Key,
    copies: CopyIndex,
    known: FxHashMap<Seq, Known>,
    stories: FxHashMap<StoryId, Vec<Key>>,
    parted: BTreeSet<(StoryId, StoryId)>,
    members: BTreeMap<Key, Vec<Seq>>,
    arrivals: Seq,
}

impl Stream {
    /// The whole state as bytes.
    pub fn to_snapshot(&self) -> Result<Vec<u8>, SnapshotError> {
        let (live, recent, live_arrivals, next_key) = self.live.parts();
        let stored = Stored {
            layout: LAYOUT,
            vocabulary: self.vocabulary.clone(),
            live: live.clone(),
            recent: recent.clone(),
            live_arrivals,
            next_key,
            copies: self.copies.clone(),
            known: self.known.clone(),
            stories: self.stories.clone(),
            parted: self.parted.clone(),
            members: self.members.clone(),
            arrivals: self.arrivals,
        };
        postcard::to_stdvec(&stored).map_err(|error| SnapshotError(error.to_string()))
    }

    /// A stream in the state the bytes describe.
    pub fn from_snapshot(bytes: &[u8], registry: Arc<Registry>) -> Result<Self, SnapshotError> {
        let (layout, _) =
            postcard::take_from_bytes::<u32>(bytes).map_err(|error| SnapshotError(error.to_string()))?;
        if layout != LAYOUT {
            return Err(SnapshotError(format!("layout {layout}, this program writes {LAYOUT}")));
        }
        let stored: Stored = postcard::from_bytes(bytes).map_err(|error| SnapshotError(error.to_string()))?;
        let mut stream = Stream::new(registry);
        stream.vocabulary = stored.vocabulary;
        stream.live = LiveSet::from_parts(stored.live, stored.recent, stored.live_arrivals, stored.next_key);
        stream.copies = stored.copies;
        stream.seqs = stored.known.iter().map(|(seq, known)| (known.article, *seq)).collect();
        stream.known = stored.known;
        stream.stories = stored.stories;
        stream.parted = stored.parted;
        stream.members = stored.members;
        stream.arrivals = stored.arrivals;
        Ok(stream)
    }
}

/// A kinship with all of its fields. As plain data it leaves out those that are empty, and a snapshot, which has no
/// names of fields, could not be read back.
pub(crate) mod kinship {
    use dateline_model::Kinship;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(kinship: &Kinship, serializer: S) -> Result<S::Ok, S::Error> {
        (kinship.of, kinship.containment, kinship.credit, kinship.manner).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Kinship, D::Error> {
        let (of, containment, credit, manner) = Deserialize::deserialize(deserializer)?;
        Ok(Kinship { of, containment, credit, manner })
    }
}
