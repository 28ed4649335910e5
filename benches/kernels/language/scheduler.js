// Tasks that hand packets to each other, as an operating system has them.
class Packet {
  constructor(link, to, kind) { this.link = link; this.to = to; this.kind = kind; this.data = 0; }
  appendTo(queue) {
    this.link = null;
    if (queue === null) return this;
    let last = queue;
    while (last.link !== null) last = last.link;
    last.link = this;
    return queue;
  }
}
class Task {
  constructor(scheduler, id, priority) {
    this.scheduler = scheduler; this.id = id; this.priority = priority;
    this.queue = null; this.held = false; this.next = null;
  }
  receive(packet) { this.queue = packet.appendTo(this.queue); }
  take() {
    const packet = this.queue;
    if (packet !== null) this.queue = packet.link;
    return packet;
  }
}
class Idle extends Task {
  constructor(scheduler, id, rounds) { super(scheduler, id, 0); this.rounds = rounds; this.bits = 1; }
  run() {
    if (--this.rounds === 0) { this.held = true; return; }
    const odd = this.bits & 1;
    this.bits = (this.bits >> 1) ^ (odd ? 0xD008 : 0);
    this.scheduler.release(odd ? 2 : 3);
  }
}
class Worker extends Task {
  constructor(scheduler, id) { super(scheduler, id, 1000); this.turn = 0; }
  run() {
    const packet = this.take();
    if (packet === null) { this.held = true; return; }
    packet.to = this.turn = this.turn === 2 ? 3 : 2;
    packet.data = (packet.data + 7) & 255;
    this.scheduler.send(packet);
  }
}
class Device extends Task {
  constructor(scheduler, id) { super(scheduler, id, 2000); this.seen = 0; }
  run() {
    const packet = this.take();
    if (packet === null) { this.held = true; return; }
    this.seen++;
    packet.to = 1;
    this.scheduler.send(packet);
    this.held = true;
  }
}
class Scheduler {
  constructor() { this.tasks = []; this.list = null; this.sent = 0; }
  add(task) { this.tasks[task.id] = task; task.next = this.list; this.list = task; }
  release(id) { this.tasks[id].held = false; }
  send(packet) { this.sent++; const task = this.tasks[packet.to]; task.receive(packet); if (task.id === 1) task.held = false; }
  run() {
    for (let ran = true; ran;) {
      ran = false;
      for (let task = this.list; task !== null; task = task.next) {
        if (!task.held) { task.run(); ran = true; }
      }
    }
  }
}
let sent = 0;
for (let round = 0; round < 20; round++) {
  const scheduler = new Scheduler();
  scheduler.add(new Idle(scheduler, 0, 10000));
  scheduler.add(new Worker(scheduler, 1));
  scheduler.add(new Device(scheduler, 2));
  scheduler.add(new Device(scheduler, 3));
  for (let i = 0; i < 6; i++) scheduler.send(new Packet(null, 1, i));
  scheduler.run();
  sent += scheduler.sent;
}
check(sent > 10000, true);
