'use strict';

// Symbols by which emitters and event targets know each other.

const kIsEventTarget = Symbol.for('nodejs.event_target');

function isEventTarget(value) {
  return Boolean(value?.constructor?.[kIsEventTarget]);
}

module.exports = {
  isEventTarget,
  kIsEventTarget,
  kFirstEventParam: Symbol('nodejs.kFirstEventParam'),
  kMaxEventTargetListeners: Symbol('events.maxEventTargetListeners'),
  kMaxEventTargetListenersWarned: Symbol('events.maxEventTargetListenersWarned'),
  /** An option of listeners that are called even when propagation was stopped. */
  kResistStopPropagation: Symbol('kResistStopPropagation'),
  kWatermarkData: Symbol.for('nodejs.watermarkData'),
};
