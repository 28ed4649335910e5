// TypeScript checks the types of a small project with mistakes in it, and compiles it.
const project = {
  '/main.ts': `import { area, Shape } from './shapes';
const shapes: Shape[] = [{ kind: 'circle', r: 2 }, { kind: 'square', s: 3 }];
const total: number = shapes.map(area).reduce((a, b) => a + b, 0);
const wrong: string = total;
function longest<T extends { length: number }>(a: T, b: T): T { return a.length > b.length ? a : b; }
longest(5, 6);
export class Queue<T> {
  private items: T[] = [];
  push(item: T) { this.items.push(item); return this; }
  get size() { return this.items.lenght; }
}
new Queue<number>().push('x');
const scores = new Map<string, number>();
scores.set(1, 2);
async function later() { const result = await Promise.resolve(1); return result.missing; }
`,
  '/shapes.ts': `export type Shape = { kind: 'circle', r: number } | { kind: 'square', s: number };
export function area(shape: Shape): number {
  switch (shape.kind) {
    case 'circle': return 3 * shape.r * shape.r;
    case 'square': return shape.s * shape.side;
  }
}
export const unused: undefined = null;
`,
};
const files = { ...libraries, ...project };
const host = {
  getSourceFile: (name, options) =>
    files[name] === undefined ? undefined : ts.createSourceFile(name, files[name], options),
  getDefaultLibFileName: () => '/lib/lib.es2015.d.ts',
  getDefaultLibLocation: () => '/lib',
  writeFile: (name, text) => console.log(`== ${name}\n${text}`),
  getCurrentDirectory: () => '/',
  getCanonicalFileName: (name) => name,
  useCaseSensitiveFileNames: () => true,
  getNewLine: () => '\n',
  fileExists: (name) => files[name] !== undefined,
  readFile: (name) => files[name],
  directoryExists: () => true,
  getDirectories: () => [],
};
const program = ts.createProgram(
  ['/main.ts'],
  { strict: true, target: ts.ScriptTarget.ES2015, module: ts.ModuleKind.CommonJS, lib: ['lib.es2015.d.ts'], types: [] },
  host,
);
for (const { file, start, code, messageText } of ts.getPreEmitDiagnostics(program)) {
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const message = ts.flattenDiagnosticMessageText(messageText, '\n');
  console.log(`${file.fileName}:${line + 1}:${character + 1} TS${code}: ${message}`);
}
program.emit();
