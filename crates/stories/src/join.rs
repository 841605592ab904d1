//! The join model: the probability that an article belongs to a story, from the evidence.
//!
//! Gradient-boosted decision trees (Friedman 2001), each split monotone where more evidence can
//! only speak for the join, fitted by `dateline eval train-stories` on the development sets and
//! stored in `models/join.txt` with a card beside it. One model serves headlines, leads and full
//! texts: how much text there was is part of the evidence.

use std::str::FromStr;
use std::sync::{Arc, OnceLock};

use crate::evidence::{Evidence, KINDS};
use crate::{second, strands};

const SHIPPED: &str = include_str!("../../../models/join.txt");
const SHIPPED_SECOND: &str = include_str!("../../../models/second.txt");
const SHIPPED_TIES: &str = include_str!("../../../models/strands.txt");
/// First line of a model file.
pub const HEADER: &str = "dateline join model 1";

/// A node of a tree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Node {
    /// Goes to `below` where the evidence is at most `threshold`, a finite number, else to `above`; missing evidence
    /// goes to `below` if `missing_below`.
    Split {
        /// Which kind of evidence.
        kind: u8,
        /// The value it is compared with.
        threshold: f32,
        /// Next node if at most the threshold.
        below: u16,
        /// Next node if more.
        above: u16,
        /// Where missing evidence goes.
        missing_below: bool,
    },
    /// Adds to the log-odds.
    Leaf(f32),
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinModel {
    /// Log-odds before any evidence.
    pub base: f32,
    /// The trees; children follow their parent.
    pub trees: Vec<Vec<Node>>,
}

/// Why a model file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError(pub String);

impl std::fmt::Display for ModelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "join model: {}", self.0)
    }
}

impl std::error::Error for ModelError {}

impl JoinModel {
    /// The model that ships with dateline.
    pub fn shipped() -> &'static Arc<JoinModel> {
        static MODEL: OnceLock<Arc<JoinModel>> = OnceLock::new();
        MODEL.get_or_init(|| {
            // The file is part of the program, and a test reads it; without it nothing joins anything.
            Arc::new(SHIPPED.parse().unwrap_or(JoinModel { base: f32::NEG_INFINITY, trees: Vec::new() }))
        })
    }

    /// The model that ships with dateline for the [second look](crate::second).
    pub fn shipped_second() -> &'static Arc<JoinModel> {
        static MODEL: OnceLock<Arc<JoinModel>> = OnceLock::new();
        MODEL.get_or_init(|| {
            let nothing = JoinModel { base: f32::NEG_INFINITY, trees: Vec::new() };
            Arc::new(JoinModel::parse(SHIPPED_SECOND, second::KINDS).unwrap_or(nothing))
        })
    }

    /// The model that ships with dateline for [strands](crate::strands): whether two are one story.
    pub fn shipped_ties() -> &'static Arc<JoinModel> {
        static MODEL: OnceLock<Arc<JoinModel>> = OnceLock::new();
        MODEL.get_or_init(|| {
            let nothing = JoinModel { base: f32::NEG_INFINITY, trees: Vec::new() };
            Arc::new(JoinModel::parse(SHIPPED_TIES, strands::KINDS).unwrap_or(nothing))
        })
    }

    /// The model laid out for many questions.
    pub fn forest(&self) -> Forest {
        Forest::of(self)
    }

    /// Probability that the article belongs to the story, 0 to 1, from as many kinds of evidence as the model was
    /// read for.
    pub fn probability(&self, evidence: &[f32]) -> f32 {
        let mut log_odds = self.base;
        for tree in &self.trees {
            let mut at = 0usize;
            loop {
                match tree[at] {
                    Node::Leaf(value) => {
                        log_odds += value;
                        break;
                    }
                    Node::Split { kind, threshold, below, above, missing_below } => {
                        let value = evidence[usize::from(kind)];
                        let goes_below = if value.is_nan() { missing_below } else { value <= threshold };
                        at = usize::from(if goes_below { below } else { above });
                    }
                }
            }
        }
        1.0 / (1.0 + (-log_odds).exp())
    }

    /// The model as a file: a header, the base, then a tree a line.
    pub fn write(&self) -> String {
        use std::fmt::Write as _;
        let mut out = format!("{HEADER}\nbase {}\n", self.base);
        for tree in &self.trees {
            for (index, node) in tree.iter().enumerate() {
                let gap = if index == 0 { "" } else { " " };
                // Writing to a string cannot fail.
                let _ = match node {
                    Node::Leaf(value) => write!(out, "{gap}={value}"),
                    Node::Split { kind, threshold, below, above, missing_below } => {
                        let missing = if *missing_below { '<' } else { '>' };
                        write!(out, "{gap}{kind}:{threshold}:{below}:{above}:{missing}")
                    }
                };
            }
            out.push('\n');
        }
        out
    }
}

