//! Attributions as the tree shows them, without a tagger: a verb of saying with its subject and what it governs.
//!
//! It finds less than the tagger and is surer of what it finds. Two uses: a source without a name that the tagger
//! passed over must not be lost, and a statement inside another's words is read by it.

use std::ops::Range;

use dateline_grammar::Parse;
use dateline_model::{CueClass, Span};

use super::lexicon::LEXICON;
use super::tree::Tree;
use super::verbless::{according, colon, noun_of};
use crate::Found;

/// Attributions that stand plainly in the tree. Linear in the text.
pub fn find_plain(text: &str, parse: &Parse) -> Vec<Found> {
    let tree = Tree::new(text, parse);
    find(&tree).into_iter().map(|stated| stated.found(&tree)).collect()
}

/// One attribution as runs of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// What the source hangs on.
    pub source: usize,
    /// The source with the clauses about it.
    pub source_run: Range<usize>,
    /// The cue's words.
    pub cue: Range<usize>,
    /// What is said.
    pub content: Vec<Range<usize>>,
}

impl Stated {
    /// True where a plain verb of saying governs a clause that it puts as said.
    pub fn is_sure(&self, tree: &Tree<'_>) -> bool {
        let main = |at: &usize| tree.is_verb(*at) && !tree.label(*at).starts_with("aux");
        let Some(verb) = self.cue.clone().find(main) else { return false };
        let plain = LEXICON
            .cues
            .get(tree.lower(verb))
            .is_some_and(|cue| cue.plain && !matches!(cue.class, CueClass::Suggest | CueClass::Predict));
        let told = matches!(tree.lower(verb), "told" | "tell" | "tells");
        let clause = tree.children(verb).any(|child| {
            (tree.label(child) == "ccomp" || told && tree.label(child) == "xcomp")
                && self.content.iter().any(|run| run.contains(&child))
        });
        plain && clause && matches!(tree.label(verb), "ROOT" | "conj" | "parataxis" | "ccomp" | "relcl")
    }

    /// As spans of the text.
    pub fn found(self, tree: &Tree<'_>) -> Found {
        Found {
            source: vec![tree.span(self.source_run)],
            cue: vec![tree.span(self.cue)],
            content: self.content.into_iter().map(|run| tree.span(run)).collect(),
        }
    }
}

/// All of a text.
pub fn find(tree: &Tree<'_>) -> Vec<Stated> {
    let one = |at| {
        according(tree, at)
            .or_else(|| said(tree, at))
            .or_else(|| colon(tree, at))
            .or_else(|| noun_of(tree, at))
    };
    (0..tree.len()).filter_map(one).collect()
}

