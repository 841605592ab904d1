//! Deep readings, kept: what the store has of them is used, the rest is read on all cores and stored.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use dateline_model::{ArticleId, Attribution, Registry, Version};
use dateline_reader::Reader;
use dateline_store::{DeepReading, Folder, Result, Store};
use xxhash_rust::xxh3::Xxh3;

use crate::said::{DEEP, READ, read_attributions};

/// Articles that wait, asked for at a time.
const WAITING: usize = 4_096;
/// Articles read between two transactions: about a second of one core, which is what a crash makes it read again.
const CHUNK: usize = 128;

/// Raised whenever the rules of reading change, of tokens, speakers, credits or datelines: readings made by
/// others are not used any more. Weights and outlet names need no mention here, they are hashed.
const RULES: u32 = 18;

/// Who reads: rules, weights and the outlet names that are known. Readings of another reader are made anew.
pub fn reader_id(registry: &Registry) -> String {
    static WEIGHTS: OnceLock<u64> = OnceLock::new();
    // 13 MB, hashed in about a millisecond, once.
    let weights = WEIGHTS.get_or_init(|| {
        let mut all = Xxh3::new();
        dateline_attribution::weights().into_iter().for_each(|file| all.update(file));
        all.digest()
    });
    let mut names = Xxh3::new();
    for outlet in registry.iter() {
        for word in std::iter::once(&outlet.domain).chain(&outlet.names) {
            names.update(word.as_bytes());
            names.update(&[0]);
        }
        names.update(&[1]);
    }
    format!("{RULES}-{weights:016x}-{:016x}", names.digest())
}

/// One who reads deeply, by a name under which the readings are kept.
pub struct DeepReader<'a> {
    /// See [`reader_id`].
    pub id: &'a str,
    /// Finds credits.
    pub reader: &'a Reader,
    /// Knows the outlets.
    pub registry: &'a Registry,
}

impl DeepReader<'_> {
    /// Reads a version.
    pub fn read(&self, version: &Version) -> DeepReading {
        let Version { title, text, byline, lang, .. } = version;
        let said = read_attributions(title, text, byline, *lang, self.reader, self.registry);
        DeepReading { version: version.number, reader: self.id.to_owned(), said }
    }

    /// Reads versions on all cores. They come back in their order.
    fn read_all(&self, versions: &[(ArticleId, &Version)]) -> Vec<(ArticleId, DeepReading)> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let next = AtomicUsize::new(0);
        let work = || {
            let mut read = Vec::new();
            while let Some((article, version)) = versions.get(next.fetch_add(1, Ordering::Relaxed)) {
                read.push((*article, self.read(version)));
            }
            read
        };
        if cores.min(versions.len()) < 2 {
            return work();
        }
        let mut read = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..cores.min(versions.len())).map(|_| scope.spawn(work)).collect();
            let mut all = Vec::new();
            for thread in threads {
                match thread.join() {
                    Ok(read) => all.extend(read),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            all
        });
        read.sort_by_key(|(article, _)| *article);
        read
    }
}

/// True where a kept reading is this reader's, of this version, and can be: its spans lie in the text.
pub fn holds(reading: &DeepReading, reader: &str, version: &Version) -> bool {
    reading.reader == reader
        && reading.version == version.number
        && reading.said.iter().all(|said| said.fits(&version.text))
}