/// A model laid out for many questions: the same answers, without a branch that depends on the evidence.
///
/// Every tree is walked as many steps as it is deep, for a leaf leads to itself. Evidence that is missing
/// stands twice, as less and as more than anything, and a node looks at that which leads where it wants.
#[derive(Debug, Clone, PartialEq)]
pub struct Forest {
    base: f32,
    trees: Vec<Laid>,
}

/// A tree whose siblings stand side by side.
#[derive(Debug, Clone, PartialEq)]
struct Laid {
    nodes: Vec<Step>,
    depth: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    /// What the evidence is compared with; of a leaf, what it adds.
    value: f32,
    /// Where among the [`Known`] the evidence stands.
    known: u16,
    /// The next node if the evidence is at most the value, and the one before that if it is more; of a leaf,
    /// itself.
    below: u16,
}

/// Evidence as a forest looks at it: where it is missing, less than anything; then the same, where it is
/// missing, more than anything; then what is less than anything, which is where a leaf looks.
type Known = [f32; (2 * KINDS + 1).next_power_of_two()];

fn known(evidence: &Evidence) -> Known {
    let mut known = [f32::NEG_INFINITY; _];
    for (kind, &value) in evidence.iter().enumerate() {
        let missing = value.is_nan();
        known[kind] = if missing { f32::NEG_INFINITY } else { value };
        known[KINDS + kind] = if missing { f32::INFINITY } else { value };
    }
    known
}

impl Laid {
    fn of(tree: &[Node]) -> Self {
        // Nodes in the order in which they are laid: the two children of each together, when it is their turn.
        let mut order = vec![0usize];
        let mut nodes: Vec<Step> = Vec::with_capacity(tree.len());
        while let Some(&from) = order.get(nodes.len()) {
            nodes.push(match tree[from] {
                Node::Leaf(value) => Step { value, known: 2 * KINDS as u16, below: nodes.len() as u16 },
                Node::Split { kind, threshold, below, above, missing_below } => {
                    let over = if missing_below { 0 } else { KINDS as u16 };
                    order.extend([usize::from(above), usize::from(below)]);
                    Step { value: threshold, known: u16::from(kind) + over, below: order.len() as u16 - 1 }
                }
            });
        }
        Self { nodes, depth: depth(tree, 0) }
    }

    /// What the tree adds to the log-odds.
    fn adds(&self, known: &Known) -> f32 {
        let mut at = 0usize;
        for _ in 0..self.depth {
            let step = self.nodes[at];
            // The remainder changes nothing, and spares a check.
            let below = known[usize::from(step.known) % known.len()] <= step.value;
            at = usize::from(step.below) - usize::from(!below);
        }
        self.nodes[at].value
    }
}

impl Forest {
    fn of(model: &JoinModel) -> Self {
        Self { base: model.base, trees: model.trees.iter().map(|tree| Laid::of(tree)).collect() }
    }

    /// The same as [`JoinModel::probability`] of each.
    pub fn probabilities(&self, evidence: &[Evidence]) -> Vec<f32> {
        let known: Vec<Known> = evidence.iter().map(known).collect();
        let mut log_odds = vec![self.base; known.len()];
        // A tree after the other, so that it stays at hand for all the stories.
        for tree in &self.trees {
            for (log_odds, known) in log_odds.iter_mut().zip(&known) {
                *log_odds += tree.adds(known);
            }
        }
        log_odds.iter().map(|log_odds| 1.0 / (1.0 + (-log_odds).exp())).collect()
    }
}

/// Steps from a node to the furthest leaf; children follow their parent, so that there is an end.
fn depth(tree: &[Node], at: usize) -> u32 {
    match tree[at] {
        Node::Leaf(_) => 0,
        Node::Split { below, above, .. } => {
            1 + depth(tree, usize::from(below)).max(depth(tree, usize::from(above)))
        }
    }
}

impl FromStr for JoinModel {
    type Err = ModelError;

    /// Reads a model of the [evidence](crate::evidence) for joining a story.
    fn from_str(file: &str) -> Result<Self, ModelError> {
        Self::parse(file, KINDS)
    }
}

