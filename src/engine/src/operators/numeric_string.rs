//! Numbers as text, and back (ECMA-262 §6.1.6.1.20, §7.1.4.1).

/// `Number::toString` with radix 10.
#[must_use]
pub fn number_to_string(number: f64) -> String {
    String::from_utf8_lossy(NumberText::new().format(number)).into_owned()
}

/// Room for a number as text.
pub(crate) struct NumberText {
    short: [u8; 24],
    long: ryu_js::Buffer,
}

impl NumberText {
    #[inline]
    pub(crate) fn new() -> Self {
        Self { short: [b'0'; 24], long: ryu_js::Buffer::new() }
    }

    /// `Number::toString` with radix 10, in ASCII.
    pub(crate) fn format(&mut self, number: f64) -> &[u8] {
        match self.format_shortly(number) {
            Some(start) => &self.short[start..],
            None => self.long.format(number).as_bytes(),
        }
    }

    /// Writes a number that has few digits, and says where it begins.
    ///
    /// Decimals of up to fifteen digits are all different numbers, so one that is equal to
    /// the number is the shortest one but for zeros at its end.
    #[inline]
    fn format_shortly(&mut self, number: f64) -> Option<usize> {
        const DECIMALS: usize = 6;
        const SCALE: f64 = 1e6;
        let magnitude = number.abs();
        let is_in_range = (1e-6..1e9).contains(&magnitude);
        let scaled = (magnitude * SCALE + 0.5) as u64;
        if !is_in_range || scaled as f64 / SCALE != magnitude {
            return None;
        }
        let (mut whole, mut decimals) = (scaled / SCALE as u64, scaled % SCALE as u64);
        let mut at = self.short.len();
        let mut push = |byte: u8| {
            at -= 1;
            self.short[at] = byte;
        };
        if decimals != 0 {
            let mut left = DECIMALS;
            while decimals.is_multiple_of(10) {
                decimals /= 10;
                left -= 1;
            }
            for _ in 0..left {
                push(b'0' + (decimals % 10) as u8);
                decimals /= 10;
            }
            push(b'.');
        }
        loop {
            push(b'0' + (whole % 10) as u8);
            whole /= 10;
            if whole == 0 {
                break;
            }
        }
        if number < 0.0 {
            push(b'-');
        }
        Some(at)
    }
}

/// `StringToNumber`: the whole text, white space around it aside.
#[must_use]
pub fn string_to_number(text: &str) -> f64 {
    let text = text.trim_matches(is_white_space);
    match text.get(..2) {
        Some("0x" | "0X") => return digits_of_power_of_two(&text[2..], 16),
        Some("0o" | "0O") => return digits_of_power_of_two(&text[2..], 8),
        Some("0b" | "0B") => return digits_of_power_of_two(&text[2..], 2),
        _ => {}
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        "" if text.is_empty() => 0.0,
        "Infinity" if text.starts_with('-') => f64::NEG_INFINITY,
        "Infinity" => f64::INFINITY,
        // The parser below knows more words than these.
        _ if unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
            fast_float2::parse(text).unwrap_or(f64::NAN)
        }
        _ => f64::NAN,
    }
}

/// `WhiteSpace` and `LineTerminator` (§12.2, §12.3).
pub(crate) fn is_white_space(c: char) -> bool {
    // Rust counts U+0085 in, and leaves U+FEFF out.
    c == '\u{FEFF}' || c.is_whitespace() && c != '\u{85}'
}

/// The number that digits of a power of two spell, rounded to even.
pub(crate) fn digits_of_power_of_two(text: &str, radix: u32) -> f64 {
    let bits = radix.trailing_zeros();
    let mut significand: u64 = 0;
    let mut exponent = 0;
    let mut sticky = false;
    if text.is_empty() {
        return f64::NAN;
    }
    for c in text.chars() {
        let Some(digit) = c.to_digit(radix) else { return f64::NAN };
        if significand >> (63 - bits) == 0 {
            significand = significand << bits | u64::from(digit);
        } else {
            exponent += bits as i32;
            sticky |= digit != 0;
        }
    }
    // What is cut off decides between two numbers only if all before it is even.
    (significand | u64::from(sticky)) as f64 * 2_f64.powi(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_numbers() {
        for (text, number) in [
            ("", 0.0),
            (" \n\u{FEFF}", 0.0),
            ("1", 1.0),
            (" +1.5e3 ", 1500.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("-0x10", f64::NAN),
            ("0x1F", 31.0),
            ("0b101", 5.0),
            ("0o17", 15.0),
            ("0x", f64::NAN),
            ("0x20000000000001", 9_007_199_254_740_992.0),
            ("0x20000000000003", 9_007_199_254_740_996.0),
            ("0x200000000000010000000001", 9_903_520_314_283_044_398_216_249_344.0),
            ("Infinity", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
            ("infinity", f64::NAN),
            ("nan", f64::NAN),
            ("1 2", f64::NAN),
            (".", f64::NAN),
            ("+", f64::NAN),
            ("1e1000", f64::INFINITY),
            ("1_0", f64::NAN),
        ] {
            let found = string_to_number(text);
            assert!(found == number || found.is_nan() && number.is_nan(), "{text:?}: {found}");
        }
        assert!(string_to_number("-0").is_sign_negative());
    }
}