/// "X said that …", "…, X said", "was told by X".
pub fn said(tree: &Tree<'_>, verb: usize) -> Option<Stated> {
    let cue = LEXICON.cues.get(tree.lower(verb))?;
    // A verb inside quotation marks is somebody's words about words.
    let auxiliary = matches!(tree.label(verb), "aux" | "auxpass" | "amod" | "compound" | "pobj");
    if !(tree.is_verb(verb) || tree.label(verb) == "ROOT") || auxiliary || tree.quoted(verb) {
        return None;
    }
    let withheld = LEXICON.withholding.contains(tree.lower(verb));
    let held_back = tree.label(verb) == "xcomp"
        && tree.head(verb).is_some_and(|head| LEXICON.withholding.contains(tree.lower(head)));
    // "54 percent of voters want …" inside what a poll found is no statement of theirs.
    let weak = !cue.plain && !matches!(tree.label(verb), "ROOT" | "conj" | "relcl" | "parataxis" | "acl");
    if held_back || weak {
        return None;
    }
    let source = subject(tree, verb)?;
    if !(tree.is_noun(source) || matches!(tree.tag(source), "PRP" | "CD" | "DT" | "JJ" | "WP" | "JJS"))
        || matches!(tree.lower(source), "i" | "you" | "we")
    {
        return None;
    }
    if tree.tag(source) == "PRP" && tree.lower(source) == "it" && !cue.plain {
        return None;
    }
    // "X said that …; the owners acknowledged missing a payroll": a semicolon parts what another said.
    let parted = |child: usize| {
        child < verb && (tree.reach(child).end..verb).any(|at| tree.word(at) == ";" && !tree.quoted(at))
    };
    let source_run = source_run(tree, source, verb);
    let clause = tree.children(verb).find(|&child| {
        tree.label(child) == "ccomp"
            && tree.reach(child).len() > 1
            && !(child < verb && tree.reach(child).contains(&source))
            && !parted(child)
    });
    let mut content: Vec<Range<usize>> = Vec::new();
    if let Some(clause) = clause {
        content.push(tree.reach(clause));
    } else if let Some(clause) = strayed(tree, verb, source) {
        content.push(tree.reach(clause));
    } else if let Some(before) = follows(tree, verb, &source_run) {
        content.push(before);
    } else if let Some((before, after)) = around(tree, verb, &source_run) {
        content.extend([before, after]);
    } else if let Some(run) = put_at(tree, verb) {
        content.push(run);
    } else if withheld {
        let inner = tree.child(verb, &["xcomp"])?;
        content.push(tree.reach(inner));
    } else if tree.label(verb) == "parataxis" {
        // "The talks, officials said, had been frank."
        let head = tree.head(verb)?;
        let (whole, own) = (tree.reach(head), tree.reach(verb));
        content.extend([whole.start..own.start, own.end..whole.end]);
    } else if let Some(object) = tree.children(verb).find(|&child| {
        child > verb
            && (tree.label(child) == "xcomp"
                && (cue.class != CueClass::Say || matches!(tree.lower(verb), "told" | "tell" | "tells"))
                || tree.tag(child) == "VBG"
                    && tree.reach(child).start == verb + 1
                    && takes_object(cue.class, tree.lower(verb))
                || tree.label(child) == "dobj" && takes_object(cue.class, tree.lower(verb)))
    }) {
        content.push(tree.reach(object).start.max(verb + 1)..tree.reach(object).end);
    } else if let Some(quote) = quote_near(tree, verb) {
        content.push(quote);
    }
    let unanswered = content.is_empty() && is_unanswered(tree, verb);
    if unanswered && let Some(about) = tree.child(verb, &["prep"]) {
        content.push(tree.reach(about));
    }
    // "prosecutors charged two men" says nothing of what they say.
    let object = content.len() == 1
        && clause.is_none()
        && takes_object(cue.class, tree.lower(verb))
        && (cue.plain || cue.class != CueClass::Claim);
    if clause.is_none()
        && !cue.plain
        && !withheld
        && !unanswered
        && !object
        && !matches!(cue.class, CueClass::Deny | CueClass::Intend | CueClass::State)
    {
        let quoted =
            content.first().is_some_and(|run| run.clone().all(|at| tree.quoted(at) || tree.is_mark(at)));
        if !quoted {
            return None;
        }
    }
    // The source's words are no content.
    for run in &mut content {
        *run = without(run.clone(), &source_run);
        *run = trim(tree, without(run.clone(), &(verb..verb + 1)));
    }
    content.retain(|run| run.len() >= 2 || (run.len() == 1 && withheld));
    if content.is_empty() {
        return None;
    }
    Some(Stated { source, source_run, cue: cue_run(tree, verb), content })
}

/// "did not respond to questions", "could not be reached for comment": asked, and nothing said.
fn is_unanswered(tree: &Tree<'_>, verb: usize) -> bool {
    matches!(
        tree.lower(verb),
        "respond" | "responded" | "reached" | "comment" | "reply" | "answer" | "return" | "returned"
    ) && tree.child(verb, &["neg"]).is_some()
}

/// True where a clause or an object behind a verb of saying is what it says: "acknowledged missing a payroll".
pub fn is_object(tree: &Tree<'_>, verb: usize, child: usize) -> bool {
    let class = || LEXICON.cues.get(tree.lower(verb)).map(|cue| cue.class);
    child > verb
        && tree.reach(child).len() > 1
        && (matches!(tree.label(child), "ccomp" | "xcomp")
            || tree.tag(child) == "VBG" && tree.reach(child).start == verb + 1
            || tree.label(child) == "dobj"
                && class().is_some_and(|class| takes_object(class, tree.lower(verb))))
}