impl JoinModel {
    /// Reads a model of so many kinds of evidence.
    ///
    /// # Errors
    ///
    /// Names the line that is not one of such a model.
    pub fn parse(file: &str, kinds: usize) -> Result<Self, ModelError> {
        let bad = |line: usize, what: &str| ModelError(format!("line {}: {what}", line + 1));
        let mut lines = file.lines().enumerate();
        if lines.next().map(|(_, line)| line) != Some(HEADER) {
            return Err(bad(0, &format!("expected `{HEADER}`")));
        }
        let base = lines
            .next()
            .and_then(|(_, line)| line.strip_prefix("base ")?.parse().ok())
            .ok_or_else(|| bad(1, "expected `base` and a number"))?;
        let mut trees = Vec::new();
        for (number, line) in lines {
            let tree: Option<Vec<Node>> = line.split(' ').map(node).collect();
            let tree = tree.ok_or_else(|| {
                bad(number, "a node is neither `=VALUE` nor `KIND:THRESHOLD:BELOW:ABOVE:MISSING`")
            })?;
            for (index, node) in tree.iter().enumerate() {
                if let Node::Split { kind, below, above, .. } = node
                    && (usize::from(*kind) >= kinds
                        || usize::from(*below) <= index
                        || usize::from(*above) <= index
                        || usize::from(*below.max(above)) >= tree.len())
                {
                    return Err(bad(number, "a node names evidence or a child that does not exist"));
                }
            }
            trees.push(tree);
        }
        Ok(Self { base, trees })
    }
}

fn node(text: &str) -> Option<Node> {
    if let Some(value) = text.strip_prefix('=') {
        return Some(Node::Leaf(value.parse().ok()?));
    }
    let mut fields = text.split(':');
    let node = Node::Split {
        kind: fields.next()?.parse().ok()?,
        threshold: fields.next()?.parse().ok().filter(|threshold: &f32| threshold.is_finite())?,
        below: fields.next()?.parse().ok()?,
        above: fields.next()?.parse().ok()?,
        missing_below: match fields.next()? {
            "<" => true,
            ">" => false,
            _ => return None,
        },
    };
    fields.next().is_none().then_some(node)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{ARTICLE_SIZE, DAYS_APART, MARGIN, MEMBER_SIZE};
    use proptest::prelude::*;

    #[test]
    fn the_shipped_model_reads_and_prefers_agreement() {
        let model: JoinModel = SHIPPED.parse().unwrap();
        assert!(model.trees.len() >= 20);
        // Two texts of a hundred terms each, three days apart.
        let evidence = |likeness: f32, rare: f32, margin: f32| {
            let mut evidence = [likeness; KINDS];
            evidence[DAYS_APART] = 2.5f32.ln_1p();
            evidence[ARTICLE_SIZE] = 100f32.ln_1p();
            evidence[MEMBER_SIZE] = 100f32.ln_1p();
            evidence[11] = rare;
            evidence[MARGIN] = margin;
            evidence
        };
        let unlike = model.probability(&evidence(0.02, 5.0, -0.2));
        let alike = model.probability(&evidence(0.6, 150.0, 0.8));
        assert!(unlike < 0.05, "{unlike}");
        assert!(alike > 0.6, "{alike}");
    }

    proptest! {
        #[test]
        fn a_forest_answers_as_its_model(
            evidence in proptest::array::uniform16(prop_oneof![Just(f32::NAN), -1.0f32..1.0, 0.0f32..8.0]),
        ) {
            let model = JoinModel::shipped();
            let forest = model.forest().probabilities(&[[0.0; KINDS], evidence]);
            prop_assert_eq!(forest[1].to_bits(), model.probability(&evidence).to_bits());
        }
    }

    #[test]
    fn files_round_trip_and_bad_ones_are_refused() {
        let split = Node::Split { kind: 3, threshold: 0.25, below: 1, above: 2, missing_below: true };
        let model = JoinModel { base: -1.5, trees: vec![vec![split, Node::Leaf(-0.5), Node::Leaf(0.75)]] };
        assert_eq!(model.write().parse::<JoinModel>().unwrap(), model);
        let bad_trees = ["3:0.1:0:0:<", "3:inf:1:2:< =1 =2", "3:NaN:1:2:< =1 =2"];
        let bad_trees = bad_trees.map(|tree| format!("{HEADER}\nbase 0\n{tree}"));
        let others = ["".to_owned(), "x".to_owned(), format!("{HEADER}\nbase y")];
        for bad in bad_trees.iter().chain(&others) {
            assert!(bad.parse::<JoinModel>().is_err(), "{bad}");
        }
    }
}