/// Who says what in the newest version of each article that is read deeply, and how many had to be read for it.
///
/// `reader` is asked for only where something has to be read. What was read is stored where nobody is writing;
/// a reading that cannot be stored is made again the next time.
pub fn said_in<'a>(
    folder: &Folder,
    store: &impl Store,
    versions: &BTreeMap<ArticleId, Vec<Version>>,
    id: &'a str,
    reader: impl FnOnce() -> DeepReader<'a>,
) -> Result<(BTreeMap<ArticleId, Vec<Attribution>>, usize)> {
    let newest: BTreeMap<ArticleId, &Version> = versions
        .iter()
        .filter_map(|(article, versions)| Some((*article, versions.last()?)))
        .filter(|(_, version)| DEEP.contains(&version.lang))
        .collect();
    let articles: Vec<ArticleId> = newest.keys().copied().collect();
    let mut said = BTreeMap::new();
    for (article, readings) in store.readings(&articles)? {
        let kept = readings.into_iter().find(|reading| holds(reading, id, newest[&article]));
        said.extend(kept.map(|reading| (article, reading.said)));
    }
    let lacking: Vec<(ArticleId, &Version)> =
        newest.into_iter().filter(|(article, _)| !said.contains_key(article)).collect();
    if lacking.is_empty() {
        return Ok((said, 0));
    }
    let read = reader().read_all(&lacking);
    keep(folder, &read);
    let count = read.len();
    said.extend(read.into_iter().map(|(article, reading)| (article, reading.said)));
    Ok((said, count))
}

/// Reads every article whose newest version was not read yet, on all cores, those of the newest and largest stories
/// first, and stores each [`CHUNK`] as it is done: stopped anywhere, it goes on from there. Returns how many were read;
/// `done` counts them meanwhile.
pub fn read_backlog(folder: &Folder, done: &AtomicU64) -> Result<u64> {
    let lock = folder.lock()?;
    let mut store = folder.open_store(&lock)?;
    let (registry, _) = folder.registry()?;
    let reader = Reader::new(&registry);
    let id = reader_id(&registry);
    let deep = DeepReader { id: &id, reader: &reader, registry: &registry };
    let mut count = 0;
    loop {
        let waiting = store.unread(&id, &READ, WAITING)?;
        if waiting.is_empty() {
            return Ok(count);
        }
        let before = count;
        for chunk in waiting.chunks(CHUNK) {
            let versions: BTreeMap<ArticleId, Vec<Version>> = store.versions(chunk)?.into_iter().collect();
            let newest: Vec<(ArticleId, &Version)> =
                versions.iter().filter_map(|(article, all)| Some((*article, all.last()?))).collect();
            let read = deep.read_all(&newest);
            store.save_readings(&read)?;
            count += read.len() as u64;
            done.fetch_add(read.len() as u64, Ordering::Relaxed);
        }
        if count == before {
            // What waits has no text to read: the folder is damaged, and the doctor says how.
            return Ok(count);
        }
    }
}

/// Stores readings where that can be done now. Nobody waits for it, and nobody misses what was not stored: it
/// is derived.
fn keep(folder: &Folder, read: &[(ArticleId, DeepReading)]) {
    let Ok(lock) = folder.lock() else { return };
    let stored = folder.open_store(&lock).and_then(|mut store| store.save_readings(read));
    drop(stored);
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use dateline_ingest::{Options, captures, parse};
    use dateline_model::Lang;

    use super::*;

    /// What the shipped reader reads in the demo, and the number of the rules it was read by.
    const READ_BY: (u32, u64) = (18, 6_267_896_587_712_817_894);

    #[test]
    fn rules_that_read_otherwise_have_another_number() {
        let registry = Registry::builtin();
        let reader = Reader::new(registry);
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
        let mut digest = Xxh3::new();
        for part in ["feeds", "pages"] {
            for capture in captures(&demo.join(part).display().to_string(), &Options::default()) {
                for item in parse(&capture.unwrap()).items {
                    let lang = item.lang.unwrap_or(Lang::EN);
                    let said = read_attributions(&item.title, &item.text, "", lang, &reader, registry);
                    digest.update(&serde_json::to_vec(&said).unwrap());
                }
            }
        }
        let read_by = (RULES, digest.digest());
        assert_eq!(
            read_by, READ_BY,
            "where attributions come out differently, raise RULES, or kept readings of older rules stay in use; \
             then pin the new digest here"
        );
    }
}
