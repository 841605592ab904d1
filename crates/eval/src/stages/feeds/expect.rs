//! The assertions of feedparser's test feeds: a small evaluator of the Python they are written in.
//!
//! Each test feed carries one expression over the parsed feed, such as
//! `not bozo and entries[0]['title'] == 'Example <b>Atom</b>'`. This knows the part of Python they
//! use: literals, subscripts, attributes, `len`, `ord`, `has_key`, comparisons and `and`/`or`/`not`.
//! What it does not know counts as not satisfied.

use std::collections::BTreeMap;

/// A Python value.
#[derive(Debug, Clone, PartialEq)]
pub enum Py {
    /// `None`.
    None,
    /// `True`, `False`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A string.
    Str(String),
    /// A list or tuple.
    List(Vec<Py>),
    /// A dictionary.
    Dict(BTreeMap<String, Py>),
}

impl Py {
    fn truth(&self) -> bool {
        match self {
            Self::None => false,
            Self::Bool(bool) => *bool,
            Self::Int(int) => *int != 0,
            Self::Str(text) => !text.is_empty(),
            Self::List(list) => !list.is_empty(),
            Self::Dict(dict) => !dict.is_empty(),
        }
    }
}

/// Whether an expression holds, given the names it uses. An expression that cannot be evaluated, or
/// uses what is not there, does not hold. `same` compares strings that are not equal.
pub fn holds(expression: &str, names: &BTreeMap<String, Py>, same: fn(&str, &str) -> bool) -> bool {
    let mut parser = Parser { text: expression.trim(), at: 0 };
    let Some(tree) = parser.or() else { return false };
    parser.space();
    if parser.at < parser.text.len() {
        return false;
    }
    tree.value(names, same).is_some_and(|value| value.truth())
}

