//! What local time is called.

const NAMES: &str = include_str!("names.txt");

/// The name of a zone's time, usual or while its clocks are put forward.
pub(super) fn find(zone: &str, is_forward: bool) -> Option<&'static str> {
    NAMES.lines().find_map(|line| {
        let mut parts = line.split('|');
        let (usual, forward, zones) = (parts.next()?, parts.next()?, parts.next()?);
        let is_it = zones.split(' ').any(|name| name == zone);
        is_it.then_some(if is_forward && !forward.is_empty() { forward } else { usual })
    })
}
