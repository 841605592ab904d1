//! `dateline completions`: what a shell needs to complete commands.

use serde_json::json;

use crate::cli::{CompletionsArgs, Global, command};
use crate::outcome::{Ended, Outcome};
use crate::print::Page;

pub fn run(arguments: &CompletionsArgs, global: &Global) -> Ended {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(), "dateline", &mut script);
    let script = String::from_utf8_lossy(&script);
    let mut page = Page::open(global);
    if global.json {
        page.json(&json!({"shell": arguments.shell.to_string(), "script": script}))?;
    } else {
        page.put(&script)?;
    }
    page.end()?;
    Ok(Outcome::Done)
}
