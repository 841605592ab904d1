//! Fitting what ships in `models/`, reproducibly, on the development data only.

pub mod attribution;
pub mod boosting;
pub mod classes;
pub mod second;
pub mod stories;
pub mod strands;

use std::path::Path;

use crate::data::DataError;

/// A model that is fitted on the data sets.
#[derive(Debug, Clone, Copy)]
pub struct Fit {
    /// Its name, as `dateline eval NAME` takes it.
    pub name: &'static str,
    /// What it fits, in a few words.
    pub about: &'static str,
    /// Where the model lies in the project.
    pub file: &'static str,
    /// Fits it on the data sets under a folder and gives the model's file.
    pub run: fn(&Path) -> Result<Vec<u8>, DataError>,
}

/// All models that are fitted here.
pub const ALL: &[Fit] = &[
    Fit {
        name: "train-attribution",
        about: "fit the attribution tagger, models/attribution.bin",
        file: "models/attribution.bin",
        run: |data| Ok(attribution::train(data)?.to_bytes()),
    },
    Fit {
        name: "train-stories",
        about: "fit the join model, models/join.txt",
        file: "models/join.txt",
        run: |data| Ok(stories::train(data, &[])?.write().into_bytes()),
    },
    Fit {
        name: "train-second",
        about: "fit the model of the second look, where stories in several languages are live, models/second.txt",
        file: "models/second.txt",
        run: |data| Ok(second::train_shipped(data)?.write().into_bytes()),
    },
    Fit {
        name: "train-strands",
        about: "fit the model that tells which stories are one in two languages, models/strands.txt",
        file: "models/strands.txt",
        run: |data| Ok(strands::train_shipped(data)?.write().into_bytes()),
    },
];

/// The model of a name.
pub fn by_name(name: &str) -> Option<&'static Fit> {
    ALL.iter().find(|fit| fit.name == name)
}
