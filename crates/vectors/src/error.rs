//! What can go wrong before the first text is embedded.

use std::path::PathBuf;

/// Why there is no embedder.
#[derive(Debug, thiserror::Error)]
pub enum VectorError {
    /// The model files are nowhere.
    #[error(
        "no language model: stories are found in each language apart. Put e5.onnx, e5.pieces, e5.means and \
         e5.within (models/ of the source) into a folder and name it in DATELINE_MODELS; looked in {}",
        folders(looked)
    )]
    Missing {
        /// The folders searched, in order.
        looked: Vec<PathBuf>,
    },
    /// A model file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A model file is not what it should be.
    #[error("{} is damaged ({why}); fetch it again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

fn folders(looked: &[PathBuf]) -> String {
    let names: Vec<String> = looked.iter().map(|folder| folder.display().to_string()).collect();
    if names.is_empty() { "no folder".into() } else { names.join(", ") }
}
