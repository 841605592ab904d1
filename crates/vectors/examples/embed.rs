//! Prints the tokens and the unit vector of each line of standard input, for comparison with other
//! implementations (`models/build/e5_parity.py`), and how much processor time it took.
//!
//! `cargo run --release -p dateline-vectors --example embed -- FOLDER < LINES`

use std::io::Read;
use std::path::PathBuf;
use std::time::Instant;

use dateline_vectors::Embedder;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).map(PathBuf::from);
    let embedder = match folder {
        Some(folder) => Embedder::open(&folder)?,
        None => Embedder::find()?,
    }
    .with_threads(1);
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let lines: Vec<&str> = text.lines().collect();
    let start = Instant::now();
    let tokens: Vec<Vec<u32>> = lines.iter().map(|line| embedder.tokens(line)).collect();
    let cut = start.elapsed();
    let vectors = embedder.vectors(&lines);
    eprintln!("{} texts: tokens {:?}, all {:?}", lines.len(), cut, start.elapsed());
    for (tokens, vector) in tokens.iter().zip(vectors) {
        let tokens: Vec<String> = tokens.iter().map(u32::to_string).collect();
        let vector: Vec<String> = vector.iter().map(f32::to_string).collect();
        println!("{}\t{}", tokens.join(" "), vector.join(" "));
    }
    Ok(())
}
