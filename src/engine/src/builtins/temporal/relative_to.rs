//! What durations are relative to.
//! <https://tc39.es/proposal-temporal/#sec-temporal-gettemporalrelativetooption>

use temporal_rs::fields::ZonedDateTimeFields;
use temporal_rs::options::{Overflow, RelativeTo};
use temporal_rs::partial::{PartialDate, PartialZonedDateTime};
use temporal_rs::{PlainDate, PlainDateTime, ZonedDateTime};

use super::calendar::calendar_of;
use super::fields::{Fields, Wanted};
use super::options::Bag;
use super::time_zone::provider;
use super::{OrThrow, type_error, value_in};
use crate::operators::as_object;
use crate::string::JsString;
use crate::vm::{Completion, Vm};

/// `GetTemporalRelativeToOption`
pub(super) fn relative_to(vm: &mut Vm, bag: &Bag<'_>) -> Completion<Option<RelativeTo>> {
    let value = bag.get(vm, "relativeTo")?;
    if value.is_undefined() {
        return Ok(None);
    }
    if let Some(time) = value_in::<ZonedDateTime>(value) {
        return Ok(Some(time.into()));
    }
    if let Some(date) = value_in::<PlainDate>(value) {
        return Ok(Some(date.into()));
    }
    if let Some(time) = value_in::<PlainDateTime>(value) {
        return Ok(Some(time.to_plain_date().into()));
    }
    if let Some(object) = as_object(value) {
        let calendar = calendar_of(vm, object)?;
        let fields = Fields::read(vm, object, &calendar, Wanted::all() - Wanted::ZONE_IS_REQUIRED)?;
        let calendar_fields = fields.date();
        if fields.zone.is_none() {
            let partial = PartialDate { calendar_fields, calendar };
            let date = PlainDate::from_partial(partial, Some(Overflow::Constrain)).or_throw(vm)?;
            return Ok(Some(date.into()));
        }
        let time = fields.time(vm, Overflow::Constrain)?;
        let partial = PartialZonedDateTime {
            fields: ZonedDateTimeFields { calendar_fields, time, offset: fields.offset },
            timezone: fields.zone,
            calendar,
        };
        let time = ZonedDateTime::from_partial_with_provider(partial, None, None, None, provider());
        return Ok(Some(time.or_throw(vm)?.into()));
    }
    let Some(text) = value.downcast::<JsString>() else {
        return Err(type_error(vm, "relativeTo must be object or string."));
    };
    let text = text.to_rust(&vm.memory);
    RelativeTo::try_from_str_with_provider(&text, provider()).or_throw(vm).map(Some)
}
