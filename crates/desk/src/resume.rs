//! Taking up where the last run ended: the snapshot of the live stories, and what came after it.

use std::sync::Arc;

use dateline_model::{Cause, Registry, When};
use dateline_reader::{Copy, Reader};
use dateline_store::{Folder, Lock, Result, Store, Stored};
use dateline_stories::{Arrival, Stream};

/// Versions read from the store at a time.
const CHUNK: usize = 512;
/// Bytes in front of a snapshot: the number of the newest version it covers.
const HEADER: usize = 8;

/// The stream as the store has it, whether or not there is a snapshot.
pub fn resume(
    folder: &Folder,
    store: &impl Store,
    registry: &Arc<Registry>,
    reader: &Reader,
) -> Result<Stream> {
    let newest = store.newest_seq()?;
    let (mut stream, mut seq) = folder
        .read_snapshot()
        .and_then(|bytes| unpack(&bytes, registry))
        // A snapshot of versions that are not there belongs to another database.
        .filter(|(_, seq)| *seq <= newest)
        .unwrap_or_else(|| (Stream::new(Arc::clone(registry)), 0));
    loop {
        let chunk = store.after(seq, CHUNK)?;
        let Some(last) = chunk.last() else { return Ok(stream) };
        seq = last.seq;
        for stored in &chunk {
            take_in(&mut stream, stored, reader);
        }
    }
}

fn take_in(stream: &mut Stream, stored: &Stored, reader: &Reader) {
    let Stored { article, version, membership, .. } = stored;
    if version.cause == Cause::Edit {
        return;
    }
    let reading = reader.read(Copy {
        title: &version.title,
        text: &version.text,
        byline: &version.byline,
        lang: None,
        read_as: Some(version.lang),
    });
    let arrival = Arrival {
        article: article.id,
        version: version.number,
        outlet: article.outlet.as_deref(),
        genre: version.genre,
        at: version.reported().map(|When { seconds, .. }| seconds),
        reading: &reading,
    };
    match version.cause {
        Cause::First => stream.restore(arrival, membership),
        Cause::Fuller => stream.restore_deeper(arrival),
        Cause::Edit => {}
    }
}

/// Writes a snapshot of the stream as it was when version `seq` was the newest.
pub fn keep(folder: &Folder, lock: &Lock, seq: i64, snapshot: &[u8]) -> Result<()> {
    let mut bytes = Vec::with_capacity(HEADER + snapshot.len());
    bytes.extend_from_slice(&seq.to_le_bytes());
    bytes.extend_from_slice(snapshot);
    folder.write_snapshot(lock, &bytes)
}

fn unpack(bytes: &[u8], registry: &Arc<Registry>) -> Option<(Stream, i64)> {
    let (seq, snapshot) = bytes.split_first_chunk::<HEADER>()?;
    let stream = Stream::from_snapshot(snapshot, Arc::clone(registry)).ok()?;
    Some((stream, i64::from_le_bytes(*seq)))
}
