//! Who a process belongs to: users and groups.
//!
//! <https://nodejs.org/api/process.html#processgetuid>

use axil_engine::operators::as_object;
use axil_engine::value::Value;
use axil_engine::vm::{Arguments, Completion, Throw, Vm};
use nix::unistd::{Gid, Group, Uid, User};

use crate::native::{array, define, integer, string, text};
use crate::node::system_error;

/// The numbers of the user, the group, those that count, and the parent process.
pub(super) fn ids(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    use rustix::process::{getegid, geteuid, getgid, getppid, getuid};
    let parent = getppid().map_or(0, |parent| parent.as_raw_nonzero().get());
    let ids = [
        Value::from(getuid().as_raw()),
        Value::from(getgid().as_raw()),
        Value::from(geteuid().as_raw()),
        Value::from(getegid().as_raw()),
        Value::int(parent),
    ];
    Ok(array(vm, &ids))
}

/// The numbers of all groups, that of the process among them.
pub(super) fn groups(vm: &mut Vm, _: Arguments<'_>) -> Completion {
    match rustix::process::getgroups() {
        Ok(groups) => {
            let effective = rustix::process::getegid().as_raw();
            let mut numbers: Vec<u32> = groups.iter().map(|group| group.as_raw()).collect();
            if !numbers.contains(&effective) {
                numbers.push(effective);
            }
            let numbers: Vec<Value> = numbers.into_iter().map(Value::from).collect();
            Ok(array(vm, &numbers))
        }
        Err(error) => Err(system_error::throw(vm, &error.into(), "getgroups", None)),
    }
}

/// `userId(name)`: a user's number; undefined if nobody is called so.
pub(super) fn user_id(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let user = User::from_name(&text(vm, arguments, 0)?).ok().flatten();
    Ok(user.map_or(Value::UNDEFINED, |user| Value::from(user.uid.as_raw())))
}

/// `groupId(name)`: a group's number; undefined if none is called so.
pub(super) fn group_id(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let group = Group::from_name(&text(vm, arguments, 0)?).ok().flatten();
    Ok(group.map_or(Value::UNDEFINED, |group| Value::from(group.gid.as_raw())))
}

/// `setId(which, number)`: `which` is the name of the system's function.
pub(super) fn set_id(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let which = text(vm, arguments, 0)?;
    let number = integer(arguments, 1) as u32;
    let (user, group) = (Uid::from_raw(number), Gid::from_raw(number));
    let result = match &*which {
        "setuid" => nix::unistd::setuid(user),
        "seteuid" => nix::unistd::seteuid(user),
        "setgid" => nix::unistd::setgid(group),
        _ => nix::unistd::setegid(group),
    };
    finish(vm, result, &which)
}

/// `setGroups(numbers)`
pub(super) fn set_groups(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let list = vm.create_list_from_array_like(arguments.get(0))?;
    let numbers = list.as_slice().iter().map(|number| number.as_number().unwrap_or(0.0) as u32);
    let groups: Vec<Gid> = numbers.map(Gid::from_raw).collect();
    let result = set_supplementary(&groups);
    finish(vm, result, "setgroups")
}

#[cfg(not(target_vendor = "apple"))]
fn set_supplementary(groups: &[Gid]) -> nix::Result<()> {
    nix::unistd::setgroups(groups)
}

#[cfg(target_vendor = "apple")]
fn set_supplementary(_: &[Gid]) -> nix::Result<()> {
    Err(nix::errno::Errno::ENOTSUP)
}

/// `initGroups(user, group)`: the groups that a user is in, and another one.
pub(super) fn init_groups(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let (name, group) = (text(vm, arguments, 0)?, Gid::from_raw(integer(arguments, 1) as u32));
    let result = match std::ffi::CString::new(name) {
        Ok(name) => init(&name, group),
        Err(_) => Err(nix::errno::Errno::EINVAL),
    };
    finish(vm, result, "initgroups")
}

#[cfg(not(target_vendor = "apple"))]
fn init(name: &std::ffi::CStr, group: Gid) -> nix::Result<()> {
    nix::unistd::initgroups(name, group)
}

#[cfg(target_vendor = "apple")]
fn init(_: &std::ffi::CStr, _: Gid) -> nix::Result<()> {
    Err(nix::errno::Errno::ENOTSUP)
}

/// `userName(number)`: what a user is called; undefined if there is none.
pub(super) fn user_name(vm: &mut Vm, arguments: Arguments<'_>) -> Completion {
    let user = User::from_uid(Uid::from_raw(integer(arguments, 0) as u32)).ok().flatten();
    Ok(user.map_or(Value::UNDEFINED, |user| string(vm, &user.name)))
}

/// Throws as the calls do that Node.js makes by itself: with the system's own words, and
/// its positive number.
fn finish(vm: &mut Vm, result: nix::Result<()>, syscall: &str) -> Completion {
    let Err(errno) = result else { return Ok(Value::UNDEFINED) };
    let error = std::io::Error::from(errno);
    let code = system_error::SystemError::of(&error).code;
    let Throw = vm.throw_error(&format!("{code}, {}", errno.desc()));
    let exception = vm.take_exception();
    if let Some(object) = as_object(exception) {
        define(vm, object, "errno", Value::int(errno as i32));
        for (name, text) in [("code", code), ("syscall", syscall)] {
            let text = string(vm, text);
            define(vm, object, name, text);
        }
    }
    Err(vm.throw(exception))
}
