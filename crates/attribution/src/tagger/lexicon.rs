//! What is known of single words: how often they are part of a cue, and which words they are like.

use rustc_hash::FxHashMap;

/// What is known of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Entry {
    /// How often it is part of a cue, in steps from 0, hardly ever, to 5.
    pub cue: u8,
    /// Coarse and fine class of words used alike; 0 for none.
    pub class: [u16; 2],
}

/// Words by the hash of their small letters.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lexicon {
    entries: FxHashMap<u32, Entry>,
}

impl Lexicon {
    /// The entry of a word; words that are not known have an empty one.
    pub fn get(&self, low: u32) -> Entry {
        self.entries.get(&low).copied().unwrap_or_default()
    }

    /// The entry of a word, to be filled.
    pub fn entry(&mut self, low: u32) -> &mut Entry {
        self.entries.entry(low).or_default()
    }

    /// All entries, sorted by hash.
    pub fn sorted(&self) -> Vec<(u32, Entry)> {
        let mut entries: Vec<_> = self.entries.iter().map(|(low, entry)| (*low, *entry)).collect();
        entries.sort_unstable_by_key(|(low, _)| *low);
        entries
    }
}

impl FromIterator<(u32, Entry)> for Lexicon {
    fn from_iter<T: IntoIterator<Item = (u32, Entry)>>(entries: T) -> Self {
        Self { entries: entries.into_iter().collect() }
    }
}

/// The step of a word that is part of a cue `cue` times of `all`; three more times without weigh against chance.
pub(crate) fn cue_step(cue: u32, all: u32) -> u8 {
    let share = f64::from(cue) / (f64::from(all) + 3.0);
    [0.01, 0.05, 0.15, 0.4, 0.7].iter().take_while(|bound| share > **bound).count() as u8
}
