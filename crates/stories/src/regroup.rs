//! Corrections by hand, taken in: the live stories as they are when articles have been put elsewhere.
//!
//! What a live story remembers of its articles is a sum that nothing can be taken out of. So the stories that a
//! correction touches are made anew from the texts of their articles; what they are about is learnt anew from those that
//! come later. A correction is taken in at its place in the
//! order of arrivals, at once or when the arrivals are taken in again, and gives the same state both times.

use std::collections::BTreeMap;

use dateline_model::{ArticleId, Correction, CorrectionKind, StoryId};

use crate::live::Key;
use crate::stream::{Arrival, Stream};
use crate::vector::Vector;

/// A text of an article in a story that is made anew.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The article in this version.
    pub arrival: Arrival<'a>,
    /// True for a fuller text of an article that was placed by less.
    pub fuller: bool,
}

impl Stream {
    /// The articles of stories that a correction touches, as far as the stream remembers them: those whose texts
    /// [`Stream::correct`] needs.
    pub fn articles_of(&self, correction: &Correction) -> Vec<ArticleId> {
        [correction.from, correction.to]
            .iter()
            .filter_map(|story| self.stories.get(story))
            .flatten()
            .filter_map(|strand| self.members.get(strand))
            .flatten()
            .filter_map(|seq| Some(self.known.get(seq)?.article))
            .collect()
    }

    /// Takes in a correction. `texts` are the texts of [`Stream::articles_of`] that had come in by then, in the order
    /// in which they came: first and fuller ones, no edits.
    ///
    /// Articles whose story nothing can join any more are forgotten, and stay so.
    pub fn correct(&mut self, correction: &Correction, texts: &[Text<'_>]) {
        let pair = (correction.from.min(correction.to), correction.from.max(correction.to));
        match correction.kind {
            // Strands are taken over as they are: they were in one story from then on, by nobody's word.
            CorrectionKind::Tie => {
                self.join(correction.from, correction.to);
                return;
            }
            CorrectionKind::Merge => {
                self.parted.remove(&pair);
                self.inherit_parted(correction.from, correction.to);
            }
            CorrectionKind::Split | CorrectionKind::Move | CorrectionKind::Undo(_) => {
                self.parted.insert(pair);
            }
        }
        for article in &correction.moved {
            if let Some(&seq) = self.seqs.get(article) {
                self.put(seq, correction.to);
            }
        }
        // Whose text an article's own descends from stays what it is: only the story decided on what it rests. An
        // article whose source arrived after the correction knows that already when it is taken in again.
        let loosened = correction.loosened.iter().map(|(article, of)| (article, Some(*of), None));
        let tied = correction.tied.iter().map(|(article, of)| (article, None, Some(*of)));
        for (article, was, is) in loosened.chain(tied) {
            if let Some(known) = self.seqs.get(article).and_then(|seq| self.known.get_mut(seq))
                && known.kinship.containment.is_none()
                && known.kinship.of == was
            {
                known.kinship.of = is;
            }
        }
        self.make_anew(correction, texts);
    }

    /// Puts an article that is remembered into another story, which is founded where it is not live.
    fn put(&mut self, seq: crate::copies::Seq, story: StoryId) {
        let Some(lang) = self.known.get(&seq).map(|known| known.lang) else { return };
        let strands = self.stories.get(&story).map_or(&[][..], Vec::as_slice);
        let of_lang = |key: &&Key| self.live.get(**key).is_some_and(|live| live.lang == lang);
        let key = match strands.iter().find(of_lang) {
            Some(key) => *key,
            None => self.found(story, lang),
        };
        let Some(known) = self.known.get_mut(&seq) else { return };
        let before = std::mem::replace(&mut known.story, key);
        if let Some(members) = self.members.get_mut(&before) {
            members.retain(|member| *member != seq);
        }
        let members = self.members.entry(key).or_default();
        let place = members.partition_point(|member| *member < seq);
        members.insert(place, seq);
    }

    fn make_anew(&mut self, correction: &Correction, texts: &[Text<'_>]) {
        let mut of_strand: BTreeMap<Key, Vec<&Text<'_>>> = BTreeMap::new();
        for text in texts {
            let known = self.seqs.get(&text.arrival.article).and_then(|seq| self.known.get(seq));
            if let Some(known) = known {
                of_strand.entry(known.story).or_default().push(text);
            }
        }
        for story in [correction.from, correction.to] {
            for key in self.stories.get(&story).cloned().unwrap_or_default() {
                if self.members.get(&key).is_none_or(Vec::is_empty) {
                    self.live.drop_story(key);
                    self.forget(key, story);
                    continue;
                }
                self.live.clear(key);
                for text in of_strand.remove(&key).unwrap_or_default() {
                    let vector = Vector::of(&text.arrival.reading.terms, &self.vocabulary);
                    if text.fuller {
                        self.live.enrich(key, &vector);
                    } else {
                        self.live.regain(key, &vector, text.arrival.at);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
