'use strict';

// Messages of the domain name system, as they are sent and as programs see what they say.
//
// https://www.rfc-editor.org/rfc/rfc1035#section-4

const HEADER = 12;
const RECURSION_DESIRED = 1;
const CLASS_INTERNET = 1;
/** Names point back to others; a longer way through a message leads in circles. */
const MOST_POINTERS = 128;

/** The numbers of the types of records. */
const TYPES = {
  A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, NAPTR: 35, TLSA: 52,
  ANY: 255, CAA: 257,
};

/** What servers say when they do not answer, by number; others say nothing that programs know. */
const REFUSALS = ['', 'EFORMERR', 'ESERVFAIL', 'ENOTFOUND', 'ENOTIMP', 'EREFUSED'];

/** A name that cannot be sent. */
class BadName extends Error {}
/** An answer that makes no sense. */
class BadAnswer extends Error {}

/** The message that asks for the records of a name; its number is still to be given. */
function question(name, type) {
  const bytes = [0, 0, RECURSION_DESIRED, 0, 0, 1, 0, 0, 0, 0, 0, 0];
  const labels = name.endsWith('.') ? name.slice(0, -1).split('.') : name.split('.');
  if (name !== '' && name !== '.') {
    for (const label of labels) {
      const units = Buffer.from(label, 'latin1');
      if (units.length === 0 || units.length > 63) throw new BadName();
      bytes.push(units.length, ...units);
    }
  }
  bytes.push(0);
  if (bytes.length - HEADER > 255) throw new BadName();
  bytes.push(type >> 8, type & 255, 0, CLASS_INTERNET);
  return Uint8Array.from(bytes);
}

/** Reads a message from its beginning. */
class Reader {
  at = 0;

  constructor(bytes) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  need(count) {
    if (this.at + count > this.bytes.length) throw new BadAnswer();
    this.at += count;
    return this.at - count;
  }

  byte() { return this.bytes[this.need(1)]; }
  short() { return this.bytes.readUInt16BE(this.need(2)); }
  long() { return this.bytes.readUInt32BE(this.need(4)); }

  take(count) {
    const at = this.need(count);
    return this.bytes.subarray(at, at + count);
  }

  /** A text behind its length. */
  text() { return this.take(this.byte()).latin1Slice(); }

  name() {
    const labels = [];
    let back = -1;
    for (let pointers = 0; ;) {
      const length = this.byte();
      if (length === 0) break;
      if (length >= 0xc0) {
        if (++pointers > MOST_POINTERS) throw new BadAnswer();
        const target = (length & 0x3f) << 8 | this.byte();
        if (back < 0) back = this.at;
        this.at = target;
      } else if (length > 63) {
        throw new BadAnswer();
      } else {
        labels.push(this.take(length).latin1Slice().replace(/[.\\]/g, '\\$&'));
      }
    }
    if (back >= 0) this.at = back;
    return labels.join('.');
  }
}

function address6(bytes) {
  const groups = [];
  for (let i = 0; i < 16; i += 2) groups.push((bytes[i] << 8 | bytes[i + 1]).toString(16));
  return native('dns').address6(groups.join(':'));
}

/** What each type of record says, from where its data begin up to `end`. */
const DATA = {
  A: (reader) => ({ address: reader.take(4).join('.') }),
  AAAA: (reader) => ({ address: address6(reader.take(16)) }),
  NS: (reader) => ({ value: reader.name() }),
  CNAME: (reader) => ({ value: reader.name() }),
  PTR: (reader) => ({ value: reader.name() }),
  MX(reader) {
    const priority = reader.short();
    return { exchange: reader.name(), priority };
  },
  TXT(reader, end) {
    const entries = [];
    while (reader.at < end) entries.push(reader.text());
    return { entries };
  },
  SRV(reader) {
    const [priority, weight, port] = [reader.short(), reader.short(), reader.short()];
    return { name: reader.name(), port, priority, weight };
  },
  NAPTR(reader) {
    const [order, preference] = [reader.short(), reader.short()];
    const [flags, service, regexp] = [reader.text(), reader.text(), reader.text()];
    return { flags, service, regexp, replacement: reader.name(), order, preference };
  },
  SOA(reader) {
    return {
      nsname: reader.name(), hostmaster: reader.name(), serial: reader.long(), refresh: reader.long(),
      retry: reader.long(), expire: reader.long(), minttl: reader.long(),
    };
  },
  CAA(reader, end) {
    const critical = reader.byte();
    const tag = reader.text();
    return { critical, type: 'CAA', [tag]: reader.take(end - reader.at).latin1Slice() };
  },
  TLSA(reader, end) {
    const [certUsage, selector, match] = [reader.byte(), reader.byte(), reader.byte()];
    const data = reader.take(end - reader.at);
    return { certUsage, selector, match, data: Uint8Array.from(data).buffer };
  },
};

const NAMES = new Map(Object.entries(TYPES).map(([name, number]) => [number, name]));

/** The records of an answer: the type, the time to live and the data of each. */
function records(bytes) {
  const reader = new Reader(bytes);
  reader.take(3);
  const refusal = reader.byte() & 15;
  if (refusal !== 0) return { code: REFUSALS[refusal] ?? 'ENODATA' };
  const [questions, answers] = [reader.short(), reader.short()];
  reader.take(4);
  for (let i = 0; i < questions; i++) {
    reader.name();
    reader.take(4);
  }
  const found = [];
  for (let i = 0; i < answers; i++) {
    reader.name();
    const type = NAMES.get(reader.short());
    reader.take(2);
    const ttl = reader.long();
    const length = reader.short();
    const end = reader.at + length;
    if (DATA[type] !== undefined) found.push({ type, ttl, data: DATA[type](reader, end) });
    else reader.take(length);
    if (reader.at !== end) throw new BadAnswer();
  }
  return { found };
}

module.exports = { BadAnswer, BadName, TYPES, question, records };
