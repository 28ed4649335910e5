//! Time zones. <https://tc39.es/proposal-temporal/#sec-temporal-timezones>

use std::sync::LazyLock;

use temporal_rs::{TemporalResult, TimeZone, ZonedDateTime};
use timezone_provider::zoneinfo64::ZoneInfo64TzdbProvider;
use zoneinfo64::ZoneInfo64;

use super::{OrThrow, type_error, value_in};
use crate::string::JsString;
use crate::value::Value;
use crate::vm::{Completion, TIME_ZONE_DATA, Vm};

/// What knows the time zones: ICU's data, as V8 has them.
pub(super) type Provider = ZoneInfo64TzdbProvider<'static>;

static PROVIDER: LazyLock<Provider> = LazyLock::new(|| {
    let data = ZoneInfo64::try_from_u32s(TIME_ZONE_DATA).expect("the data are whole");
    ZoneInfo64TzdbProvider::new(data)
});

/// What knows the time zones.
pub(super) fn provider() -> &'static Provider {
    &PROVIDER
}

/// `ToTemporalTimeZoneIdentifier`
pub(super) fn to_time_zone(vm: &mut Vm, value: Value) -> Completion<TimeZone> {
    if let Some(time) = value_in::<ZonedDateTime>(value) {
        return Ok(*time.time_zone());
    }
    let text = zone_text(vm, value, "Time zone must be string or ZonedDateTime object.")?;
    TimeZone::try_from_str_with_provider(&text, provider()).or_throw(vm)
}

/// A constructor's argument, which is the name of a time zone.
pub(super) fn time_zone_argument(vm: &mut Vm, value: Value) -> Completion<TimeZone> {
    let text = zone_text(vm, value, "Time zone must be string")?;
    TimeZone::try_from_identifier_str_with_provider(&text, provider()).or_throw(vm)
}

fn zone_text(vm: &mut Vm, value: Value, message: &str) -> Completion<String> {
    match value.downcast::<JsString>() {
        Some(text) => Ok(text.to_rust(&vm.memory)),
        None => Err(type_error(vm, message)),
    }
}

/// `SystemTimeZoneIdentifier`: the clock's zone. It is UTC by whatever name that has, and
/// where nobody knows the name.
pub(super) fn system_time_zone(vm: &Vm) -> TimeZone {
    let name = vm.clock().zone_id();
    let utc = TimeZone::utc_with_provider(provider());
    let zone = TimeZone::try_from_identifier_str_with_provider(&name, provider());
    let Ok(zone) = zone else { return utc };
    let is_utc = zone.primary_identifier_with_provider(provider()) == Ok(utc);
    if is_utc { utc } else { zone }
}

/// The name of a time zone.
pub(super) fn zone_name(zone: &TimeZone) -> TemporalResult<String> {
    zone.identifier_with_provider(provider())
}
