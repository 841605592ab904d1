//! What can be typed: the commands with their arguments, help and examples.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use dateline_ingest::Format;
use dateline_model::Lang;

use crate::outcome::EXIT_CODES;
use crate::since::Since;

/// Turns a stream of news into living, sourced situation briefs.
///
/// Point it at feeds, pages or archives. It groups what all outlets write about one event into a story,
/// works out where the reporting comes from, and writes a brief whose every sentence shows its evidence.
/// Everything lives in one folder; no account, no cloud, no language model.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, arg_required_else_help = true, after_help = MAIN_AFTER)]
pub struct Cli {
    /// What holds for all commands.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

const MAIN_AFTER: &str = "\
Examples:
  dateline demo                              see it work on invented news
  dateline add feeds.opml articles.jsonl.gz  read a list of feeds and a file of articles
  dateline stories --since 2d                what was reported in the last two days
  dateline brief \"airbase 101 niamey\"        the brief of the story that fits these words";

/// What holds for all commands.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The folder that everything lives in
    #[arg(
        long,
        global = true,
        env = "DATELINE_DIR",
        hide_env_values = true,
        default_value = "dateline.d",
        value_name = "DIR"
    )]
    pub dir: PathBuf,
    /// Print JSON, for programs
    #[arg(long, global = true)]
    pub json: bool,
    /// Print no progress and no hints
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// When to use bold and dim type; NO_COLOR is respected. Nothing is said by it alone
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,
}

/// When to use type that is not plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// See dateline work on invented news, in a folder of its own
    #[command(after_help = DEMO_AFTER)]
    Demo,
    /// Make an empty folder; optional, every command that adds makes its folder
    #[command(after_help = INIT_AFTER)]
    Init(InitArgs),
    /// Add articles: files, folders, URLs, or - for standard input
    #[command(after_help = ADD_AFTER)]
    Add(AddArgs),
    /// The desk: which stories there are, newest first
    #[command(after_help = STORIES_AFTER)]
    Stories(StoriesArgs),
    /// The brief of a story
    #[command(after_help = BRIEF_AFTER)]
    Brief(BriefArgs),
    /// One article with its versions and its origin, or one story with the reasons for every article
    #[command(after_help = SHOW_AFTER)]
    Show(ShowArgs),
    /// Correct which articles form a story, by hand, for good
    #[command(after_help = STORY_AFTER)]
    Story(StoryArgs),
    /// Who says what in articles, read deeply: a filter, no folder needed
    #[command(after_help = READ_AFTER)]
    Read(ReadArgs),
    /// Search the articles
    #[command(after_help = SEARCH_AFTER)]
    Search(SearchArgs),
    /// Check briefs, rule by rule
    #[command(after_help = CHECK_AFTER)]
    Check(CheckArgs),
    /// Write everything out for other programs
    #[command(after_help = EXPORT_AFTER)]
    Export(ExportArgs),
    /// Run the benchmarks
    #[command(after_help = EVAL_AFTER)]
    Eval(EvalArgs),
    /// Examine the folder: is everything there, and is it what it was?
    #[command(after_help = DOCTOR_AFTER)]
    Doctor,
    /// Make the search index anew
    #[command(after_help = REINDEX_AFTER)]
    Reindex,
    /// Print completions for a shell
    #[command(after_help = COMPLETIONS_AFTER)]
    Completions(CompletionsArgs),
    /// Print the manual page, in roff
    #[command(after_help = MAN_AFTER)]
    Man(ManArgs),
}

const DEMO_AFTER: &str = "\
Examples:
  dateline demo

The news of the demo is invented: outlets, people, events, and every word they say. It is read into a new
folder under the system's folder for temporary files, never into your own.";

/// `dateline init`
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder; instead of --dir
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

const INIT_AFTER: &str = "\
Examples:
  dateline init
  dateline init ~/desks/sahel";

