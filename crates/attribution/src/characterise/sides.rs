//! What a word near a source's noun says of its side, and what only sounds so: trades, kin, places.

use std::ops::Range;

use super::lexicon::LEXICON;
use super::tree::Tree;

/// People by whom they are close to, which is nobody's side.
pub const KIN: [&str; 22] = [
    "friend",
    "relative",
    "neighbor",
    "neighbour",
    "brother",
    "sister",
    "son",
    "daughter",
    "mother",
    "father",
    "parent",
    "widow",
    "wife",
    "husband",
    "cousin",
    "uncle",
    "aunt",
    "teammate",
    "classmate",
    "roommate",
    "colleague",
    "nephew",
];

/// People of a place.
pub const INHABITANTS: [&str; 12] = [
    "resident",
    "residents",
    "villager",
    "villagers",
    "people",
    "citizens",
    "inhabitants",
    "natives",
    "man",
    "woman",
    "men",
    "women",
];

/// "a bus driver", "a chess player": what somebody works with is no side, unless it is who they work for.
pub fn is_trade(tree: &Tree<'_>, noun: usize, at: usize, word: &str) -> bool {
    let lexicon = &*LEXICON;
    // Nouns of service, whom a body before them sends: "a trade official", "a rebel commander".
    let serves = matches!(
        tree.lower(noun).trim_end_matches('s'),
        "official"
            | "source"
            | "officer"
            | "aide"
            | "adviser"
            | "advisor"
            | "executive"
            | "diplomat"
            | "employee"
            | "staffer"
            | "member"
            | "leader"
            | "chief"
            | "head"
            | "insider"
            | "figure"
            | "negotiator"
            | "lawmaker"
            | "legislator"
            | "senator"
            | "investigator"
            | "commander"
            | "fighter"
            | "soldier"
            | "minister"
            | "worker"
            | "lawyer"
            | "prosecutor"
            | "inspector"
            | "representative"
            | "delegate"
            | "envoy"
            | "mediator"
            | "strategist"
            | "operative"
            | "administrator"
            | "director"
            | "secretary"
            | "steward"
            | "organizer"
            | "organiser"
            | "activist"
            | "volunteer"
            | "guard"
            | "attaché"
            | "manager"
            | "people"
            | "person"
            | "authoritie"
            | "expert"
            | "observer"
            | "politician"
            | "partner"
    );
    let trade = !serves && tree.tag(at) == "NN" && !matches!(word, "city" | "hall");
    // What somebody works at, also where their noun is one of service: "a shop steward", "a safety inspector at the mine".
    let one = tree.lower(noun).trim_end_matches('s');
    let work = match word {
        "night" | "stage" | "shift" | "shop" | "patrol" => true,
        "aid" | "rescue" | "relief" => one == "worker",
        "border" | "security" => one == "guard",
        "safety" => matches!(one, "inspector" | "manager"),
        _ => false,
    };
    if work && (!tree.is_capitalised(at) || at == tree.sentence(tree.sentence_of(at)).start) {
        return true;
    }
    let money = tree.lower(noun).starts_with("manager")
        && matches!(word, "fund" | "hedge" | "portfolio" | "product" | "asset" | "money");
    (money || trade)
        && !tree.is_capitalised(at)
        && (money || !lexicon.office.contains(word) && !lexicon.workplace.contains(word))
}

/// "the striker's agent", "the plant's safety manager": for whom somebody works; "a ship's cook" is a kind of cook.
pub fn is_principal(tree: &Tree<'_>, run: &Range<usize>) -> bool {
    run.len() > 1
        && matches!(tree.lower(run.end - 1), "'s" | "'")
        && tree.children(run.start).any(|child| child < run.start && tree.lower(child) == "the")
}

/// Places that people live in, and work for only by another name: "an official in the city".
pub fn is_place_like(word: &str) -> bool {
    matches!(
        word,
        "capital"
            | "country"
            | "city"
            | "town"
            | "village"
            | "district"
            | "province"
            | "state"
            | "region"
            | "center"
            | "centre"
            | "county"
            | "world"
            | "nation"
            | "house"
            | "front"
    )
}

/// Where somebody stands, which says nothing of whom they belong to: "at the scene", "at the barrier".
pub fn is_spot(word: &str) -> bool {
    const SPOTS: [&str; 38] = [
        "scene",
        "barrier",
        "barricade",
        "gate",
        "door",
        "back",
        "rear",
        "side",
        "end",
        "edge",
        "corner",
        "spot",
        "site",
        "table",
        "bar",
        "counter",
        "stop",
        "crossing",
        "checkpoint",
        "border",
        "roadblock",
        "junction",
        "quay",
        "pier",
        "dock",
        "wharf",
        "beach",
        "bridge",
        "roadside",
        "market",
        "border",
        "line",
        "fence",
        "time",
        "rally",
        "protest",
        "meeting",
        "summit",
    ];
    SPOTS.contains(&word)
}
