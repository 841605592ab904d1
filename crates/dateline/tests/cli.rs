//! What the program promises to people and programs that run it.

mod common;

use common::{Bench, Ran, demo, ran};
use serde_json::Value;

/// A folder with the demo's feeds in it.
fn with_feeds() -> Bench {
    let bench = Bench::new();
    let added = bench.run(&["add", &demo("feeds"), "-q"]);
    assert_eq!(added.code, Some(0), "{}", added.err);
    bench
}

/// The first story's id.
fn a_story(bench: &Bench) -> String {
    let desk = bench.json(&["stories", "--json"]);
    desk["stories"][0]["story"].as_str().unwrap().to_owned()
}

#[test]
fn the_demo_runs_and_says_what_to_open_next() {
    let bench = Bench::new();
    let demo = bench.run(&["demo"]);
    assert_eq!(demo.code, Some(0), "{}", demo.err);
    assert!(demo.out.contains("Airbase 101"), "{}", demo.out);
    assert!(demo.out.starts_with("Everything in this demo is invented"), "{}", demo.out);
    assert!(!bench.path("desk").exists(), "the demo stays out of the user's folder");
    assert!(!demo.out.contains('\u{1b}'), "no colours into a pipe");

    // The commands it names work as they are printed.
    let commands: Vec<&str> = demo
        .out
        .lines()
        .map(str::trim)
        .filter(|line| line.contains("dateline ") && line.contains("--dir"))
        .collect();
    assert_eq!(commands.len(), 4, "{commands:?}");
    // As they are printed: the program is on nobody's path.
    for line in commands {
        let ran = ran(std::process::Command::new("sh").args(["-c", line]).output().unwrap());
        assert!(matches!(ran.code, Some(0 | 4)), "{line}: {}", ran.err);
        assert!(!ran.out.is_empty(), "{line}");
    }
    let page = demo.out.lines().find_map(|line| line.trim().strip_prefix("xdg-open ")).unwrap();
    assert!(std::fs::read_to_string(page).unwrap().contains("share airbase in Niger"));
}

#[test]
fn every_command_prints_json() {
    let bench = with_feeds();
    let story = a_story(&bench);
    let article = bench.json(&["show", &story, "--json"])["articles"][0]["article"]["article"]
        .as_str()
        .unwrap()
        .to_owned();
    let gold = bench.file(
        "gold.jsonl",
        "{\"id\": \"1\", \"title\": \"Base\", \"text\": \"Troops share a base.\", \"cluster\": 1}\n",
    );
    for arguments in [
        &["demo"][..],
        &["init", "other"],
        &["add", &demo("later/pages")],
        &["stories", "--since", "2d", "--lang", "fr"],
        &["brief", &story],
        &["brief", "Airbase 101 Niamey"],
        &["show", &story],
        &["show", &article],
        &["read", &gold],
        &["search", "hangar"],
        &["eval", "stories", &gold],
        &["story", "corrections"],
        &["doctor"],
        &["reindex"],
        &["completions", "bash"],
        &["man"],
        &["man", "brief"],
        &["man", "story"],
        &["export", "--what", "articles", "-o", "articles.jsonl"],
    ] {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let ran = bench.run(&arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.err);
        assert!(ran.json().is_object() || ran.json().is_array(), "{arguments:?}");
        assert_eq!(ran.err, "", "{arguments:?}");
    }
    for arguments in [&["check", story.as_str(), "--json"], &["check", "--all", "--json"]] {
        let ran = bench.run(arguments);
        assert_eq!(ran.code == Some(0), ran.json()["passes"] == true, "{arguments:?}: {}", ran.err);
    }
    for what in ["articles", "stories", "briefs"] {
        let ran = bench.run(&["export", "--what", what, "--json"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(ran.out.lines().count() > 5);
        for line in ran.out.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            assert!(line.is_object());
        }
    }
}

#[test]
fn exported_stories_have_the_fields_others_build_on() {
    let bench = with_feeds();
    let stories = bench.stories("desk");
    let story: Value = serde_json::from_str(&stories[0]).unwrap();
    let mut fields: Vec<&str> = story.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["articles", "counts", "first", "last", "story", "storyline", "title"]);
    let mut fields: Vec<&str> =
        story["articles"][0].as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["article", "id", "lang", "origin", "outlet", "published", "relation", "url"]);
    let mut counts: Vec<&str> = story["counts"].as_object().unwrap().keys().map(String::as_str).collect();
    counts.sort_unstable();
    assert_eq!(counts, ["articles", "families", "on_record", "origins", "outlets"]);
    let file = bench.run(&["export", "--what", "stories", "-o", "stories.jsonl"]);
    assert_eq!(file.code, Some(0), "{}", file.err);
    let mut lines: Vec<String> =
        std::fs::read_to_string(bench.path("stories.jsonl")).unwrap().lines().map(str::to_owned).collect();
    lines.sort();
    assert_eq!(lines, stories);
}