/// Classes whose verbs say something with a plain object: "denied the allegation", "confirmed the arrest".
fn takes_object(class: CueClass, verb: &str) -> bool {
    matches!(
        class,
        CueClass::Deny
            | CueClass::Confirm
            | CueClass::Claim
            | CueClass::Intend
            | CueClass::Admit
            | CueClass::Predict
    ) || (class == CueClass::State && matches!(verb, "announced" | "announces" | "disclosed" | "revealed"))
        || matches!(
            verb,
            "described"
                | "describes"
                | "reported"
                | "reports"
                | "put"
                | "criticized"
                | "condemned"
                | "praised"
                | "welcomed"
        )
}

/// "were told by a rebel officer that the road had been cleared", "said in a voice message that flour had run out": the
/// clause of "that", which the tree has hung on the noun before it.
fn strayed(tree: &Tree<'_>, verb: usize, source: usize) -> Option<usize> {
    let plain = LEXICON.cues.get(tree.lower(verb)).is_some_and(|cue| cue.plain);
    let objects = tree
        .children(verb)
        .filter(|&child| child > verb && tree.label(child) == "prep")
        .filter_map(|prep| tree.child(prep, &["pobj"]));
    let that = |clause: &usize| {
        let opens = tree.reach(*clause).start;
        // In "a message that he sent" the clause lacks what was sent; here it lacks nothing, and "that" is its first word.
        tree.lower(opens) == "that"
            && matches!(tree.label(*clause), "relcl" | "acl")
            && tree.child(*clause, &["nsubj", "nsubjpass"]).is_some_and(|subject| subject > opens)
    };
    let behind = objects.chain([source]).filter(|&noun| noun > verb);
    plain.then(|| behind.flat_map(|noun| tree.children(noun)).find(that)).flatten()
}

/// "Russian personnel have moved into an airbase in Niger, a senior official told Meridian Wire, putting …": the clause
/// before the comma, which the tree joins to the verb of saying as if "and" stood there.
fn follows(tree: &Tree<'_>, verb: usize, source: &Range<usize>) -> Option<Range<usize>> {
    let sentence = tree.sentence(tree.sentence_of(verb));
    let comma = source.start.checked_sub(1).filter(|&at| at > sentence.start && tree.word(at) == ",")?;
    let plain = LEXICON.cues.get(tree.lower(verb)).is_some_and(|cue| cue.plain);
    let head = tree.head(verb).filter(|&head| tree.label(verb) == "conj" && head < comma)?;
    let joined = tree.children(head).any(|child| child > head && child < verb && tree.label(child) == "cc");
    let spoken = tree.label(head) == "ROOT" && tree.is_verb(head) && !tree.quoted(head);
    (plain && spoken && !joined && source.end == verb).then_some(sentence.start..comma)
}

/// "put it at more than 40 million euros": what is put at something, with what it is put at.
fn put_at(tree: &Tree<'_>, verb: usize) -> Option<Range<usize>> {
    if !matches!(tree.lower(verb), "put" | "puts") {
        return None;
    }
    let object = tree.child(verb, &["dobj"]).filter(|&object| object > verb)?;
    let inside = |noun: usize| tree.children(noun).find(|&child| child > noun && tree.lower(child) == "at");
    let at = tree
        .children(verb)
        .find(|&child| child > object && tree.lower(child) == "at")
        .or_else(|| inside(object))?;
    Some(tree.reach(object).start.max(verb + 1)..tree.reach(at).end)
}

/// "The tapes, said an official at the ministry, show nothing": what is said stands on both sides.
fn around(tree: &Tree<'_>, verb: usize, source: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let sentence = tree.sentence(tree.sentence_of(verb));
    let comma = verb.checked_sub(1).filter(|&at| at > sentence.start && tree.word(at) == ",")?;
    let plain = LEXICON.cues.get(tree.lower(verb)).is_some_and(|cue| cue.plain);
    let close = (source.end..sentence.end).find(|&at| tree.word(at) == ",");
    let inverted = source.start == verb + 1 && plain && !tree.quoted(comma);
    match close.filter(|&close| close == source.end || close == source.end + 1) {
        Some(close)
            if inverted && (close + 1..sentence.end).any(|at| tree.is_verb(at) && tree.tag(at) != "VBG") =>
        {
            Some((sentence.start..comma, close + 1..sentence.end))
        }
        _ if inverted && (sentence.start..comma).any(|at| tree.is_verb(at)) => {
            Some((sentence.start..comma, comma..comma))
        }
        _ => None,
    }
}