/// `dateline add`
#[derive(Debug, Args)]
pub struct AddArgs {
    /// Files and folders (JSONL, RSS, Atom, RDF, JSON Feed, OPML, HTML, WARC; plain, gzip or zstd),
    /// http and https URLs, - for standard input
    #[arg(value_name = "PATH|URL|-", required_unless_present_any = ["subscriptions", "deep"])]
    pub inputs: Vec<String>,
    /// What every input is; found out from its bytes otherwise
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    pub format: Option<Format>,
    /// Threads that parse and read; as many as there are cores otherwise. The stories are the same with any number
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub threads: u16,
    /// Fetch from private addresses too: this machine, the local network
    #[arg(long)]
    pub allow_private: bool,
    /// Also read every feed that was subscribed to by adding an OPML list
    #[arg(long)]
    pub subscriptions: bool,
    /// Then read who says what in every article that waits for it, some 80 English ones of 6 kB a second and core
    #[arg(long)]
    pub deep: bool,
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::word)).map(|word| {
        // The parser lets only these words through.
        Format::ALL.into_iter().find(|format| format.word() == word).unwrap_or(Format::Jsonl)
    })
}

const ADD_AFTER: &str = "\
Examples:
  dateline add articles.jsonl.gz
  dateline add https://paper.example/feed.xml https://paper.example/2024/05/02/story.html
  dateline add feeds.opml && dateline add --subscriptions
  zcat dump.gz | dateline add --format jsonl -
  dateline add --deep

A line of JSONL is an object with `url`, `title`, `text` (or `html`), and where known `id`, `outlet`,
`published`, `modified`, `lang`, `byline`; other fields are kept with the article.
What cannot be read is named on standard error, the rest is added, and the exit code is 3.
Adding the same thing twice changes nothing: after a crash, run the command again.
Briefs read deeply what they need by themselves. With --deep everything is, so that `dateline search speaker:x`
finds whoever speaks in any article.";

/// `dateline stories`
#[derive(Debug, Args)]
pub struct StoriesArgs {
    /// Only stories with an article since then: 90m, 12h, 2d or 3w before the newest report, or a date
    #[arg(long, value_name = "TIME")]
    pub since: Option<Since>,
    /// Only stories with an article in this language: fr, ar, …
    #[arg(long, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// Stories at most; 0 for all
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub limit: usize,
}

const STORIES_AFTER: &str = "\
Examples:
  dateline stories
  dateline stories --since 2d --lang fr
  dateline stories --since 2024-05-01 --limit 0 --json

Times are UTC. \"2 origins · 31 outlets · 44 articles\": 44 articles were printed by 31 outlets, and at least
two newsrooms obtained the news themselves, independently of one another. \"storyline of 5\": with four other
stories it is one affair; `dateline show` names what came before and after.";

/// `dateline brief`
#[derive(Debug, Args)]
pub struct BriefArgs {
    /// A story or an article by its id (the first characters will do), or words
    #[arg(value_name = "STORY|WORDS", required = true)]
    pub story: Vec<String>,
    /// How to print it; --json is --format json
    #[arg(long, value_name = "FORMAT", default_value = "md")]
    pub format: Face,
    /// Write it to a file instead
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// The faces of a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Face {
    /// Markdown.
    Md,
    /// One self-contained page.
    Html,
    /// The interface for programs.
    Json,
    /// Plain text, 80 columns wide.
    Txt,
}

const BRIEF_AFTER: &str = "\
Examples:
  dateline brief \"airbase 101 niamey\"
  dateline brief s4k9x2m --format html -o brief.html
  dateline brief s4k9x2m --json | jq .counts

Where words find the story, other stories that fit are named on standard error.";

/// `dateline show`
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// An article, a story or a storyline by its id (the first characters will do), an article's URL, or words of a
    /// story
    #[arg(value_name = "ARTICLE|STORY|STORYLINE", required = true)]
    pub what: Vec<String>,
    /// The version of the article whose text is shown; the newest otherwise
    #[arg(long, value_name = "N")]
    pub version: Option<u32>,
}

