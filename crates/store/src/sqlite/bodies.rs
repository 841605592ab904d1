//! Bodies: texts compressed with zstd, after the first thousand with a dictionary of the folder's own.
//!
//! A dictionary made from the folder's own articles saves a third on headlines and summaries and a
//! tenth on full texts. It is stored in the database and never changes.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};
use zstd::bulk::{Compressor, Decompressor};

/// Compression level: 3 costs 20 µs for 6 kB; higher levels gain 3 % for twice the time.
const LEVEL: i32 = 3;
/// Bodies stored before a dictionary is made.
const TRAIN_AFTER: usize = 1_000;
/// Bytes of sample text: training is linear in it, half a second for this.
const TRAIN_BYTES: usize = 1 << 20;
/// Bytes of each body that go into the sample.
const TRAIN_EACH: usize = 2_000;
/// Bytes of the dictionary.
const DICTIONARY: usize = 64 << 10;
/// No text is larger: what claims to be is damaged.
const LARGEST: usize = 64 << 20;

/// Compresses bodies.
pub struct Packer {
    dictionary: i64,
    compressor: Compressor<'static>,
    sample: Option<Vec<Vec<u8>>>,
}

/// A compressed body.
pub struct Packed {
    /// Id of the dictionary, 0 for none.
    pub dictionary: i64,
    /// The bytes.
    pub data: Vec<u8>,
}

impl Packer {
    /// A packer for the newest dictionary of the database.
    pub fn open(connection: &Connection) -> rusqlite::Result<Self> {
        let newest = connection
            .query_row("SELECT id, data FROM dictionary ORDER BY id DESC LIMIT 1", [], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
            })
            .optional()?;
        let (dictionary, data) = newest.unwrap_or_default();
        let compressor = Compressor::with_dictionary(LEVEL, &data).map_err(other)?;
        let sample = (dictionary == 0).then(Vec::new);
        Ok(Self { dictionary, compressor, sample })
    }

    /// Compresses a body.
    pub fn pack(&mut self, text: &str) -> rusqlite::Result<Packed> {
        if let Some(sample) = &mut self.sample
            && sample.len() < TRAIN_AFTER
            && !text.is_empty()
        {
            sample.push(text.as_bytes()[..text.len().min(TRAIN_EACH)].to_vec());
        }
        let data = self.compressor.compress(text.as_bytes()).map_err(other)?;
        Ok(Packed { dictionary: self.dictionary, data })
    }

    /// Makes the dictionary once there is enough to make it from. Call inside the transaction that
    /// stores the next bodies.
    pub fn train(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let Some(sample) = self.sample.take_if(|sample| sample.len() >= TRAIN_AFTER) else { return Ok(()) };
        let each = TRAIN_BYTES / sample.len();
        let cut: Vec<&[u8]> = sample.iter().map(|text| &text[..text.len().min(each)]).collect();
        // Texts too alike or too short for a dictionary do without.
        let Ok(data) = zstd::dict::from_samples(&cut, DICTIONARY) else { return Ok(()) };
        connection.execute("INSERT INTO dictionary (id, data) VALUES (1, ?1)", [&data])?;
        self.compressor = Compressor::with_dictionary(LEVEL, &data).map_err(other)?;
        self.dictionary = 1;
        Ok(())
    }

    /// Forgets what the last transaction did, where it was rolled back.
    pub fn reset(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        *self = Self::open(connection)?;
        Ok(())
    }
}

/// Decompresses bodies; remembers the dictionaries it has met.
#[derive(Default)]
pub struct Unpacker {
    decompressors: HashMap<i64, Decompressor<'static>>,
}

impl Unpacker {
    /// Decompresses a body of `length` bytes.
    pub fn unpack(
        &mut self,
        connection: &Connection,
        dictionary: i64,
        length: i64,
        data: &[u8],
    ) -> rusqlite::Result<String> {
        let decompressor = match self.decompressors.entry(dictionary) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => {
                let bytes: Vec<u8> = if dictionary == 0 {
                    Vec::new()
                } else {
                    connection.query_row(
                        "SELECT data FROM dictionary WHERE id = ?1",
                        [dictionary],
                        |row| row.get(0),
                    )?
                };
                entry.insert(Decompressor::with_dictionary(&bytes).map_err(other)?)
            }
        };
        let length = usize::try_from(length).ok().filter(|length| *length <= LARGEST);
        let length = length.ok_or_else(|| other("a body claims an impossible length"))?;
        let bytes = decompressor.decompress(data, length).map_err(other)?;
        String::from_utf8(bytes).map_err(other)
    }
}

fn other(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(error.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::schema::migrate;

    #[test]
    fn bodies_come_back_with_and_without_dictionary() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let mut packer = Packer::open(&connection).unwrap();
        let mut unpacker = Unpacker::default();
        let text = |i: usize| {
            format!("Report {i}: troops at base {} left the hangar at {} o'clock. ", i * 7, i % 24).repeat(5)
        };
        let mut packed = Vec::new();
        for i in 0..1_200 {
            packer.train(&connection).unwrap();
            packed.push(packer.pack(&text(i)).unwrap());
        }
        assert_eq!((packed[0].dictionary, packed[1_199].dictionary), (0, 1));
        assert!(packed[1_199].data.len() < packed[0].data.len());
        for (i, body) in packed.iter().enumerate() {
            let length = text(i).len() as i64;
            assert_eq!(unpacker.unpack(&connection, body.dictionary, length, &body.data).unwrap(), text(i));
        }
        assert!(unpacker.unpack(&connection, 0, 10, b"not zstd").is_err());
        assert!(unpacker.unpack(&connection, 0, i64::MAX, &packed[0].data).is_err());
    }
}
