export default class extends A { }
[1]