enum Tree {
    Literal(Py),
    List(Vec<Tree>),
    Dict(Vec<(String, Tree)>),
    Name(String),
    Item(Box<Tree>, Box<Tree>),
    Call(&'static str, Box<Tree>, Option<Box<Tree>>),
    Not(Box<Tree>),
    And(Box<Tree>, Box<Tree>),
    Or(Box<Tree>, Box<Tree>),
    Compare(Box<Tree>, Vec<(bool, Tree)>),
}

impl Tree {
    fn value(&self, names: &BTreeMap<String, Py>, same: fn(&str, &str) -> bool) -> Option<Py> {
        let value = |tree: &Tree| tree.value(names, same);
        Some(match self {
            Self::Literal(literal) => literal.clone(),
            Self::List(items) => Py::List(items.iter().map(value).collect::<Option<_>>()?),
            Self::Dict(items) => {
                let pair = |(key, tree): &(String, Tree)| Some((key.clone(), value(tree)?));
                Py::Dict(items.iter().map(pair).collect::<Option<_>>()?)
            }
            Self::Name(name) => names.get(name)?.clone(),
            Self::Item(of, index) => match (value(of)?, value(index)?) {
                (Py::List(list), Py::Int(index)) => list.get(usize::try_from(index).ok()?)?.clone(),
                (Py::Dict(dict), Py::Str(key)) => dict.get(&key)?.clone(),
                _ => return None,
            },
            Self::Call(function, of, argument) => match (*function, value(of)?, argument) {
                ("len", Py::List(list), None) => Py::Int(list.len() as i64),
                ("len", Py::Str(text), None) => Py::Int(text.chars().count() as i64),
                ("ord", Py::Str(text), None) => {
                    let mut chars = text.chars();
                    let (only, None) = (chars.next()?, chars.next()) else { return None };
                    Py::Int(i64::from(u32::from(only)))
                }
                ("has_key", Py::Dict(dict), Some(key)) => match value(key)? {
                    Py::Str(key) => Py::Bool(dict.contains_key(&key)),
                    _ => return None,
                },
                _ => return None,
            },
            Self::Not(tree) => Py::Bool(!value(tree)?.truth()),
            Self::And(left, right) => {
                let left = value(left)?;
                if left.truth() { value(right)? } else { left }
            }
            Self::Or(left, right) => {
                let left = value(left)?;
                if left.truth() { left } else { value(right)? }
            }
            Self::Compare(first, rest) => {
                let mut left = value(first)?;
                for (equal, tree) in rest {
                    let right = value(tree)?;
                    if equals(&left, &right, same) != *equal {
                        return Some(Py::Bool(false));
                    }
                    left = right;
                }
                Py::Bool(true)
            }
        })
    }
}

fn equals(left: &Py, right: &Py, same: fn(&str, &str) -> bool) -> bool {
    match (left, right) {
        (Py::Str(left), Py::Str(right)) => left == right || same(left, right),
        _ => left == right,
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn sign(&mut self, sign: &str) -> bool {
        self.space();
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len() } else { 0 };
        found
    }

    fn word(&mut self) -> Option<String> {
        self.space();
        let end = |c: char| !(c.is_alphanumeric() || c == '_');
        let word = &self.rest()[..self.rest().find(end).unwrap_or(self.rest().len())];
        let starts = word.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
        starts.then(|| word.to_owned()).inspect(|word| self.at += word.len())
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        let before = self.at;
        let found = self.word().is_some_and(|word| word == keyword);
        if !found {
            self.at = before;
        }
        found
    }

    fn or(&mut self) -> Option<Tree> {
        let mut tree = self.and()?;
        while self.keyword("or") {
            tree = Tree::Or(Box::new(tree), Box::new(self.and()?));
        }
        Some(tree)
    }

    fn and(&mut self) -> Option<Tree> {
        let mut tree = self.not()?;
        while self.keyword("and") {
            tree = Tree::And(Box::new(tree), Box::new(self.not()?));
        }
        Some(tree)
    }

    fn not(&mut self) -> Option<Tree> {
        if self.keyword("not") {
            return Some(Tree::Not(Box::new(self.not()?)));
        }
        let first = self.primary()?;
        let mut rest = Vec::new();
        loop {
            let equal = if self.sign("==") || self.keyword("is") {
                true
            } else if self.sign("!=") {
                false
            } else {
                break;
            };
            rest.push((equal, self.primary()?));
        }
        Some(if rest.is_empty() { first } else { Tree::Compare(Box::new(first), rest) })
    }

    fn primary(&mut self) -> Option<Tree> {
        let mut tree = self.atom()?;
        loop {
            if self.sign("[") {
                let index = self.or()?;
                tree = Tree::Item(Box::new(tree), Box::new(index));
                self.sign("]").then_some(())?;
            } else if self.sign(".") {
                let name = self.word()?;
                if name == "has_key" {
                    self.sign("(").then_some(())?;
                    let key = self.or()?;
                    self.sign(")").then_some(())?;
                    tree = Tree::Call("has_key", Box::new(tree), Some(Box::new(key)));
                } else {
                    tree = Tree::Item(Box::new(tree), Box::new(Tree::Literal(Py::Str(name))));
                }
            } else {
                return Some(tree);
            }
        }
    }

    fn atom(&mut self) -> Option<Tree> {
        self.space();
        match self.rest().chars().next()? {
            '\'' | '"' => self.string().map(|text| Tree::Literal(Py::Str(text))),
            'u' if self.rest()[1..].starts_with(['\'', '"']) => {
                self.at += 1;
                self.string().map(|text| Tree::Literal(Py::Str(text)))
            }
            '(' => {
                self.at += 1;
                let mut items = vec![self.or()?];
                let mut tuple = false;
                while self.sign(",") {
                    tuple = true;
                    if self.rest().trim_start().starts_with(')') {
                        break;
                    }
                    items.push(self.or()?);
                }
                self.sign(")").then_some(())?;
                if tuple { Some(Tree::List(items)) } else { items.pop() }
            }
            '[' => {
                self.at += 1;
                let mut items = Vec::new();
                while !self.sign("]") {
                    items.push(self.or()?);
                    self.sign(",");
                }
                Some(Tree::List(items))
            }
            '{' => {
                self.at += 1;
                let mut items = Vec::new();
                while !self.sign("}") {
                    self.space();
                    let key = self.string()?;
                    self.sign(":").then_some(())?;
                    items.push((key, self.or()?));
                    self.sign(",");
                }
                Some(Tree::Dict(items))
            }
            c if c.is_ascii_digit() || c == '-' => {
                let digits =
                    self.rest()[1..].find(|c: char| !c.is_ascii_digit()).map_or(self.rest().len(), |n| n + 1);
                let number = self.rest()[..digits].parse().ok()?;
                self.at += digits;
                Some(Tree::Literal(Py::Int(number)))
            }
            _ => {
                let word = self.word()?;
                let function = match word.as_str() {
                    "None" => return Some(Tree::Literal(Py::None)),
                    "True" => return Some(Tree::Literal(Py::Bool(true))),
                    "False" => return Some(Tree::Literal(Py::Bool(false))),
                    "len" => "len",
                    "ord" => "ord",
                    _ => return Some(Tree::Name(word)),
                };
                self.sign("(").then_some(())?;
                let argument = self.or()?;
                self.sign(")").then_some(())?;
                Some(Tree::Call(function, Box::new(argument), None))
            }
        }
    }

    /// A string literal with its escapes.
    fn string(&mut self) -> Option<String> {
        let quote = self.rest().chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let triple = quote.to_string().repeat(3);
        let end = if self.rest().starts_with(&triple) { triple } else { quote.to_string() };
        self.at += end.len();
        let mut text = String::new();
        loop {
            if self.rest().starts_with(&end) {
                self.at += end.len();
                return Some(text);
            }
            let c = self.rest().chars().next()?;
            self.at += c.len_utf8();
            if c != '\\' {
                text.push(c);
                continue;
            }
            let escape = self.rest().chars().next()?;
            self.at += escape.len_utf8();
            let digits = match escape {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                'n' | 't' | 'r' => {
                    text.push(match escape {
                        'n' => '\n',
                        't' => '\t',
                        _ => '\r',
                    });
                    continue;
                }
                other => {
                    text.push(other);
                    continue;
                }
            };
            let point = u32::from_str_radix(self.rest().get(..digits)?, 16).ok()?;
            self.at += digits;
            text.push(char::from_u32(point)?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_python_of_the_test_feeds_is_understood() {
        let entry = Py::Dict(BTreeMap::from([
            ("title".into(), Py::Str("Freiräume".into())),
            (
                "links".into(),
                Py::List(vec![Py::Dict(BTreeMap::from([("rel".into(), Py::Str("self".into()))]))]),
            ),
            ("when".into(), Py::List(vec![Py::Int(2004), Py::Int(0)])),
        ]));
        let names =
            BTreeMap::from([("bozo".into(), Py::Bool(false)), ("entries".into(), Py::List(vec![entry]))]);
        for (expression, expected) in [
            (r"not bozo and entries[0]['title'] == 'Freir\xe4ume'", true),
            ("len(entries[0].links) == 1 and entries[0]['links'][0] == {'rel': 'self'}", true),
            ("entries[0]['when'] == (2004, 0)", true),
            ("not entries[0].has_key('link')", true),
            ("entries[0]['link'] == None", false),
            ("bozo or entries[0]['title'] != 'x'", true),
            ("entries[0]['title'] == entries[0]['title'] == \"\"\"Freiräume\"\"\"", true),
            ("isinstance(bozo, int)", false),
        ] {
            assert_eq!(holds(expression, &names, |_, _| false), expected, "{expression}");
        }
    }
}
