'use strict';

/**
 * A binary heap. Its items know where they stand, in `heapIndex`, so that one in the middle
 * can be removed.
 */
class Heap {
  #items = [];
  #isBefore;

  constructor(isBefore) {
    this.#isBefore = isBefore;
  }

  get size() {
    return this.#items.length;
  }

  peek() {
    return this.#items[0];
  }

  push(item) {
    item.heapIndex = this.#items.push(item) - 1;
    this.#up(item);
  }

  remove(item) {
    const at = item.heapIndex;
    if (this.#items[at] !== item) return;
    item.heapIndex = undefined;
    const last = this.#items.pop();
    if (last === item) return;
    this.#place(last, at);
    this.update(last);
  }

  /** Puts an item where it belongs, after it has changed. */
  update(item) {
    this.#up(item);
    this.#down(item);
  }

  #place(item, at) {
    this.#items[at] = item;
    item.heapIndex = at;
  }

  #up(item) {
    let at = item.heapIndex;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = this.#items[above];
      if (!this.#isBefore(item, parent)) break;
      this.#place(parent, at);
      at = above;
    }
    this.#place(item, at);
  }

  #down(item) {
    const items = this.#items;
    let at = item.heapIndex;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= items.length) break;
      if (below + 1 < items.length && this.#isBefore(items[below + 1], items[below])) below++;
      if (!this.#isBefore(items[below], item)) break;
      this.#place(items[below], at);
      at = below;
    }
    this.#place(item, at);
  }
}

module.exports = { Heap };