/// Who says it: the subject, of a passive the agent, of "who said" the person the clause is about, of a joined verb
/// the subject of the first.
fn subject(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    /// Joined verbs that are walked back over.
    const JOINED: usize = 4;
    let passive = tree.child(verb, &["nsubjpass"]).is_some() || tree.child(verb, &["auxpass"]).is_some();
    if passive {
        if is_unanswered(tree, verb) {
            return tree.child(verb, &["nsubjpass"]);
        }
        let agent = tree.child(verb, &["agent"])?;
        return tree.child(agent, &["pobj"]);
    }
    // "The tapes, said an official, show nothing": of two subjects the one behind the verb speaks.
    let parted = verb.checked_sub(1).is_some_and(|at| tree.word(at) == ",");
    let behind = tree.children(verb).find(|&child| child > verb && tree.label(child) == "nsubj");
    if let Some(behind) = behind.filter(|_| parted) {
        return Some(behind);
    }
    let mut at = verb;
    for _ in 0..JOINED {
        if let Some(subject) = tree.child(at, &["nsubj"]) {
            let who = matches!(tree.tag(subject), "WP" | "WDT");
            return if who { tree.head(at).filter(|&head| tree.is_noun(head)) } else { Some(subject) };
        }
        let Some(head) = tree.head(at) else { return before(tree, verb).or_else(|| inverted(tree, verb)) };
        match tree.label(at) {
            // "told them to expect": those who are told do the expecting.
            "xcomp" if tree.child(head, &["dobj", "dative"]).is_some_and(|object| object < verb) => {
                return None;
            }
            "conj" | "xcomp" if tree.is_verb(head) => at = head,
            // "quoted an unnamed prosecutor as saying"
            "pcomp" if tree.lower(head) == "as" => {
                let quotes = |at: &usize| {
                    matches!(tree.lower(*at), "quoted" | "quoting" | "quotes" | "cited" | "citing")
                };
                let quoting = tree.head(head).filter(quotes)?;
                return tree.child(quoting, &["dobj", "nsubjpass"]);
            }
            // "The governor, Amadou Keita, promised": a finite verb hung on its subject.
            "acl" if tree.is_noun(head) && matches!(tree.tag(at), "VBD" | "VBZ") => {
                return Some(able_to_speak(tree, head).unwrap_or(head));
            }
            _ => return before(tree, verb).or_else(|| inverted(tree, verb)),
        }
    }
    None
}

/// "An official briefed on the raid confirmed": the noun before the verb cannot speak, the one it hangs on can.
fn able_to_speak(tree: &Tree<'_>, noun: usize) -> Option<usize> {
    /// Steps up the tree.
    const STEPS: usize = 6;
    let lexicon = &*LEXICON;
    let person = |at: usize| lexicon.calls_somebody(tree.lower(at));
    let body = |at: usize| {
        let word = tree.lower(at);
        tree.tag(at).starts_with("NNP") || lexicon.office.contains(word) || lexicon.newsroom.contains(word)
    };
    let mut at = noun;
    for _ in 0..STEPS {
        if tree.is_noun(at) && (person(at) || at == noun && body(at)) {
            return Some(at);
        }
        at = tree.head(at)?;
    }
    None
}

/// "“…,” warned an engineer": behind a quotation, whom the tree takes for the object is who says it.
fn inverted(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let closed = verb.checked_sub(1).is_some_and(|mark| {
        matches!(tree.word(mark), "”" | "\"" | "''" | "»")
            || tree.word(mark) == "," && mark > 0 && tree.quoted(mark - 1)
    });
    let comma = verb.checked_sub(1).is_some_and(|mark| tree.word(mark) == ",");
    let object = tree.child(verb, &["dobj", "attr", "oprd"])?;
    let word = tree.lower(object);
    // ", said a paramedic": a person right behind the verb.
    let person = comma
        && matches!(tree.lower(verb), "said" | "says" | "added" | "recalled" | "explained")
        && LEXICON.calls_somebody(word);
    if !(closed || person) {
        return None;
    }
    (tree.reach(object).start == verb + 1 && tree.is_noun(object)).then_some(object)
}

