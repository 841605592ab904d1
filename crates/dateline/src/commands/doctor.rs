//! `dateline doctor`: is everything there, and is it what it was?

use dateline_brief::faces::clean;
use dateline_desk::Desk;
use dateline_model::{CorrectionKind, Lang, in_force};
use dateline_reader::language;
use dateline_store::{Folder, Store, StoreError};
use dateline_stories::join::JoinModel;
use dateline_vectors::Embedder;
use serde_json::json;

use crate::cli::Global;
use crate::outcome::{Ended, Outcome};
use crate::print::{Page, bytes, count, thousands, time};

/// A sentence in each of the languages that dateline reads attributions in: a detector that tells these
/// apart is whole.
const SPOKEN: [(Lang, &str); 8] = [
    (Lang::EN, "The minister said that the troops would leave the base before the end of the month."),
    (Lang::FR, "Le ministre a déclaré que les troupes quitteraient la base avant la fin du mois."),
    (Lang::ES, "El ministro dijo que las tropas abandonarían la base antes de que termine el mes."),
    (Lang::DE, "Der Minister sagte, die Truppen würden den Stützpunkt noch vor Monatsende verlassen."),
    (Lang::PT, "O ministro disse que as tropas não deixariam a base antes do fim do mês."),
    (Lang::IT, "Il ministro ha detto che le truppe lasceranno la base prima della fine del mese."),
    (Lang::RU, "Министр заявил, что войска покинут базу до конца месяца."),
    (Lang::AR, "قال الوزير إن القوات ستغادر القاعدة قبل نهاية الشهر."),
];

pub fn run(global: &Global) -> Ended {
    let folder = Folder::at(&global.dir);
    let store = folder.open_store_read_only()?;
    let totals = store.totals()?;
    let backlog = Desk::open(folder.clone())?.backlog()?;
    let clock = store.newest_report()?;
    let newest = store.newest_seq()?;
    let (registry, complaints) = folder.registry()?;
    let index = folder.open_search_read_only()?;
    let log = store.corrections()?;
    let (ties, by_hand): (Vec<_>, Vec<_>) =
        in_force(&log).partition(|correction| correction.kind == CorrectionKind::Tie);
    let (ties, corrections) = (ties.len() as u64, by_hand.len() as u64);
    let vectors = Embedder::find().err().map(|error| error.to_string());
    let behind = index.as_ref().map(|index| {
        let corrected = log.iter().filter(|correction| correction.number > index.corrected_up_to()).count();
        newest - index.indexed_up_to() + corrected as i64
    });
    let writer = match folder.lock() {
        Ok(_) => None,
        Err(StoreError::Locked { holder, .. }) => Some(holder),
        // A folder on a read-only disk is looked at all the same.
        Err(error) => Some(format!("nobody can write: {error}")),
    };
    let model = JoinModel::shipped();
    let told_apart = SPOKEN.iter().filter(|(lang, said)| language::identify("", said, None) == *lang).count();
    let mut wrong = store.examine()?;
    if model.trees.is_empty() {
        wrong.push("the join model that ships with dateline cannot be read; install dateline again".into());
    }
    if told_apart < SPOKEN.len() {
        wrong.push(format!(
            "{} of {} languages are not recognised; install dateline again",
            SPOKEN.len() - told_apart,
            SPOKEN.len()
        ));
    }
    let snapshot = folder.read_snapshot().map(|bytes| bytes.len() as u64);
    let size = folder.size();

    let mut page = Page::open(global);
    if global.json {
        page.json(&json!({
            "dateline": env!("CARGO_PKG_VERSION"), "folder": folder.path(), "bytes": size, "clock": clock,
            "totals": {
                "articles": totals.articles, "versions": totals.versions, "stories": totals.stories,
                "subscriptions": totals.subscriptions, "corrections": corrections, "ties": ties, "text_bytes": totals.text_bytes,
                "stored_bytes": totals.stored_bytes,
            },
            "search": {"found": index.is_some(), "behind": behind},
            "deep": {"read": backlog.read, "waiting": backlog.waiting},
            "snapshot_bytes": snapshot,
            "models": {"join": {"trees": model.trees.len()}, "vectors": {"found": vectors.is_none()}, "languages": {"tried": SPOKEN.len(), "recognised": told_apart}},
            "outlets": {"known": registry.len(), "not_used": complaints},
            "writer": writer, "damage": wrong, "sound": wrong.is_empty(),
        }))?;
        page.end()?;
        return Ok(if wrong.is_empty() { Outcome::Done } else { Outcome::Unsound });
    }
    let search = match behind {
        None => "not there; the next search or add makes it".to_owned(),
        Some(0) => "level with the articles".to_owned(),
        Some(behind) => format!(
            "{} behind; it catches up with the next command that needs it",
            count(behind.unsigned_abs(), "change", "changes")
        ),
    };
    let deep = match backlog.waiting {
        0 => format!("{} read", count(backlog.read, "article", "articles")),
        waiting => format!(
            "{} read · {} wait, until a brief needs them or `dateline add --deep` reads them",
            count(backlog.read, "article", "articles"),
            thousands(waiting)
        ),
    };
    let facts = [
        ("dateline", env!("CARGO_PKG_VERSION").to_owned()),
        ("folder", format!("{} · {}", folder.path().display(), bytes(size))),
        (
            "articles",
            format!("{} in {}", thousands(totals.articles), count(totals.versions, "version", "versions")),
        ),
        ("stories", thousands(totals.stories)),
        ("corrections", format!("{} in force, made by hand", thousands(corrections))),
        (
            "across",
            match &vectors {
                None => format!("{} found in several languages", count(ties, "story", "stories")),
                Some(why) => format!("stories in different languages are not compared: {why}"),
            },
        ),
        ("texts", format!("{}, stored in {}", bytes(totals.text_bytes), bytes(totals.stored_bytes))),
        ("clock", format!("{} (the newest report)", time(clock).trim())),
        ("feeds", format!("{} subscribed to", thousands(totals.subscriptions))),
        ("search index", search),
        ("who says what", deep),
        ("snapshot", snapshot.map_or_else(|| "none; live stories are read from the articles".into(), bytes)),
        ("join model", format!("{} trees", model.trees.len())),
        ("languages", format!("{told_apart} of {} tried are recognised", SPOKEN.len())),
        ("outlets", format!("{} known", thousands(registry.len() as u64))),
        ("writer", writer.unwrap_or_else(|| "nobody is writing".into())),
    ];
    for (label, fact) in &facts {
        page.wrapped(&clean(fact), &format!("{label:14}"), &" ".repeat(14))?;
    }
    for complaint in &complaints {
        page.wrapped(&clean(complaint), "not used      ", &" ".repeat(14))?;
    }
    page.line("")?;
    for damage in &wrong {
        page.wrapped(&clean(damage), "damaged       ", &" ".repeat(14))?;
    }
    if wrong.is_empty() {
        page.line("sound: every text is the one that was stored, and everything adds up")?;
    } else {
        page.line(
            "the folder is damaged; keep it as it is, and add the same sources to a new one with --dir",
        )?;
    }
    page.end()?;
    Ok(if wrong.is_empty() { Outcome::Done } else { Outcome::Unsound })
}