const SHOW_AFTER: &str = "\
Examples:
  dateline show s4k9x2m                    why every article is in this story
  dateline show l2pq7d0                    the stories of a storyline, in the order in which they began
  dateline show a7c01d5                    an article: its text, versions, origin, and the evidence for it
  dateline show a7c01d5 --version 1        the same, as it was first seen";

/// `dateline story`
#[derive(Debug, Args)]
pub struct StoryArgs {
    /// What to correct.
    #[command(subcommand)]
    pub command: StoryCommand,
}

/// The corrections.
#[derive(Debug, Subcommand)]
pub enum StoryCommand {
    /// Put all articles of a story into another; its id leads there from then on
    #[command(after_help = STORY_MERGE_AFTER)]
    Merge {
        /// The story that ends, by its id (the first characters will do)
        #[arg(value_name = "STORY")]
        story: String,
        /// The story that it goes into
        #[arg(value_name = "INTO")]
        into: String,
    },
    /// Make a story of their own of some of a story's articles
    #[command(after_help = STORY_SPLIT_AFTER)]
    Split {
        /// The story, by its id (the first characters will do)
        #[arg(value_name = "STORY")]
        story: String,
        /// The articles that leave it, by their ids or URLs
        #[arg(value_name = "ARTICLE", required = true)]
        articles: Vec<String>,
    },
    /// Put an article into another story
    #[command(after_help = STORY_MOVE_AFTER)]
    Move {
        /// The article, by its id (the first characters will do) or URL
        #[arg(value_name = "ARTICLE")]
        article: String,
        /// The story that it belongs to
        #[arg(value_name = "STORY")]
        to: String,
    },
    /// List all corrections, each with its number
    #[command(after_help = STORY_CORRECTIONS_AFTER)]
    Corrections,
    /// Take a correction back
    #[command(after_help = STORY_UNDO_AFTER)]
    Undo {
        /// The number of the correction, as `dateline story corrections` lists it
        #[arg(value_name = "N")]
        number: u32,
    },
}

const STORY_AFTER: &str = "\
Examples:
  dateline story merge s4k9x2m s8b1c0d      two stories are one event
  dateline story split s4k9x2m a7c01d5      an article is on another event
  dateline story move a7c01d5 s8b1c0d       an article belongs to another story
  dateline story corrections
  dateline story undo 2

A correction holds for good: what comes in later goes by the corrected stories, and no article that was put
somewhere by hand is put elsewhere by dateline. Ids stay: that of a merged story leads to the one it is in.";

const STORY_MERGE_AFTER: &str = "\
Examples:
  dateline story merge s4k9x2m s8b1c0d

What would have joined the first story joins the second from then on.";

const STORY_SPLIT_AFTER: &str = "\
Examples:
  dateline story split s4k9x2m a7c01d5 https://paper.example/2024/05/02/story.html

The new story has an id of its own. What comes in later joins either, by what it says.";

const STORY_MOVE_AFTER: &str = "\
Examples:
  dateline story move a7c01d5 s8b1c0d

A story whose only article is moved away ends, and its id leads to the other one.";

const STORY_CORRECTIONS_AFTER: &str = "\
Examples:
  dateline story corrections
  dateline story corrections --json | jq '.corrections[] | select(.kind == \"merge\")'";

const STORY_UNDO_AFTER: &str = "\
Examples:
  dateline story undo 2

The articles go back to where they were. What came in since stays: with the story it joined, or where a split is
undone, with the story that was split. Where a later correction changed the same stories, undo that one first.";

/// `dateline read`
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// What `add` takes: files, folders, http and https URLs, - for standard input
    #[arg(value_name = "PATH|URL|-", default_value = "-")]
    pub inputs: Vec<String>,
    /// What every input is; found out from its bytes otherwise
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    pub format: Option<Format>,
    /// Fetch from private addresses too: this machine, the local network
    #[arg(long)]
    pub allow_private: bool,
}

