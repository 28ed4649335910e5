// Classes with fields, private names and accessors.
class Account {
  #balance = 0;
  count = 0;
  static opened = 0;
  constructor() { Account.opened++; }
  get balance() { return this.#balance; }
  deposit(amount) { this.#balance += amount; this.count++; return this; }
}
let total = 0;
for (let i = 0; i < 400000; i++) {
  const account = new Account();
  account.deposit(i & 15).deposit(1);
  total += account.balance + account.count;
}
check(total + Account.opened, 4600000);
