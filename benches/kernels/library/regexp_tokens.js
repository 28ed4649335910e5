// A tokenizer made of one sticky regular expression.
const source = `function add(a, b) { /* sum */ const total_1 = a + b * 3.14; return total_1 >= 10 ? "big" : 'small'; } // end\n`.repeat(150);
const token = /\s+|\/\/.*|\/\*[^]*?\*\/|([A-Za-z_$][\w$]*)|(\d+(?:\.\d+)?)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([{}()[\];,.?:]|[-+*\/<>=!&|]+)/y;
let names = 0, numbers = 0, strings = 0, marks = 0;
for (let round = 0; round < 8; round++) {
  token.lastIndex = 0;
  for (let match; token.lastIndex < source.length && (match = token.exec(source)); ) {
    if (match[1]) names++;
    else if (match[2]) numbers++;
    else if (match[3]) strings++;
    else if (match[4]) marks++;
  }
}
check(`${names} ${numbers} ${strings} ${marks}`, '12000 2400 2400 15600');
