//! Ids in short: the first characters, as many as tell an id from all others in the folder.

use dateline_model::{ArticleId, StoryId};
use dateline_store::{Result, SqliteStore, Store};

/// Characters at least. Six digits of base 32 (and the letter in front) tell a billion ids apart in any
/// two; in a folder of a million articles one in a thousand needs an eighth character.
const SHORTEST: usize = 7;

/// The first characters of a story's id that no other story has.
pub fn story(store: &SqliteStore, id: StoryId) -> Result<String> {
    shortest(&id.to_string(), |prefix| Ok(store.stories_like(prefix, 2)?.len() == 1))
}

/// The first characters of an article's id that no other article has.
pub fn article(store: &SqliteStore, id: ArticleId) -> Result<String> {
    shortest(&id.to_string(), |prefix| Ok(store.articles_like(prefix, 2)?.len() == 1))
}

fn shortest(id: &str, is_unique: impl Fn(&str) -> Result<bool>) -> Result<String> {
    for length in SHORTEST..id.len() {
        if is_unique(&id[..length])? {
            return Ok(id[..length].to_owned());
        }
    }
    Ok(id.to_owned())
}
