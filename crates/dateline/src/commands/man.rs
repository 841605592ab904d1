//! `dateline man`: the manual, in roff.

use serde_json::json;

use crate::cli::{Global, ManArgs, command};
use crate::outcome::{Ended, Failure, Outcome};
use crate::print::Page;

pub fn run(arguments: &ManArgs, global: &Global) -> Ended {
    let mut all = command();
    // Names, versions and global options reach the commands when the whole is built.
    all.build();
    let (name, page_of) = match &arguments.command {
        None => ("dateline".to_owned(), all),
        Some(name) => {
            let found = all.get_subcommands().find(|sub| sub.get_name() == name).cloned();
            let known: Vec<&str> = all.get_subcommands().map(clap::Command::get_name).collect();
            let sub = found.ok_or_else(|| {
                Failure::Said(format!("there is no command `{name}`; there are: {}", known.join(", ")))
            })?;
            (format!("dateline-{name}"), sub)
        }
    };
    let mut roff = Vec::new();
    let version = concat!("dateline ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(page_of).title(name.clone()).source(version).render(&mut roff)?;
    let roff = String::from_utf8_lossy(&roff);
    let mut page = Page::open(global);
    if global.json {
        page.json(&json!({"page": name, "roff": roff}))?;
    } else {
        page.put(&roff)?;
    }
    page.end()?;
    Ok(Outcome::Done)
}
