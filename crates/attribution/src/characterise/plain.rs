//! Attributions as the tree shows them, without a tagger: a verb of saying with its subject and what it governs.
//!
//! It finds less than the tagger and is surer of what it finds. Two uses: a source without a name that the tagger
//! passed over must not be lost, and a statement inside another's words is read by it.

use std::ops::Range;

use dateline_grammar::Parse;
use dateline_model::{CueClass, Span};

use super::lexicon::LEXICON;
use super::places::{
    able_to_speak, around, as_said, before, behind, between, closes, follows, inverted, of_passive, put_at,
};
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
    /// True where the place of the words alone leaves no doubt: "according to", "…, the union said".
    pub plainly: bool,
}

impl Stated {
    /// True where a plain verb of saying governs a clause that it puts as said.
    pub fn is_sure(&self, tree: &Tree<'_>) -> bool {
        if self.plainly {
            return true;
        }
        let main = |at: &usize| tree.is_verb(*at) && !tree.label(*at).starts_with("aux");
        let Some(verb) = self.cue.clone().find(main) else { return false };
        let plain = LEXICON
            .cues
            .get(tree.lower(verb))
            .is_some_and(|cue| cue.plain && !matches!(cue.class, CueClass::Suggest | CueClass::Predict));
        let intends = LEXICON.cues.get(tree.lower(verb)).is_some_and(|cue| cue.class == CueClass::Intend);
        let infinitive = is_telling(tree, verb) || intends;
        let has = |child: usize| self.content.iter().any(|run| run.contains(&child));
        let clause = tree.children(verb).any(|child| {
            // "reported being followed"
            let gerund = tree.label(child) == "xcomp" && is_gerund(tree, verb, child);
            (tree.label(child) == "ccomp" || gerund || infinitive && tree.label(child) == "xcomp")
                && has(child)
        }) || strayed(tree, verb, self.source).is_some_and(has);
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
    let found = subject(tree, verb);
    let parenthesis = between(tree, verb).filter(|(noun, _)| found != Some(*noun));
    let source = parenthesis.as_ref().map(|(noun, _)| *noun).or(found)?;
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
    let mut source_run = source_run(tree, source, verb);
    let mut plainly = false;
    let clause = tree.children(verb).find(|&child| {
        tree.label(child) == "ccomp"
            && tree.reach(child).len() > 1
            && !(child < verb && tree.reach(child).contains(&source))
            && !parted(child)
    });
    let mut content: Vec<Range<usize>> = Vec::new();
    if let Some((_, around)) = parenthesis {
        plainly = true;
        source_run = source..verb;
        source_run.start = (tree.sentence(tree.sentence_of(verb)).start..source)
            .rev()
            .find(|&at| tree.word(at) == ",")
            .map_or(source, |comma| comma + 1);
        content.extend(around);
    } else if let Some(clause) = clause {
        content.push(tree.reach(clause));
    } else if let Some(clause) = strayed(tree, verb, source) {
        // "were told by a rebel officer that the road was clear": the clause is no part of who says it.
        let reach = tree.reach(clause);
        if reach.start > source_run.start {
            source_run.end = source_run.end.min(reach.start);
        }
        content.push(reach);
    } else if let Some(before) = follows(tree, verb, &source_run) {
        plainly = true;
        content.push(before);
    } else if let Some((before, after)) = around(tree, verb, &source_run) {
        plainly = behind(tree, verb) == Some(source);
        content.extend([before, after]);
    } else if let Some(run) = put_at(tree, verb) {
        plainly = run.clone().any(|at| tree.tag(at) == "CD");
        content.push(run);
    } else if withheld {
        let inner = tree.child(verb, &["xcomp"])?;
        content.push(tree.reach(inner));
    } else if tree.label(verb) == "parataxis" {
        // "The talks, officials said, had been frank."
        let head = tree.head(verb)?;
        let (whole, own) = (tree.reach(head), tree.reach(verb));
        content.extend([whole.start..own.start, own.end..whole.end]);
    } else if let Some(run) = of_passive(tree, verb) {
        content.push(run);
    } else if let Some(pieces) = as_said(tree, verb) {
        content.extend(pieces);
    } else if let Some(object) = tree.children(verb).find(|&child| {
        child > verb
            && (tree.label(child) == "xcomp"
                && (cue.class != CueClass::Say || matches!(tree.lower(verb), "told" | "tell" | "tells"))
                || is_gerund(tree, verb, child)
                    && (tree.label(child) == "xcomp" || takes_object(cue.class, tree.lower(verb)))
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
    Some(Stated { source, source_run, cue: cue_run(tree, verb), content, plainly })
}

/// "acknowledged missing a payroll", "reported being followed": right behind the verb.
fn is_gerund(tree: &Tree<'_>, verb: usize, child: usize) -> bool {
    let opens = tree.reach(child).start;
    opens == verb + 1 && tree.tag(opens) == "VBG" && tree.is_verb(child)
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
            || is_gerund(tree, verb, child)
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
    if is_telling(tree, verb)
        && let Some(clause) = told_without_that(tree, verb)
    {
        return Some(clause);
    }
    let objects = tree
        .children(verb)
        .filter(|&child| child > verb && matches!(tree.label(child), "prep" | "agent"))
        .filter_map(|prep| tree.child(prep, &["pobj"]));
    let that = |clause: &usize| {
        let opens = tree.reach(*clause).start;
        // In "a message that he sent" the clause lacks what was sent; here it lacks nothing, and "that" is its first word.
        tree.lower(opens) == "that"
            && matches!(tree.label(*clause), "relcl" | "acl")
            && tree.child(*clause, &["nsubj", "nsubjpass"]).is_some_and(|subject| subject > opens)
    };
    // "told a local radio station that his forces had withdrawn"
    let story = |noun: &usize| {
        matches!(tree.lower(*noun), "story" | "stories" | "lie" | "lies" | "tale" | "tales" | "joke")
    };
    let told = tree.child(verb, &["dobj"]).filter(|noun| is_telling(tree, verb) && !story(noun));
    let behind = objects.chain([source]).chain(told).filter(|&noun| noun > verb);
    plain.then(|| behind.flat_map(|noun| tree.children(noun)).find(that)).flatten()
}

pub fn is_telling(tree: &Tree<'_>, verb: usize) -> bool {
    matches!(tree.lower(verb), "told" | "tell" | "tells")
}

/// "told officers he had swerved", "told him the crates held orchids": the clause without "that", which the tree has
/// hung on those who are told or made the clause's subject an object of.
fn told_without_that(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let objects = || {
        tree.children(verb).filter(|&child| child > verb && matches!(tree.label(child), "dobj" | "dative"))
    };
    let who = objects().find(|&noun| LEXICON.calls_somebody(tree.lower(noun)) || tree.tag(noun) == "PRP")?;
    let of_them = tree.children(who).find(|&clause| {
        let opens = tree.reach(clause).start;
        tree.label(clause) == "relcl"
            && opens == who + 1
            && matches!(tree.lower(opens), "he" | "she" | "they" | "it")
    });
    // What was held is told: a participle takes no object.
    let held = || {
        objects().find(|&noun| {
            let verb = |child: &usize| tree.label(*child) == "acl" && tree.child(*child, &["dobj"]).is_some();
            noun > who && tree.children(noun).any(|child| verb(&child))
        })
    };
    of_them.or_else(held)
}

/// Who says it: the subject, of a passive the agent, of "who said" the person the clause is about, of a joined verb
/// the subject of the first.
fn subject(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    /// Joined verbs that are walked back over.
    const JOINED: usize = 4;
    if let Some(noun) = behind(tree, verb) {
        return Some(noun);
    }
    // "described by two tutors as bored"
    let participle = || tree.tag(verb) == "VBN" && tree.label(verb) == "acl";
    let passive = tree.child(verb, &["nsubjpass", "auxpass"]).is_some()
        || participle() && tree.child(verb, &["agent"]).is_some();
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
            // "a man can be heard saying that"
            "xcomp" if matches!(tree.lower(head), "heard" | "seen" | "overheard" | "recorded" | "filmed") => {
                return tree.child(head, &["nsubjpass"]);
            }
            // "told them to expect": those who are told do the expecting.
            "xcomp" if tree.child(head, &["dobj", "dative"]).is_some_and(|object| object < verb) => {
                return None;
            }
            // "The government is considering a sale, a source said": no "and" joins the two.
            "conj"
                if at == verb
                    && !tree
                        .children(head)
                        .any(|and| and > head && and < verb && tree.label(and) == "cc") =>
            {
                match before(tree, verb).filter(|&noun| LEXICON.calls_somebody(tree.lower(noun))) {
                    Some(noun) => return Some(noun),
                    None => at = head,
                }
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
            // "The cages were never cleaned, a keeper alleged": a finite verb taken for a participle.
            "acl" if tree.label(head) == "appos" && closes(tree, head, verb) => return Some(head),
            // "The governor, Amadou Keita, promised": a finite verb hung on its subject.
            "acl" if tree.is_noun(head) && matches!(tree.tag(at), "VBD" | "VBZ") => {
                return Some(able_to_speak(tree, head).unwrap_or(head));
            }
            _ => return before(tree, verb).or_else(|| inverted(tree, verb)),
        }
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