const READ_AFTER: &str = "\
Examples:
  dateline read article.html
  zcat articles.jsonl.gz | dateline read --json - | jq .attributions

English is read deeply: who \"he\" is, what is told of sources without names, to whom it was said and on what
occasion. Of other languages only the plain forms are read. Nothing is stored.
What cannot be read is named on standard error, the rest is read, and the exit code is 3.";

/// `dateline search`
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Words, \"phrases\", -not, OR, and filters
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    /// Newest first, instead of best first
    #[arg(long)]
    pub newest: bool,
    /// Articles at most
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub limit: u32,
}

const SEARCH_AFTER: &str = "\
Examples:
  dateline search 'hangar niamey'
  dateline search --newest '\"separate hangar\" lang:fr date:2024-05'
  dateline search 'ferry OR capsized -drill outlet:\"Meridian Wire\"'
  dateline search 'speaker:pentagon via:\"Meridian Wire\"'
  dateline search 'anon:\"defense official\" since:2024-05'

Filters: outlet: origin: lang: genre: relation: story: date: since: until:, each also with - in front.
speaker: who speaks, by name or position; anon: a source without a name, by what is told of it (anon:yes for any);
via: the newsroom they spoke to. Known of articles that were read deeply: `dateline add --deep` reads all.
Words are found in all their forms. Put -- in front of a query that begins with -.";

/// `dateline check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// A story by its id or words, or a brief as a JSON file
    #[arg(value_name = "STORY|BRIEF.json", required_unless_present = "all", conflicts_with = "all")]
    pub what: Vec<String>,
    /// Check the briefs of all stories
    #[arg(long)]
    pub all: bool,
}

const CHECK_AFTER: &str = "\
Examples:
  dateline check s4k9x2m
  dateline check brief.json                is every sentence of this brief still borne out?
  dateline check --all

A brief in a file is checked against the folder's articles of the story it names.
The exit code is 4 where a rule that blocks is broken.";

/// `dateline export`
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// What to write out
    #[arg(long, value_name = "WHAT")]
    pub what: What,
    /// How
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub format: ExportFormat,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What can be written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Each article with all its versions and its place in a story.
    Articles,
    /// Each story with its counts and articles.
    Stories,
    /// Each story's brief.
    Briefs,
}

/// How it can be written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One JSON object a line.
    Jsonl,
}

const EXPORT_AFTER: &str = "\
Examples:
  dateline export --what stories > stories.jsonl
  dateline export --what briefs -o briefs.jsonl

A line of stories: {story, title, first, last, counts: {articles, outlets, families, origins, on_record},
storyline (null where the story stands alone), articles: [{article, id, url, outlet, published, lang, relation, origin}]}, with `id` as it came in.";

/// `dateline eval`
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// The stage; all of them otherwise
    #[arg(value_name = "STAGE", value_parser = stage_names())]
    pub stage: Option<String>,
    /// Gold files to run the stage on, instead of the data sets (stories, neardup, brief, attribution)
    #[arg(value_name = "FILE", conflicts_with = "data")]
    pub files: Vec<PathBuf>,
    /// The folder of the data sets
    #[arg(long, value_name = "DIR", required_unless_present = "files")]
    pub data: Option<PathBuf>,
    /// Write what the stage predicted to a file, one JSON object a line; or the model that a stage fitted
    #[arg(long, value_name = "FILE", requires = "stage")]
    pub predictions: Option<PathBuf>,
    /// Write all reports as one Markdown document to a file
    #[arg(long, value_name = "FILE", requires = "data", conflicts_with = "stage")]
    pub document: Option<PathBuf>,
    /// Show the ten worst wrong merges and wrong splits of each set, with headlines (stories)
    // A document is published, and the headlines of the data sets are not ours to publish.
    #[arg(long, requires = "stage", conflicts_with = "document")]
    pub worst: bool,
    /// Also run other tools on the same articles, and show their figures beside ours (stories). They are Python
    /// packages, and are installed under the user's cache folder on first use
    #[arg(long, requires = "stage", conflicts_with = "document")]
    pub peers: bool,
    /// Articles in the stream, a million otherwise (stream)
    #[arg(long, value_name = "N", requires = "stage", value_parser = clap::value_parser!(u64).range(10..=100_000_000))]
    pub articles: Option<u64>,
}

