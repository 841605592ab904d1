//! Other tools that group articles into stories, run on this machine in the same minutes as ours.
//!
//! They are Python packages. A virtual environment outside the project is filled with them on first
//! use, and `scripts/peers.py`, which is compiled in, runs one of them on lines of JSON. Their groups are scored by the
//! same code as ours.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use crate::stages::stories::{Prediction, Row};

/// The script that runs one tool.
const SCRIPT: &str = include_str!("../../../scripts/peers.py");

/// Why the other tools cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum PeerError {
    /// There is no Python.
    #[error(
        "`{0}` cannot be started, and the other tools are Python packages: install Python 3.11 or later with its module \
         venv (Debian: apt-get install python3 python3-venv), or leave --peers out"
    )]
    Python(String),
    /// The virtual environment cannot be made.
    #[error(
        "a virtual environment cannot be made in {dir}: {said}; install Python's module venv (Debian: apt-get install \
         python3-venv), or set XDG_CACHE_HOME to a folder that can be written"
    )]
    Environment {
        /// Where it would lie.
        dir: PathBuf,
        /// What Python or the system says.
        said: String,
    },
    /// The packages cannot be installed.
    #[error(
        "pip cannot install {packages}: {said}; the first run needs the network (pypi.org, or the index that pip is \
         configured for): try again with it, or leave --peers out"
    )]
    Install {
        /// What was to be installed.
        packages: String,
        /// What pip says.
        said: String,
    },
    /// A tool gave no answer, or one that cannot be read.
    #[error("{peer} failed: {said}; delete {dir} to have it installed anew, or leave --peers out")]
    Run {
        /// The tool.
        peer: &'static str,
        /// What it says.
        said: String,
        /// The virtual environment.
        dir: PathBuf,
    },
}

/// Packages that belong together: what pip is told, one command after the other.
type Packages = &'static [&'static [&'static str]];

/// What all tools need. Versions are fixed, so that figures of two days are of the same tools.
const BASE: Packages = &[&["scikit-learn==1.9.1", "river==0.26.1"]];

/// BERTopic, without the packages it needs only for language models, which are thirty times its size.
const BERTOPIC: Packages = &[
    &["umap-learn==0.5.12", "hdbscan==0.8.44", "pandas==3.1.1", "plotly==7.1.0", "tqdm==4.70.1", "pyyaml"],
    &["--no-deps", "bertopic==0.17.4"],
];

/// A tool that groups articles.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// Its name, for people.
    pub name: &'static str,
    /// Its name in the script.
    pub word: &'static str,
    /// What [`Peer::tried`] are, in a word.
    pub parameter: &'static str,
    /// The values that are tried; the best counts, set by set. We have one configuration for all sets.
    pub tried: &'static [f64],
    /// Articles of a set it is given, the first ones.
    pub most: usize,
    packages: Packages,
}

/// The tools. Priberam's code is no package and taranis-story-clustering needs torch and a model that is no package
/// either; what they reach was measured once and stands in the stage's own table.
pub const ALL: &[Peer] = &[
    Peer {
        name: "TF-IDF online",
        word: "tfidf",
        parameter: "cosine",
        tried: &[0.15, 0.2, 0.25, 0.3, 0.35],
        most: usize::MAX,
        packages: BASE,
    },
    Peer {
        name: "river TextClust",
        word: "textclust",
        parameter: "radius",
        tried: &[0.4, 0.5, 0.6],
        // It compares an article with every cluster there is, and takes 20 s for so many full texts already.
        most: 600,
        packages: BASE,
    },
    Peer {
        name: "BERTopic, batch",
        word: "bertopic",
        parameter: "topics from",
        tried: &[2.0],
        most: usize::MAX,
        packages: BERTOPIC,
    },
];

/// What a tool made of some articles.
#[derive(Debug, Clone)]
pub struct Grouped {
    /// The group of each article, in their order.
    pub predictions: Vec<Prediction>,
    /// CPU time of grouping, in seconds; loading the tool and reading the articles are not in it.
    pub cpu_seconds: f64,
}

/// A virtual environment that the tools run in.
#[derive(Debug, Clone)]
pub struct Environment {
    dir: PathBuf,
}

