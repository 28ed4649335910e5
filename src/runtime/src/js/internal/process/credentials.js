'use strict';

// Users and groups: https://nodejs.org/api/process.html#processgetuid

const { codes: { ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_CREDENTIAL } } = require('internal/errors');
const { validateArray, validateUint32 } = require('internal/validators');
const system = native('process');

function validateId(id, name) {
  if (typeof id === 'number') validateUint32(id, name);
  else if (typeof id !== 'string') throw new ERR_INVALID_ARG_TYPE(name, ['number', 'string'], id);
}

function userNumber(user) {
  if (typeof user === 'number') return user >>> 0;
  const number = system.userId(user);
  if (number === undefined) throw new ERR_UNKNOWN_CREDENTIAL('User', user);
  return number;
}

function groupNumber(group) {
  if (typeof group === 'number') return group >>> 0;
  const number = system.groupId(group);
  if (number === undefined) throw new ERR_UNKNOWN_CREDENTIAL('Group', group);
  return number;
}

function setter(name, toNumber) {
  return {
    [name](id) {
      validateId(id, 'id');
      system.setId(name, toNumber(id));
    },
  }[name];
}

module.exports = {
  getuid: function getuid() { return system.ids()[0]; },
  getgid: function getgid() { return system.ids()[1]; },
  geteuid: function geteuid() { return system.ids()[2]; },
  getegid: function getegid() { return system.ids()[3]; },
  getgroups: function getgroups() { return system.groups(); },
  setuid: setter('setuid', userNumber),
  seteuid: setter('seteuid', userNumber),
  setgid: setter('setgid', groupNumber),
  setegid: setter('setegid', groupNumber),
  setgroups: function setgroups(groups) {
    validateArray(groups, 'groups');
    for (let i = 0; i < groups.length; i++) validateId(groups[i], `groups[${i}]`);
    system.setGroups(groups.map(groupNumber));
  },
  initgroups: function initgroups(user, extraGroup) {
    validateId(user, 'user');
    validateId(extraGroup, 'extraGroup');
    const group = groupNumber(extraGroup);
    const name = typeof user === 'string' ? user : system.userName(user);
    if (name === undefined || system.userId(name) === undefined) {
      throw new ERR_UNKNOWN_CREDENTIAL('User', user);
    }
    system.initGroups(name, group);
  },
};