/// The noun phrase right before a verb that has no subject in the tree: it was hung on what a comma or a quotation
/// mark parts it from, as in "Speaking on condition of anonymity, a top adviser said".
fn before(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    /// Steps up the tree.
    const STEPS: usize = 12;
    if !matches!(tree.tag(verb), "VBD" | "VBZ" | "VBP") {
        return None;
    }
    let first = tree.sentence(tree.sentence_of(verb)).start;
    let mut at = (first..verb).rev().find(|&at| !tree.is_mark(at))?;
    for _ in 0..STEPS {
        let head = tree.head(at)?;
        if tree.quoted(at) || head >= verb || head < first {
            return None;
        }
        let from = tree.reach(at).start.max(head + 1);
        let parted = tree.quoted(head) || (head < at && (head + 1..from).any(|mark| tree.word(mark) == ","));
        if parted && tree.is_noun(at) {
            return Some(at);
        }
        at = head;
    }
    None
}

/// The source with what is said of it, not over the verb.
fn source_run(tree: &Tree<'_>, source: usize, verb: usize) -> Range<usize> {
    let reach = tree.reach(source);
    let run = if reach.contains(&verb) {
        if source < verb { reach.start..verb } else { source..reach.end }
    } else {
        reach
    };
    trim(tree, run)
}

/// The verb with its auxiliaries, negation and what it holds back from: "did not confirm", "declined to say".
fn cue_run(tree: &Tree<'_>, verb: usize) -> Range<usize> {
    let mut start = verb;
    for child in tree.children(verb).filter(|&child| child < verb) {
        if matches!(tree.label(child), "aux" | "auxpass" | "neg" | "advmod" | "preconj") && verb - child <= 5
        {
            let between = (child + 1..verb).all(|at| tree.head(at) == Some(verb));
            if between {
                start = start.min(child);
            }
        }
    }
    let mut end = verb + 1;
    if LEXICON.withholding.contains(tree.lower(verb))
        && let Some(inner) = tree
            .child(verb, &["xcomp"])
            .filter(|&at| LEXICON.cues.contains_key(tree.lower(at)) && at <= verb + 2)
    {
        end = inner + 1;
    }
    start..end
}

/// The quoted run of a verb's sentence, where there is one only.
fn quote_near(tree: &Tree<'_>, verb: usize) -> Option<Range<usize>> {
    let sentence = tree.sentence(tree.sentence_of(verb));
    let first = sentence.clone().find(|&at| tree.quoted(at))?;
    let end = (first..sentence.end).find(|&at| !tree.quoted(at)).unwrap_or(sentence.end);
    // Two or three words in quotation marks are the author's distance, no quotation.
    (end - first > 5).then_some(first..end)
}

/// A run without another that overlaps one of its ends; the longer side where it lies inside.
fn without(run: Range<usize>, other: &Range<usize>) -> Range<usize> {
    if other.end <= run.start || other.start >= run.end {
        return run;
    }
    let (left, right) = (run.start..other.start.max(run.start), other.end.min(run.end)..run.end);
    if left.len() >= right.len() { left } else { right }
}

/// A run without marks at its ends, quotation marks apart, and without the blanks of paragraphs.
pub fn trim(tree: &Tree<'_>, mut run: Range<usize>) -> Range<usize> {
    let loose = |at: usize| tree.is_mark(at) && !matches!(tree.word(at), "\"" | "“" | "”" | "$" | "%");
    while run.start < run.end && loose(run.start) {
        run.start += 1;
    }
    while run.end > run.start && loose(run.end - 1) {
        run.end -= 1;
    }
    run
}

/// The spans of a statement inside another's words.
pub fn spans(tree: &Tree<'_>, stated: &Stated) -> Vec<Span> {
    stated.content.iter().map(|run| tree.span(run.clone())).collect()
}
