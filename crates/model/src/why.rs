//! Why a story is one story, and why each of its articles is in it: the evidence in words, for people who must defend it.
//!
//! A [`Join`](crate::Join) holds places in texts and ids of stories, as they were when the article came. Here stand the
//! words themselves, the headlines, and what the articles have in common as they are now.

use serde::{Deserialize, Serialize};

use crate::{ArticleId, Manner, Relation, StoryId};

/// What holds a story together, and the grounds of each of its articles.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Why {
    /// The rare names that at least half of the articles share, those that most have first.
    pub names: Vec<SharedWord>,
    /// The rare words that at least half of the articles share, those that most have first.
    pub words: Vec<SharedWord>,
    /// The newsrooms whose reporting other newsrooms copied, those with most copies first.
    pub copies: Vec<Copies>,
    /// The article that joined with the lowest probability; absent where none joined by what it says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub weakest: Option<ArticleId>,
    /// The grounds of every article, in order of arrival.
    pub articles: Vec<Grounds>,
}

/// A word or name that articles of a story share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedWord {
    /// The word, in the form that most of them have.
    pub word: String,
    /// How many articles have it in headline or text, in this form or inflected.
    pub articles: u32,
}

/// How many articles of a story are copies of one newsroom's reporting, word for word or edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copies {
    /// Domain of the newsroom; absent where nobody can tell.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub origin: Option<String>,
    /// The copies.
    pub articles: u32,
}

/// What put an article into its story.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "lowercase")]
pub enum Placing {
    /// It founded the story.
    Founding,
    /// It was the first on the story in its language, and what the headlines there are about is what the story is about.
    Strand,
    /// It shares text with an article of the story; what else it says was not asked.
    Copy,
    /// It says what the story says.
    Likeness {
        /// How likely it was to belong to the story when it came, 0.5 to 1.
        probability: f32,
    },
    /// Somebody put it there.
    Hand {
        /// The number of the correction.
        correction: u32,
    },
}

/// The story an article would have joined next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Nearest {
    /// The story; where it was put into another since, that one.
    pub story: StoryId,
    /// Its headline now.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// How likely the article was to belong to it when it came, 0 to 1.
    pub probability: f32,
}

/// Why one article is in its story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Grounds {
    /// The article.
    pub article: ArticleId,
    /// What put it there.
    pub placing: Placing,
    /// The story it would have joined next; absent where no other was compared, or a hand decided.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nearest: Option<Nearest>,
    /// The names it shared with the story when it came, as they stand in it, weightiest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub names: Vec<String>,
    /// The rare words it shared with the story when it came, as they stand in it, weightiest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub words: Vec<String>,
    /// How near it was to the story in what its headline is about, as a cosine, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub about: Option<f32>,
    /// How it relates to the origin of its reporting.
    pub relation: Relation,
    /// The article whose text or reporting it repeats.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub of: Option<ArticleId>,
    /// Share of the shorter text's sampled five-word shingles that the other has, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub containment: Option<f32>,
    /// What became of the other's text on its way into this one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub manner: Option<Manner>,
    /// Its words that credit the origin.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub credit: Option<String>,
}

impl Grounds {
    /// How likely the article was to belong to the story, where what it says decided.
    pub fn probability(&self) -> Option<f32> {
        match self.placing {
            Placing::Likeness { probability } => Some(probability),
            Placing::Founding | Placing::Strand | Placing::Copy | Placing::Hand { .. } => None,
        }
    }
}

/// The article that joined with the lowest probability; of several, the one that came first. `None` where each founded
/// the story, copies one of its articles, or was put there by hand.
pub fn weakest(articles: &[Grounds]) -> Option<&Grounds> {
    let joined = articles.iter().filter_map(|grounds| Some((grounds.probability()?, grounds)));
    joined.min_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, grounds)| grounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grounds(n: u8, placing: Placing) -> Grounds {
        Grounds {
            article: ArticleId([n; 10]),
            placing,
            nearest: None,
            names: vec!["Niamey".into()],
            words: vec![],
            about: None,
            relation: Relation::Own,
            of: None,
            containment: None,
            manner: None,
            credit: None,
        }
    }

    #[test]
    fn the_weakest_article_is_the_one_that_joined_with_least_probability() {
        let likely = |n, probability| grounds(n, Placing::Likeness { probability });
        let articles = [
            grounds(1, Placing::Founding),
            likely(2, 0.9),
            likely(3, 0.57),
            grounds(4, Placing::Hand { correction: 1 }),
            likely(5, 0.57),
            grounds(6, Placing::Copy),
        ];
        assert_eq!(weakest(&articles).unwrap().article, ArticleId([3; 10]));
        assert_eq!(weakest(&[articles[0].clone(), articles[3].clone(), articles[5].clone()]), None);
    }

    #[test]
    fn grounds_are_read_back_from_what_programs_get() {
        for placing in [
            Placing::Founding,
            Placing::Copy,
            Placing::Likeness { probability: 0.570_312_4 },
            Placing::Hand { correction: 7 },
        ] {
            let told = Grounds {
                nearest: Some(Nearest {
                    story: StoryId([9; 10]),
                    title: Some("Hangar fire shuts base".into()),
                    probability: 0.049_87,
                }),
                ..grounds(1, placing)
            };
            let json = serde_json::to_string(&told).unwrap();
            assert_eq!(serde_json::from_str::<Grounds>(&json).unwrap(), told, "{json}");
        }
        let by_hand = serde_json::to_value(grounds(1, Placing::Hand { correction: 7 })).unwrap();
        assert_eq!(by_hand["placing"], serde_json::json!({"by": "hand", "correction": 7}));
    }
}
