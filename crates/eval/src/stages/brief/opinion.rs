//! Opinion: how often an article is told to argue rather than to report, by its sentences alone.
//!
//! The label is what address, section or headline say, which ingestion reads; its text is judged without them. Where
//! nothing says so the article may be opinion all the same, so what is found among the others is no count of errors.
//! Who speaks is read by the plain forms; a brief has the deep reading too, which finds more speakers and takes fewer
//! articles to argue.

use std::path::Path;

use dateline_brief::select::{argues, cut};
use dateline_ingest::{Options, captures, parse};
use dateline_model::{Genre, Lang};
use dateline_reader::attributions::attributions;
use dateline_reader::sentences::sentences;
use dateline_reader::words::words;

use crate::data::DataError;
use crate::report::{Measure, Report, Unit};
use crate::stages::speed::STREAM;

/// Sentences of an article that is judged, at least.
const SENTENCES: usize = 8;

/// Measures on the stream of news archives under `data`.
pub(super) fn opinion(data: &Path, report: &mut Report) -> Result<(), DataError> {
    let path = data.join(STREAM);
    if !path.is_file() {
        return Err(DataError::Missing(path));
    }
    // Labelled, and of those found; then the others.
    let (mut labelled, mut others) = ([0usize; 2], [0usize; 2]);
    let captured = captures(&path.display().to_string(), &Options::default());
    for item in captured.filter_map(Result::ok).flat_map(|capture| parse(&capture).items) {
        let cuts = cut(&item.text, Lang::EN);
        if cuts.len() < SENTENCES {
            continue;
        }
        let said =
            attributions(&item.text, &words(&item.text), &sentences(&item.text, Lang::EN), Lang::EN, &[]);
        let reported =
            cuts.iter().filter(|cut| said.iter().any(|said| cut.span.contains(said.source))).count();
        let found = usize::from(argues(&item.text, &cuts, reported, Lang::EN));
        match item.genre {
            Genre::Opinion => labelled = [labelled[0] + 1, labelled[1] + found],
            Genre::News => others = [others[0] + 1, others[1] + found],
            _ => {}
        }
    }
    for (name, [all, found]) in [("called opinion", labelled), ("not called so", others)] {
        let share = found as f64 / all.max(1) as f64;
        report.push(Measure::new(
            format!("opinion · found to argue, of {all} articles {name}"),
            share,
            Unit::Share,
        ));
    }
    Ok(())
}