#[test]
fn adding_twice_changes_nothing() {
    let bench = with_feeds();
    let before = bench.stories("desk");
    let again = bench.json(&["add", &demo("feeds"), "--json"]);
    assert_eq!(again["articles"]["new"], 0);
    assert_eq!(again["articles"]["edited"], 0);
    assert!(again["articles"]["unchanged"].as_u64().unwrap() > 50);
    assert_eq!(bench.stories("desk"), before);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_kept() {
    let bench = Bench::new();
    let empty = bench.file("empty.jsonl", "");
    let binary =
        bench.file("picture.jsonl", [0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, 0xff, 0xfe]);
    let lines = bench.file(
        "lines.jsonl",
        "{\"title\": \"Ferry capsizes off Safaga\", \"text\": \"Nine people are missing.\"}\nnoise\n{\"id\": 3}\n",
    );
    let ran = bench.run(&["add", "no-such-file.jsonl", &empty, &binary, &lines]);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    for named in ["no-such-file.jsonl", "empty.jsonl", "picture.jsonl", "lines.jsonl:2", "lines.jsonl:3"] {
        assert!(ran.err.contains(named), "{named} is not in {}", ran.err);
    }
    assert!(
        ran.out.contains("1 article new") && ran.out.contains("5 inputs or lines not read"),
        "{}",
        ran.out
    );
    let found = bench.json(&["search", "ferries", "--json"]);
    assert_eq!(found["total"], 1);

    let many = bench.file("many.jsonl", "noise\n".repeat(50));
    let ran = bench.run(&["add", &many]);
    assert_eq!(ran.code, Some(3));
    assert_eq!(ran.err.lines().count(), 21, "{}", ran.err);
    assert!(ran.err.contains("and 30 more"), "{}", ran.err);
    let report: Ran = bench.run(&["add", &many, "--json"]);
    assert_eq!(report.json()["problems"].as_array().unwrap().len(), 50);
}

#[test]
fn errors_say_the_way_out() {
    let bench = Bench::new();
    for (arguments, code, says) in [
        (&["stories"][..], 1, "add something first"),
        (&["doctor"], 1, "no dateline folder"),
        (&["stories", "--since", "soon"], 2, "2d or 3w"),
        (&["add"], 2, "PATH|URL"),
        (&["add", "--format", "pdf", "x"], 2, "jsonl"),
        (&["man", "nothing"], 1, "there is no command"),
        (&["eval", "feeds", "--data", "nowhere"], 1, "--data DIR"),
        (&["eval", "feeds", "--peers", "--data", "."], 1, "the stage stories"),
        (&["eval", "feeds", "--articles", "100", "--data", "."], 1, "the stage stream"),
        (&["eval", "stream", "--articles", "1", "--data", "."], 2, "10.."),
        (&["add", "--subscriptions"], 1, "add something first"),
    ] {
        let ran = bench.run(arguments);
        assert_eq!(ran.code, Some(code), "{arguments:?}: {}", ran.err);
        assert!(ran.err.starts_with("error: ") && ran.err.contains(says), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{arguments:?}");
    }
    let bench = with_feeds();
    for (arguments, says) in [
        (&["brief", "qwertyuiop"][..], "no story"),
        (&["brief", "s"], "could be"),
        (&["show", "https://nowhere.example/x"], "no article"),
        (&["search", "speeker:x"], "no filter"),
        (&["check", "missing.json"], "missing.json"),
        (&["brief", "airbase", "-o", "no/such/folder/x.md"], "no/such/folder/x.md"),
    ] {
        let ran = bench.run(arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains("error: ") && ran.err.contains(says), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn a_brief_has_four_faces_and_names_other_stories() {
    let bench = with_feeds();
    let ran = bench.run(&["brief", "Airbase 101 Niamey"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("# "), "{}", ran.out);
    assert!(ran.err.contains("other stories with these words"), "{}", ran.err);
    let quiet = bench.run(&["brief", "Airbase 101 Niamey", "--quiet"]);
    assert_eq!((quiet.err.as_str(), quiet.out), ("", ran.out));
    for (format, begins) in [("html", "<!"), ("json", "{"), ("txt", "")] {
        let ran = bench.run(&["brief", "Airbase 101 Niamey", "--format", format, "-o", "brief.out"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
        let written = std::fs::read_to_string(bench.path("brief.out")).unwrap();
        assert!(written.starts_with(begins) && !written.is_empty(), "{format}: {written}");
    }
}

#[test]
fn a_brief_in_a_file_is_checked_against_the_folder() {
    let bench = with_feeds();
    let story = a_story(&bench);
    let written = bench.run(&["brief", &story, "--format", "json", "-o", "brief.json"]);
    assert_eq!(written.code, Some(0), "{}", written.err);
    let from_file = bench.run(&["check", "brief.json", "--json"]);
    let from_desk = bench.run(&["check", &story, "--json"]);
    assert_eq!(from_file.out, from_desk.out);
    assert_eq!(from_file.json()["story"], story.as_str());

    // A flipped negation, a number that nobody reported: the sentence no longer stands in what it cites.
    let mut brief: Value =
        serde_json::from_str(&std::fs::read_to_string(bench.path("brief.json")).unwrap()).unwrap();
    let sentence = &mut brief["blocks"][0]["sentences"][0];
    sentence["text"] = format!("{} 7,613 people were hurt.", sentence["text"].as_str().unwrap()).into();
    bench.file("brief.json", brief.to_string());
    let ran = bench.run(&["check", "brief.json"]);
    assert_eq!(ran.code, Some(4), "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("broken") && ran.out.contains("7,613"), "{}", ran.out);

    bench.file("brief.json", "{\"story\": 7}");
    let ran = bench.run(&["check", "brief.json"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("this is no brief"), "{}", ran.err);
}

#[test]
fn showing_an_article_says_where_its_reporting_comes_from() {
    let bench = with_feeds();
    let found = bench.json(&["search", "airbase relation:verbatim", "--json"]);
    let hit = &found["hits"][0];
    let ran = bench.run(&["show", hit["article"].as_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for part in ["verbatim copy", "origin:", "Why it is here", "copy of       a", "Versions", "Text"] {
        assert!(ran.out.contains(part), "{part} is not in {}", ran.out);
    }
    let by_url = bench.run(&["show", hit["url"].as_str().unwrap()]);
    assert_eq!(by_url.out, ran.out);
    let story = bench.run(&["show", hit["story"].as_str().unwrap()]);
    for part in
        ["founded the story", "joined, ", "names         “", "credits       “", "of the shorter text shared"]
    {
        assert!(story.out.contains(part), "{part} is not in {}", story.out);
    }
}

#[test]
fn a_story_names_those_that_it_continues_and_that_continue_it() {
    let bench = Bench::by_words();
    let added = bench.run(&["add", &demo("feeds"), &demo("pages"), "-q"]);
    assert_eq!(added.code, Some(0), "{}", added.err);
    let desk = bench.json(&["stories", "--limit", "0", "--json"]);
    let stories = desk["stories"].as_array().unwrap();
    let on_a_line: Vec<&Value> = stories.iter().filter(|story| !story["storyline"].is_null()).collect();
    assert!(!on_a_line.is_empty() && on_a_line.len() < stories.len(), "{desk}");
    for story in on_a_line {
        let shown = bench.json(&["show", story["story"].as_str().unwrap(), "--json"]);
        assert_eq!(shown["storyline"]["line"], story["storyline"]["line"]);
        let of_line = shown["storyline"]["stories"].as_array().unwrap();
        assert_eq!(Some(of_line.len() as u64), story["storyline"]["stories"].as_u64());
        let text = bench.run(&["show", story["story"].as_str().unwrap()]).out;
        assert!(text.contains(&format!("Part of a storyline of {} stories", of_line.len())), "{text}");
        let begins = |side: &str| text.lines().filter(|line| line.starts_with(&format!("  {side} "))).count();
        assert_eq!(begins("before") + begins("after"), of_line.len() - 1, "{text}");

        let line = story["storyline"]["line"].as_str().unwrap();
        assert_eq!(bench.json(&["show", line, "--json"]), shown["storyline"]);
        let text = bench.run(&["show", &line[..9]]).out;
        assert!(text.contains(&format!("Storyline {line} of {} stories", of_line.len())), "{text}");
        let brief = bench.json(&["brief", story["story"].as_str().unwrap(), "--json"]);
        let side = |side: &str| brief["storyline"][side].as_array().unwrap().clone();
        let told: Vec<Value> =
            side("before").into_iter().chain(side("after")).map(|turn| turn["story"].clone()).collect();
        let others: Vec<Value> = of_line
            .iter()
            .map(|head| head["story"].clone())
            .filter(|other| *other != story["story"])
            .collect();
        assert_eq!(told, others);
        assert!(bench.run(&["brief", story["story"].as_str().unwrap()]).out.contains("## Before and after"));
    }
    let alone = stories.iter().find(|story| story["storyline"].is_null()).unwrap()["story"].as_str().unwrap();
    assert!(bench.json(&["brief", alone, "--json"]).get("storyline").is_none());
    let none = bench.run(&["show", &format!("l{}", &alone[1..])]);
    assert_ne!(none.code, Some(0), "a story that stands alone is on no storyline");
    let list = bench.run(&["stories", "--limit", "0"]).out;
    assert!(list.contains(" · storyline of 2"), "{list}");
}

#[test]
fn a_story_says_what_holds_it_together_and_where_it_is_weakest() {
    let bench = Bench::by_words();
    let added = bench.run(&["add", &demo("feeds"), &demo("pages"), "-q"]);
    assert_eq!(added.code, Some(0), "{}", added.err);
    let airbase = bench.json(&["search", "\"share airbase in Niger\"", "--json"]);
    let story = airbase["hits"][0]["story"].as_str().unwrap();
    let shown = bench.run(&["show", story]);
    let head = shown.out.split("\n\na").next().unwrap();
    for part in [
        "What holds it together",
        "“Niamey” in 19 of 19",
        "“Meridian Wire” in 1",
        "“Diori Hamani",
        "“hangar” in 19 of 19",
        "11 of 19: 10 of Meridian Wire, 1 of The Potomac Ledger",
        "57 % sure: At the end of the runway, Niamey watches the Russians settle in",
        "“Airbase”",
        "5 %: Russische Soldaten rücken auf US-Stützpunkt in Niamey ein (s",
    ] {
        assert!(head.contains(part), "{part} is not in {head}");
    }

    let json = bench.json(&["show", story, "--json"]);
    let why = &json["why"];
    assert_eq!(why["names"][0], serde_json::json!({"word": "Niamey", "articles": 19}));
    let weakest = json["articles"].as_array().unwrap().iter();
    let weakest: Vec<&Value> =
        weakest.filter(|article| article["article"]["article"] == why["weakest"]).collect();
    assert_eq!(weakest.len(), 1, "{why}");
    assert_eq!(weakest[0]["article"]["outlet"], "sahel-courier.example");
    let grounds = &weakest[0]["why"];
    assert_eq!(grounds["placing"]["by"], "likeness");
    assert!(grounds["names"].as_array().unwrap().contains(&"Meridian Wire".into()), "{grounds}");
    assert_eq!(grounds["nearest"]["title"], "Russische Soldaten rücken auf US-Stützpunkt in Niamey ein");

    // The article by itself, and the brief, say the same.
    let alone = bench.json(&["show", why["weakest"].as_str().unwrap(), "--json"]);
    assert_eq!(alone["why"], *grounds);
    let brief = bench.json(&["brief", story, "--json"]);
    assert_eq!(brief["why"]["names"], why["names"]);
    let in_brief = brief["why"]["articles"].as_array().unwrap().iter();
    let same: Vec<&Value> = in_brief.filter(|other| other["article"] == grounds["article"]).collect();
    assert_eq!((same.len(), &same[0]["names"]), (1, &grounds["names"]));
    let page = bench.run(&["brief", story, "--format", "html"]).out;
    assert!(page.contains("Why these articles") && page.contains("in 19 of 19"));
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let bench = with_feeds();
    let program = env!("CARGO_BIN_EXE_dateline");
    for command in ["stories --limit 0", "export --what articles"] {
        let line = format!("{{ {program} {command}; echo \"code $?\" >&2; }} | head -n 1");
        let mut shell = std::process::Command::new("sh");
        let ran = ran(shell.args(["-c", &line]).env("DATELINE_DIR", bench.path("desk")).output().unwrap());
        assert!(ran.err.contains("code 0"), "{}", ran.err);
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
    }
}

#[test]
fn headlines_cannot_steer_the_terminal() {
    let bench = Bench::new();
    let line =
        "{\"title\": \"Base \\u001b[31mred\\u001b]0;x\\u0007\", \"text\": \"Two \\u001b[2J words.\"}\n";
    let input = bench.file("odd.jsonl", line);
    assert_eq!(bench.run(&["add", &input]).code, Some(0));
    for arguments in [&["stories"][..], &["search", "words"], &["show", "base"], &["brief", "base"]] {
        let ran = bench.run(arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(!ran.out.contains('\u{1b}') && !ran.out.contains('\u{7}'), "{arguments:?}: {:?}", ran.out);
    }
    let coloured = bench.run(&["stories", "--color", "always"]);
    assert!(coloured.out.contains("\u{1b}[1mBase [31mred"), "{:?}", coloured.out);
}

/// A line in which somebody without a name speaks to an outlet.
const FERRY: &str = "{\"title\": \"Ferry \\u001b[31moverloaded\\u0007\", \"lang\": \"en\", \"text\": \"The ferry was \
                     overloaded when it left the pier, a senior port official told Harbor Times.\"}\n";

#[test]
fn reading_tells_who_says_what_without_a_folder() {
    let bench = Bench::new();
    let input = bench.file("ferry.jsonl", FERRY);
    let article = bench.json(&["read", &input, "--json"]);
    assert_eq!(article["depth"], "deep");
    let said = &article["attributions"][0];
    assert_eq!(said["speaker"], "unnamed", "{article}");
    assert_eq!(said["via_text"], "Harbor Times", "{article}");
    assert!(said["source_text"].as_str().unwrap().contains("senior port official"), "{article}");
    assert!(said["content_text"].as_str().unwrap().contains("ferry was overloaded"), "{article}");
    assert!(!bench.path("desk").exists(), "nothing is stored");

    let plain = bench.run(&["read", &input]);
    assert_eq!(plain.code, Some(0), "{}", plain.err);
    assert!(plain.out.contains("unnamed source · to Harbor Times"), "{}", plain.out);
    assert!(!plain.out.contains('\u{1b}') && !plain.out.contains('\u{7}'), "{:?}", plain.out);
}

#[test]
fn reading_goes_on_after_what_cannot_be_read() {
    let bench = Bench::new();
    let input = bench.file("lines.jsonl", format!("noise\n{FERRY}"));
    let ran = bench.run(&["read", &input, "--json"]);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(ran.err.contains("lines.jsonl:1"), "{}", ran.err);
    assert_eq!(ran.json()["attributions"][0]["speaker"], "unnamed", "{}", ran.out);
}

#[test]
fn the_rules_are_checked_over_the_whole_demo() {
    let bench = Bench::new();
    let added = bench.run(&["add", &demo("feeds"), &demo("pages"), "-q"]);
    assert_eq!(added.code, Some(0), "{}", added.err);
    let ran = bench.run(&["check", "--all"]);
    assert_eq!(ran.code, Some(0), "{}\n{}", ran.out, ran.err);
}

#[test]
fn what_languages_have_of_a_story_is_one_and_can_be_parted() {
    let bench = with_feeds();
    let log = bench.json(&["story", "corrections", "--json"]);
    let log = log["corrections"].as_array().unwrap();
    let is_tie = |entry: &Value| {
        entry["kind"] == "tie" && entry["probability"].as_f64().is_some_and(|likely| likely >= 0.5)
    };
    // Most articles join a story in another language as they come; what stood apart for a while is tied.
    assert!(log.len() >= 2 && log.iter().all(is_tie), "{log:?}");
    let last = log.last().unwrap();
    let (number, from, to) = (&last["number"], last["from"].as_str().unwrap(), last["to"].as_str().unwrap());
    assert_eq!(bench.json(&["show", from, "--json"])["story"]["story"], to);
    let shown = bench.run(&["show", to]).out;
    assert!(shown.contains("first on it in its language") && shown.contains("founded the story"), "{shown}");
    let parted = bench.run(&["story", "undo", &number.to_string()]);
    assert_eq!(parted.code, Some(0), "{}", parted.err);
    // Nothing that comes in ties them again.
    let again = bench.run(&["add", &demo("pages"), "-q"]);
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert_eq!(bench.json(&["show", from, "--json"])["story"]["story"], from);
    assert_eq!(bench.json(&["doctor", "--json"])["sound"], true);
}

#[test]
fn without_the_vectors_each_language_is_by_itself_and_that_is_said() {
    let bench = Bench::by_words();
    let added = bench.run(&["add", &demo("feeds")]);
    assert_eq!(added.code, Some(0), "{}", added.err);
    assert!(added.err.contains("nowhere") && added.err.contains("languages"), "{}", added.err);
    let log = bench.json(&["story", "corrections", "--json"]);
    assert_eq!(log["corrections"].as_array().unwrap().len(), 0);
    let stories = |bench: &Bench| {
        bench.json(&["stories", "--limit", "0", "--json"])["stories"].as_array().unwrap().len()
    };
    assert!(stories(&bench) > stories(&with_feeds()));
}