/// The names of the stages, as the benchmarks list them.
fn stage_names() -> clap::builder::PossibleValuesParser {
    let named = |stage: &dateline_eval::stages::Stage| {
        clap::builder::PossibleValue::new(stage.name).help(stage.about)
    };
    let fitted =
        |fit: &dateline_eval::train::Fit| clap::builder::PossibleValue::new(fit.name).help(fit.about);
    let stages = dateline_eval::stages::ALL.iter().chain(dateline_eval::stages::APART).map(named);
    clap::builder::PossibleValuesParser::new(stages.chain(dateline_eval::train::ALL.iter().map(fitted)))
}

const EVAL_AFTER: &str = "\
Examples:
  dateline eval --data ~/data
  dateline eval feeds --data ~/data
  dateline eval text --data ~/data --predictions text.jsonl
  dateline eval --data ~/data --document benchmarks.md
  dateline eval stories gold.jsonl.gz --predictions stories.jsonl
  dateline eval stories --worst --data ~/data
  dateline eval stories --peers --data ~/data
  dateline eval stream --articles 100000 --data ~/data
  dateline eval neardup copies.jsonl
  dateline eval attribution articles.jsonl --predictions attributions.jsonl
  dateline eval train-attribution --data ~/data

Gold files are JSONL, plain or gzip, with `id`, `title`, `text` and a gold field: `cluster` for stories, `dup`
for neardup; for brief, a line is a topic with `docs` and `refs`; for attribution, a line needs only `id` and
`text`, and is scored where it has `attributions`. Stages that begin with `train-` fit a model that ships and
write it to models/, seen from where they are started. Data that is missing is named: exit code 3.
--peers needs python3, and the network on first use: scikit-learn, river and BERTopic are installed under
~/.cache/dateline/peers, or in XDG_CACHE_HOME. A stream of a million articles takes ten minutes.";

const DOCTOR_AFTER: &str = "\
Examples:
  dateline doctor
  dateline doctor --dir ~/desks/sahel --json

Every stored text is read and compared with its hash. The exit code is 1 where something is damaged.";

const REINDEX_AFTER: &str = "\
Examples:
  dateline reindex

The search index is derived from the stored articles and heals itself; this makes it anew from scratch.";

/// `dateline completions`
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

const COMPLETIONS_AFTER: &str = "\
Examples:
  dateline completions bash > ~/.local/share/bash-completion/completions/dateline
  dateline completions fish > ~/.config/fish/completions/dateline.fish";

/// `dateline man`
#[derive(Debug, Args)]
pub struct ManArgs {
    /// The command whose page is printed; the program's own otherwise
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

const MAN_AFTER: &str = "\
Examples:
  dateline man | man -l -
  dateline man brief > dateline-brief.1";

/// The command line as it is parsed, completed and put into the manual: every help text ends with the exit
/// codes, so that each is whole on its own.
pub fn command() -> clap::Command {
    fn with_codes(command: clap::Command) -> clap::Command {
        let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        command.after_help(format!("{after}\n\n{EXIT_CODES}")).mut_subcommands(with_codes)
    }
    with_codes(Cli::command())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed_and_every_command_has_examples() {
        let mut command = command();
        command.clone().debug_assert();
        fn look(command: &mut clap::Command) {
            // clap adds `help` itself to a command that has others.
            for sub in command.get_subcommands_mut().filter(|sub| sub.get_name() != "help") {
                let name = sub.get_name().to_owned();
                let help = sub.render_long_help().to_string();
                assert!(help.contains("Examples:") && help.contains("Exit codes:"), "{name}: {help}");
                look(sub);
            }
        }
        look(&mut command);
    }
}
