// A net of one-way constraints: changes travel along a plan.
class Variable {
  constructor(value) { this.value = value; this.uses = []; this.by = null; this.mark = 0; }
}
class Constraint {
  constructor(strength, inputs, output) {
    this.strength = strength; this.inputs = inputs; this.output = output;
    for (let i = 0; i < inputs.length; i++) inputs[i].uses.push(this);
    if (output.by === null || output.by.strength < strength) output.by = this;
  }
  isKnown(mark) {
    for (let i = 0; i < this.inputs.length; i++) {
      const input = this.inputs[i];
      if (input.by !== null && input.mark !== mark) return false;
    }
    return true;
  }
}
class Equal extends Constraint {
  execute() { this.output.value = this.inputs[0].value; }
}
class Scale extends Constraint {
  execute() { this.output.value = this.inputs[0].value * this.inputs[1].value + this.inputs[2].value; }
}
let mark = 0;
function plan(from) {
  mark++;
  from.mark = mark;
  const list = [], todo = [from];
  while (todo.length > 0) {
    const variable = todo.pop();
    for (let i = 0; i < variable.uses.length; i++) {
      const constraint = variable.uses[i], output = constraint.output;
      if (output.by === constraint && output.mark !== mark && constraint.isKnown(mark)) {
        output.mark = mark;
        list.push(constraint);
        todo.push(output);
      }
    }
  }
  return list;
}
const first = new Variable(0), scale = new Variable(1), offset = new Variable(1);
let last = first;
for (let i = 0; i < 100; i++) {
  const next = new Variable(0);
  if (i % 2) new Equal(1, [last], next); else new Scale(2, [last, scale, offset], next);
  last = next;
}
let total = 0;
for (let round = 0; round < 2000; round++) {
  const steps = plan(first);
  for (let change = 0; change < 4; change++) {
    first.value = round + change;
    for (let i = 0; i < steps.length; i++) steps[i].execute();
    total += last.value;
  }
}
check(total, 2000 * 4 * 50 + 4 * 1999000 + 2000 * 6);
