//! `Temporal.Now`. <https://tc39.es/proposal-temporal/#sec-temporal-now-object>

use temporal_rs::{Instant, ZonedDateTime};

use super::time_zone::{provider, system_time_zone, to_time_zone, zone_name};
use super::{OrThrow, create, text};
use crate::builtins::{Entry, define_tag, function, namespace};
use crate::heap::Gc;
use crate::object::Object;
use crate::vm::{Arguments, Completion, Vm};

const NOW: &[Entry] = &[
    function("instant", 0, |vm, _| {
        let now = instant(vm)?;
        Ok(create(vm, now))
    }),
    function("timeZoneId", 0, |vm, _| {
        let zone = system_time_zone(vm);
        text(vm, zone_name(&zone))
    }),
    function("plainDateTimeISO", 0, |vm, arguments| {
        let now = now(vm, arguments)?;
        Ok(create(vm, now.to_plain_date_time()))
    }),
    function("zonedDateTimeISO", 0, |vm, arguments| {
        let now = now(vm, arguments)?;
        Ok(create(vm, now))
    }),
    function("plainDateISO", 0, |vm, arguments| {
        let now = now(vm, arguments)?;
        Ok(create(vm, now.to_plain_date()))
    }),
    function("plainTimeISO", 0, |vm, arguments| {
        let now = now(vm, arguments)?;
        Ok(create(vm, now.to_plain_time()))
    }),
];

pub(super) fn install(vm: &mut Vm, temporal: Gc<Object>) {
    let now = namespace(vm, temporal, "Now", NOW);
    define_tag(vm, now, "Temporal.Now");
}

/// What the clock shows.
fn instant(vm: &mut Vm) -> Completion<Instant> {
    let nanoseconds = vm.clock().nanoseconds();
    Instant::try_new(nanoseconds).or_throw(vm)
}

/// What it shows in the time zone that is the argument, or in the local one.
fn now(vm: &mut Vm, arguments: Arguments<'_>) -> Completion<ZonedDateTime> {
    let zone = match arguments.get(0) {
        zone if zone.is_undefined() => system_time_zone(vm),
        zone => to_time_zone(vm, zone)?,
    };
    let instant = instant(vm)?;
    ZonedDateTime::try_new_iso_from_instant_with_provider(instant, zone, provider()).or_throw(vm)
}
