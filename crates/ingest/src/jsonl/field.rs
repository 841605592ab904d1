//! One field of a line, borrowed from it where it holds no escapes.

use std::borrow::Cow;
use std::fmt;

use dateline_model::When;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::date::parse_date;

/// The value of a field: most are strings, and those are not copied.
#[derive(Debug, Default)]
pub(super) enum Field<'a> {
    /// Missing, or `null`.
    #[default]
    Empty,
    Text(Cow<'a, str>),
    Other(Value),
}

impl Field<'_> {
    /// The string, where it is one and says something.
    pub(super) fn string(&self) -> Option<&str> {
        match self {
            Field::Text(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    /// Whether it is missing, `null`, or says nothing.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Field::Empty => true,
            Field::Text(text) => text.trim().is_empty(),
            Field::Other(_) => false,
        }
    }

    /// A date in words, or in seconds since 1970.
    pub(super) fn date(&self) -> Option<When> {
        match self {
            Field::Text(text) => parse_date(text),
            Field::Other(Value::Number(number)) => {
                number.as_i64().filter(|seconds| (0..1 << 33).contains(seconds)).map(When::from_seconds)
            }
            _ => None,
        }
    }

    /// The value as JSON; `None` where it is missing or empty.
    pub(super) fn into_value(self) -> Option<Value> {
        match self {
            Field::Empty => None,
            Field::Text(text) if text.is_empty() => None,
            Field::Text(text) => Some(Value::String(text.into_owned())),
            Field::Other(value) => Some(value),
        }
    }
}

impl<'de: 'a, 'a> serde::Deserialize<'de> for Field<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldVisitor;
        impl<'de> Visitor<'de> for FieldVisitor {
            type Value = Field<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON value")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Field<'de>, E> {
                Ok(Field::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Field<'de>, E> {
                Ok(Field::Text(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E>(self, text: String) -> Result<Field<'de>, E> {
                Ok(Field::Text(Cow::Owned(text)))
            }

            fn visit_unit<E>(self) -> Result<Field<'de>, E> {
                Ok(Field::Empty)
            }

            fn visit_bool<E>(self, flag: bool) -> Result<Field<'de>, E> {
                Ok(Field::Other(flag.into()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Field<'de>, E> {
                Ok(Field::Other(number.into()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Field<'de>, E> {
                Ok(Field::Other(number.into()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Field<'de>, E> {
                Ok(Field::Other(number.into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Field<'de>, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = seq.next_element()? {
                    values.push(value);
                }
                Ok(Field::Other(Value::Array(values)))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Field<'de>, A::Error> {
                let mut node = Map::new();
                while let Some((name, value)) = map.next_entry()? {
                    node.insert(name, value);
                }
                Ok(Field::Other(Value::Object(node)))
            }
        }
        deserializer.deserialize_any(FieldVisitor)
    }
}