impl Environment {
    /// The virtual environment in the folder `dir`, made by `python` where it is not there.
    ///
    /// # Errors
    ///
    /// Where there is no such Python, or the folder cannot be made.
    pub fn open(dir: &Path, python: &str) -> Result<Self, PeerError> {
        let environment = Self { dir: dir.to_owned() };
        let failed = |said: String| PeerError::Environment { dir: dir.to_owned(), said };
        if !environment.python().exists() {
            fs::create_dir_all(dir).map_err(|error| failed(error.to_string()))?;
            let mut command = Command::new(python);
            command.args(["-m", "venv"]).arg(dir).stdin(Stdio::null());
            let made = command.output().map_err(|_| PeerError::Python(python.to_owned()))?;
            if !made.status.success() {
                // Next time it is made from the start.
                let _ = fs::remove_file(environment.python());
                return Err(failed(last_line(&made.stderr, &made.stdout)));
            }
        }
        fs::write(environment.script(), SCRIPT).map_err(|error| failed(error.to_string()))?;
        Ok(environment)
    }

    /// Installs what a tool needs and is not there yet; `tell` hears of it before it begins.
    ///
    /// # Errors
    ///
    /// Where pip cannot install it: mostly there is no network.
    pub fn install(&self, peer: &Peer, tell: &dyn Fn(&str)) -> Result<(), PeerError> {
        let wanted: Vec<String> =
            BASE.iter().chain(peer.packages).map(|packages| packages.join(" ")).collect();
        let installed = self.dir.join(format!("installed-{}", peer.word));
        if fs::read_to_string(&installed).is_ok_and(|list| list == wanted.join("\n")) {
            return Ok(());
        }
        tell(&format!("installing {} into {}", peer.name, self.dir.display()));
        for packages in BASE.iter().chain(peer.packages) {
            let failed = |said| PeerError::Install { packages: packages.join(" "), said };
            let mut command = Command::new(self.python());
            command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]);
            let ran = command.args(*packages).stdin(Stdio::null()).output();
            let ran = ran.map_err(|error| failed(error.to_string()))?;
            if !ran.status.success() {
                return Err(failed(last_line(&ran.stderr, &ran.stdout)));
            }
        }
        let failed =
            |error: std::io::Error| PeerError::Environment { dir: self.dir.clone(), said: error.to_string() };
        fs::write(installed, wanted.join("\n")).map_err(failed)
    }

    /// Runs a tool on articles in their order, on one thread.
    ///
    /// # Errors
    ///
    /// Where it ends with an error, or its answer is not one group for each article.
    pub fn run(&self, peer: &Peer, parameter: f64, rows: &[Row]) -> Result<Grouped, PeerError> {
        #[derive(Serialize)]
        struct Line<'a> {
            id: &'a str,
            title: &'a str,
            text: &'a str,
            at: Option<i64>,
        }
        let failed = |said: String| PeerError::Run { peer: peer.name, said, dir: self.dir.clone() };
        let mut command = Command::new(self.python());
        command.arg(self.script()).arg(peer.word).arg(parameter.to_string());
        for threads in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"] {
            command.env(threads, "1");
        }
        // The order of Python's sets follows the seed, and sums in another order differ in their last digit.
        command.env("PYTHONHASHSEED", "0").env("PYTHONIOENCODING", "utf-8").env_remove("PYTHONPATH");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| failed(error.to_string()))?;
        let mut lines = Vec::new();
        for row in rows {
            let line = Line { id: &row.id, title: &row.title, text: &row.text, at: row.at() };
            serde_json::to_writer(&mut lines, &line).map_err(|error| failed(error.to_string()))?;
            lines.push(b'\n');
        }
        // The script reads everything before it writes. Where it ended without, its own words say more than the pipe's.
        let written = child.stdin.take().map(|mut pipe| pipe.write_all(&lines));
        let ran = child.wait_with_output().map_err(|error| failed(error.to_string()))?;
        if !ran.status.success() {
            return Err(failed(last_line(&ran.stderr, &ran.stdout)));
        }
        if let Some(Err(error)) = written {
            return Err(failed(error.to_string()));
        }
        answer(&ran.stdout, rows).map_err(failed)
    }

    fn python(&self) -> PathBuf {
        self.dir.join("bin/python")
    }

    fn script(&self) -> PathBuf {
        self.dir.join("peers.py")
    }
}

