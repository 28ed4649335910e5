import a from 'a' with { type: 'json' };
import 'b' with { 'type': "css", other: 'x', };
export * from 'c' with {};
export { d } from 'd' with { type: 'json' };
