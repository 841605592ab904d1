//! Porter's stemmer of 1980, as the ROUGE 1.5.5 script carries it.
//!
//! ROUGE figures can only be compared where both sides stem alike, so this is not the stemmer
//! dateline reads with (Snowball's later English). It follows Porter, "An algorithm for suffix
//! stripping", Program 14(3), 1980, pp. 130–137, with the three departures of the script: `bli` and
//! `logi` are replaced in step 2, and in step 4 the endings `-ement`, `-ment` and `-ent` are tried
//! one after the other instead of the longest alone.

/// The stem of a word in lower-case ASCII. Words of one or two letters are their own stems.
pub fn stem(word: &str) -> String {
    if word.len() < 3 || !word.is_ascii() {
        return word.to_owned();
    }
    let mut stem = word.to_owned();
    plurals(&mut stem);
    past_and_gerund(&mut stem);
    if let Some(rest) = stem.strip_suffix('y')
        && has_vowel(rest)
    {
        stem.truncate(stem.len() - 1);
        stem.push('i');
    }
    replace_longest(&mut stem, STEP_2);
    replace_longest(&mut stem, STEP_3);
    strip_residue(&mut stem);
    tidy(&mut stem);
    stem
}

/// Step 2: double suffixes become single ones where a vowel and a consonant stand before them.
const STEP_2: &[(&str, &str)] = &[
    ("ational", "ate"),
    ("ization", "ize"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("tional", "tion"),
    ("biliti", "ble"),
    ("entli", "ent"),
    ("ousli", "ous"),
    ("ation", "ate"),
    ("alism", "al"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("alli", "al"),
    ("ator", "ate"),
    ("logi", "log"),
    ("bli", "ble"),
    ("eli", "e"),
];

/// Step 3.
const STEP_3: &[(&str, &str)] = &[
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ness", ""),
    ("ful", ""),
];

/// Step 4: what is left of a suffix goes where the stem is long, the longest first.
const STEP_4: &[&str] = &[
    "ement", "ance", "ence", "able", "ible", "ant", "ism", "ate", "iti", "ous", "ive", "ize", "al", "er",
    "ic", "ou",
];

fn plurals(stem: &mut String) {
    if stem.ends_with("sses") || stem.ends_with("ies") {
        stem.truncate(stem.len() - 2);
    } else if stem.ends_with('s') && !stem.ends_with("ss") {
        stem.truncate(stem.len() - 1);
    }
}

fn past_and_gerund(stem: &mut String) {
    if let Some(rest) = stem.strip_suffix("eed") {
        if measure(rest) > 0 {
            stem.truncate(stem.len() - 1);
        }
        return;
    }
    let Some(rest) = stem.strip_suffix("ed").or_else(|| stem.strip_suffix("ing")) else { return };
    if !has_vowel(rest) {
        return;
    }
    stem.truncate(rest.len());
    if ["at", "bl", "iz"].iter().any(|end| stem.ends_with(end)) || is_short(stem) {
        stem.push('e');
    } else if ends_double(stem) && !stem.ends_with(['l', 's', 'z']) {
        stem.truncate(stem.len() - 1);
    }
}

fn replace_longest(stem: &mut String, suffixes: &[(&str, &str)]) {
    let found = suffixes.iter().find_map(|(suffix, by)| Some((stem.strip_suffix(suffix)?.len(), by)));
    if let Some((length, by)) = found
        && measure(&stem[..length]) > 0
    {
        stem.truncate(length);
        stem.push_str(by);
    }
}

fn strip_residue(stem: &mut String) {
    let cut = |stem: &mut String, suffix: &str| {
        let length = stem.strip_suffix(suffix).map(str::len);
        if let Some(length) = length
            && measure(&stem[..length]) > 1
        {
            stem.truncate(length);
        }
        length.is_some()
    };
    // Only the longest suffix is tried, whether or not it goes.
    let _ = STEP_4.iter().any(|suffix| cut(stem, suffix));
    cut(stem, "ment");
    if !cut(stem, "ent") && (stem.ends_with("sion") || stem.ends_with("tion")) {
        cut(stem, "ion");
    }
}

fn tidy(stem: &mut String) {
    if let Some(rest) = stem.strip_suffix('e') {
        let long = measure(rest);
        if long > 1 || (long == 1 && !is_short(rest)) {
            stem.truncate(stem.len() - 1);
        }
    }
    if stem.ends_with("ll") && measure(stem) > 1 {
        stem.truncate(stem.len() - 1);
    }
}

/// For each letter, whether it is a vowel: a, e, i, o, u, and a `y` after a consonant.
fn vowels(stem: &str) -> impl Iterator<Item = bool> + '_ {
    let mut after_consonant = false;
    stem.bytes().map(move |letter| {
        let vowel = matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u') || (letter == b'y' && after_consonant);
        after_consonant = !vowel;
        vowel
    })
}

/// Porter's *m*: how many times a vowel is followed by a consonant.
fn measure(stem: &str) -> usize {
    let mut after_vowel = false;
    vowels(stem)
        .filter(|&vowel| {
            let turn = after_vowel && !vowel;
            after_vowel = vowel;
            turn
        })
        .count()
}

fn has_vowel(stem: &str) -> bool {
    vowels(stem).any(|vowel| vowel)
}

fn ends_double(stem: &str) -> bool {
    let bytes = stem.as_bytes();
    let last = bytes.len().wrapping_sub(1);
    last >= 1
        && last < bytes.len()
        && bytes[last] == bytes[last - 1]
        && !matches!(bytes[last], b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// One syllable that ends consonant, vowel, consonant, and not in w, x or y: `hop`, `fil`.
fn is_short(stem: &str) -> bool {
    let shape: Vec<bool> = vowels(stem).collect();
    let [lead @ .., before, middle, end] = shape.as_slice() else { return false };
    lead.iter().all(|vowel| !vowel) && !before && *middle && !end && !stem.ends_with(['w', 'x', 'y'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_paper() {
        for (word, expected) in [
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("ties", "ti"),
            ("cats", "cat"),
            ("feed", "feed"),
            ("agreed", "agre"),
            ("plastered", "plaster"),
            ("bled", "bled"),
            ("motoring", "motor"),
            ("sing", "sing"),
            ("conflated", "conflat"),
            ("troubled", "troubl"),
            ("sized", "size"),
            ("hopping", "hop"),
            ("falling", "fall"),
            ("hissing", "hiss"),
            ("fizzed", "fizz"),
            ("failing", "fail"),
            ("filing", "file"),
            ("happy", "happi"),
            ("sky", "sky"),
            ("relational", "relat"),
            ("conditional", "condit"),
            ("digitizer", "digit"),
            ("operator", "oper"),
            ("feudalism", "feudal"),
            ("hopefulness", "hope"),
            ("formality", "formal"),
            ("triplicate", "triplic"),
            ("electrical", "electr"),
            ("revival", "reviv"),
            ("allowance", "allow"),
            ("airliner", "airlin"),
            ("adoption", "adopt"),
            ("effective", "effect"),
            ("probate", "probat"),
            ("rate", "rate"),
            ("cease", "ceas"),
            ("controll", "control"),
            ("roll", "roll"),
            ("yellow", "yellow"),
            ("101", "101"),
            ("of", "of"),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn the_scripts_own_departures() {
        assert_eq!(stem("replacement"), "replac");
        assert_eq!(stem("adjustment"), "adjust");
        assert_eq!(stem("dependent"), "depend");
        assert_eq!(stem("possibly"), "possibl");
        assert_eq!(stem("archaeology"), "archaeolog");
    }
}
