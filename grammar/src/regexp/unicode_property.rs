//! `UnicodePropertyValueExpression`: the names in `\p{…}` (ECMA-262 §22.2.1
//! and §22.2.1.1).

use super::builder::{Builder, EscapedSet};
use super::pattern::Validator;
use super::unicode_property_names::{
    BINARY_PROPERTIES, GENERAL_CATEGORY_VALUES, PROPERTIES_OF_STRINGS, SCRIPT_VALUES,
};

impl<'p, B: Builder> Validator<'p, '_, B> {
    /// The braces after `\p`, or after `\P` if `is_negated`. `None` if the names
    /// in them are no property's, or one that must not stand here.
    pub(super) fn unicode_property(&mut self, is_negated: bool) -> Option<EscapedSet<'p>> {
        if !self.cursor.eat(b'{') {
            return None;
        }
        let name = self.cursor.eat_while(is_property_name_character);
        let value = if self.cursor.eat(b'=') {
            Some(self.cursor.eat_while(is_property_name_character))
        } else {
            None
        };
        if !self.cursor.eat(b'}') {
            return None;
        }
        let value_text = value.and_then(|value| std::str::from_utf8(value).ok());
        let property = |of_strings| {
            let name = std::str::from_utf8(name).ok()?;
            Some(EscapedSet::Property { name, value: value_text, of_strings })
        };
        let is_known = match (name, value) {
            (_, None) => {
                contains(BINARY_PROPERTIES, name) || contains(GENERAL_CATEGORY_VALUES, name)
            }
            (b"General_Category" | b"gc", Some(value)) => contains(GENERAL_CATEGORY_VALUES, value),
            (b"Script" | b"sc" | b"Script_Extensions" | b"scx", Some(value)) => {
                contains(SCRIPT_VALUES, value)
            }
            _ => false,
        };
        if is_known {
            return property(false);
        }
        // The complement of a set of strings is no set of strings.
        let may_be_strings = self.unicode_sets_mode && !is_negated && value.is_none();
        if may_be_strings && contains(PROPERTIES_OF_STRINGS, name) { property(true) } else { None }
    }
}

/// `UnicodePropertyNameCharacter`, and `UnicodePropertyValueCharacter` too.
fn is_property_name_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether a sorted table has the name. Case and underscores count.
fn contains(table: &[&str], name: &[u8]) -> bool {
    table.binary_search_by(|entry| entry.as_bytes().cmp(name)).is_ok()
}
