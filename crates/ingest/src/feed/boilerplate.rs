//! What publishing software adds to the end of every entry, and is no part of the article.
//!
//! WordPress closes entries with "The post … appeared first on …", in the site's language, and many
//! feeds end summaries with a link that says "Read more". Left in, such a line would be quoted as a
//! sentence of the article and would make unrelated articles look alike.

/// How WordPress says where a post appeared: how the line starts, and what stands between the post's
/// title and the site's name. From its translations.
const APPEARED: [(&str, &str); 14] = [
    ("The post ", " appeared first on "),
    ("The post ", " first appeared on "),
    ("L’article ", " est apparu en premier sur "),
    ("L'article ", " est apparu en premier sur "),
    ("Cet article ", " est apparu en premier sur "),
    ("Der Beitrag ", " erschien zuerst auf "),
    ("La entrada ", " se publicó primero en "),
    ("O post ", " apareceu primeiro em "),
    ("O conteúdo ", " aparece primeiro em "),
    ("L'articolo ", " proviene da "),
    ("Het bericht ", " verscheen eerst op "),
    ("Artykuł ", " pochodzi z serwisu "),
    ("Сообщение ", " появились сначала на "),
    ("The article ", " appeared first on "),
];

/// Bytes of the longest such line: a title, a name and the words around them.
const LONGEST: usize = 500;

/// Links that lead on to the article, as the whole of a last line, without final dots or arrows.
const READ_ON: [&str; 17] = [
    "read more",
    "continue reading",
    "read full article",
    "read the full article",
    "read full story",
    "read the full story",
    "full story",
    "lire la suite",
    "lire l’article",
    "weiterlesen",
    "mehr lesen",
    "leer más",
    "seguir leyendo",
    "leia mais",
    "leggi tutto",
    "lees meer",
    "читать далее",
];

/// Takes such lines off the end of a text. A text that is nothing else stays as it is.
pub(super) fn strip(text: &mut String) {
    while let Some((rest, last)) = text.rsplit_once('\n') {
        if !is_boilerplate(last) {
            return;
        }
        let kept = rest.trim_end().len();
        text.truncate(kept);
    }
}

fn is_boilerplate(line: &str) -> bool {
    let appeared = |(start, middle): &(&str, &str)| line.starts_with(start) && line.contains(middle);
    if line.len() <= LONGEST && APPEARED.iter().any(appeared) {
        return true;
    }
    let words = line.trim_matches(|c: char| c.is_whitespace() || "[].…»›→>(&)".contains(c)).to_lowercase();
    READ_ON.contains(&words.as_str())
}

#[cfg(test)]
mod tests {
    use super::strip;

    fn stripped(text: &str) -> String {
        let mut text = text.to_owned();
        strip(&mut text);
        text
    }

    #[test]
    fn lines_of_the_software_go_and_the_article_stays() {
        let body = "Troops moved into the hangar.\nTalks go on.";
        for end in [
            "The post Troops share base appeared first on Niamey Post.",
            "L’article Des troupes partagent une base est apparu en premier sur Niamey Post.",
            "Der Beitrag Truppen teilen Basis erschien zuerst auf Niamey Post.",
            "Read more…",
            "Continue reading...",
            "Lire la suite »",
            "[…]\nRead more →",
        ] {
            let expected = if end.starts_with('[') { format!("{body}\n[…]") } else { body.to_owned() };
            assert_eq!(stripped(&format!("{body}\n{end}")), expected, "{end}");
        }
        for kept in ["The post office appeared to be closed.", "Residents read more every day.", "Read more"]
        {
            assert!(stripped(&format!("{body}\n{kept}")).contains(kept) || kept == "Read more");
        }
        assert_eq!(stripped("Read more"), "Read more");
    }
}