/// Reads what the script writes: a group for each article, then the CPU time.
fn answer(bytes: &[u8], rows: &[Row]) -> Result<Grouped, String> {
    #[derive(Deserialize)]
    struct Spent {
        cpu_seconds: f64,
    }
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let lines: Vec<&str> = text.lines().collect();
    let (spent, grouped) = lines.split_last().ok_or("it wrote nothing")?;
    let spent: Spent = serde_json::from_str(spent).map_err(|error| error.to_string())?;
    let grouped = grouped.iter().map(|line| serde_json::from_str(line));
    let predictions: Vec<Prediction> =
        grouped.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    let answered = predictions.iter().map(|prediction| &prediction.id).eq(rows.iter().map(|row| &row.id));
    if !answered {
        return Err(format!("{} answers that do not fit {} articles", predictions.len(), rows.len()));
    }
    Ok(Grouped { predictions, cpu_seconds: spent.cpu_seconds })
}

/// The last thing a program said, on standard error or else on standard output.
fn last_line(stderr: &[u8], stdout: &[u8]) -> String {
    let said = |bytes| {
        let text = String::from_utf8_lossy(bytes);
        text.lines().map(str::trim).rfind(|line| !line.is_empty()).map(str::to_owned)
    };
    said(stderr).or_else(|| said(stdout)).unwrap_or_else(|| "it said nothing".to_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn row(id: &str) -> Row {
        let (title, text) = ("Ferry sinks".into(), String::new());
        Row { id: id.into(), title, text, date: Some("2024-05-02".into()), lang: None, cluster: 1.into() }
    }

    /// An environment whose Python is a shell script, and the folder that holds it.
    fn environment(python: &str) -> (tempfile::TempDir, Environment) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("bin")).unwrap();
        let path = dir.path().join("bin/python");
        fs::write(&path, format!("#!/bin/sh\n{python}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        let environment = Environment::open(dir.path(), "no-such-python").unwrap();
        (dir, environment)
    }

    #[test]
    fn without_python_the_way_out_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let error = Environment::open(&dir.path().join("peers"), "no-such-python").unwrap_err().to_string();
        assert!(error.contains("no-such-python") && error.contains("apt-get install python3"), "{error}");
    }

    #[test]
    fn without_the_network_the_way_out_is_named_and_the_next_run_tries_again() {
        let (dir, environment) = environment("echo 'ERROR: No matching distribution' >&2; exit 1");
        for _ in 0..2 {
            let told = std::cell::Cell::new(0);
            let error = environment.install(&ALL[0], &|_| told.set(told.get() + 1)).unwrap_err().to_string();
            assert!(error.contains("No matching distribution; the first run needs the network"), "{error}");
            assert_eq!(told.get(), 1);
        }
        fs::write(dir.path().join("bin/python"), "#!/bin/sh\nexit 0\n").unwrap();
        environment.install(&ALL[0], &|_| ()).unwrap();
        environment.install(&ALL[0], &|_| panic!("it is there")).unwrap();
    }

    #[test]
    fn articles_go_in_as_lines_and_groups_come_out() {
        let (dir, environment) = environment(
            "cat > \"$(dirname \"$1\")/input\"; echo \"$2 $3\" >> \"$(dirname \"$1\")/input\"\n\
             echo '{\"id\": \"a\", \"cluster\": \"7\"}'; echo '{\"id\": \"b\", \"cluster\": \"7\"}'\n\
             echo '{\"cpu_seconds\": 0.5}'",
        );
        let grouped = environment.run(&ALL[0], 0.25, &[row("a"), row("b")]).unwrap();
        assert_eq!(grouped.cpu_seconds, 0.5);
        let clusters: Vec<&str> = grouped.predictions.iter().map(|of| of.cluster.as_str()).collect();
        assert_eq!(clusters, ["7", "7"]);
        let input = fs::read_to_string(dir.path().join("input")).unwrap();
        let first = "{\"id\":\"a\",\"title\":\"Ferry sinks\",\"text\":\"\",\"at\":1714608000}\n";
        assert!(input.starts_with(first) && input.ends_with("\ntfidf 0.25\n"), "{input}");
        let error = environment.run(&ALL[0], 0.25, &[row("a")]).unwrap_err().to_string();
        assert!(error.contains("2 answers that do not fit 1 articles"), "{error}");
    }

    #[test]
    fn a_tool_that_fails_says_why() {
        let (_dir, environment) =
            environment("echo Traceback >&2; echo 'ModuleNotFoundError: no river' >&2; exit 1");
        let error = environment.run(&ALL[1], 0.5, &[row("a")]).unwrap_err().to_string();
        assert!(
            error.starts_with("river TextClust failed: ModuleNotFoundError: no river; delete"),
            "{error}"
        );
    }
}
