//! Fits the join model: `cargo run --release -p dateline-eval --example train -- DATA OUT [HELD-OUT-SET]`.
use std::path::Path;
use std::sync::Arc;

use dateline_eval::data::jsonl;
use dateline_eval::stages::stories::{Row, predict_with, score};
use dateline_eval::train::stories::{SETS, train};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let data = Path::new(&args[0]);
    for held in SETS {
        let model = Arc::new(train(data, &[held]).unwrap());
        let rows: Vec<Row> = jsonl(&data.join("clustering").join(held)).unwrap();
        let predictions = predict_with(&rows, &model);
        let all = score(&rows, &predictions, |_| true);
        println!(
            "held out {held}: B3 {:.3}/{:.3}/{:.3} AMI {:.3} ARI {:.3} k {}/{}",
            all.b3.precision, all.b3.recall, all.b3.f1, all.ami, all.ari, all.predicted, all.gold
        );
    }
    let model = train(data, &[]).unwrap();
    std::fs::write(&args[1], model.write()).unwrap();
}
