// zod and ajv, from an ECMAScript module.

import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as z from 'zod';
import { z as z3 } from 'zod/v3';

const show = (name, action) => {
  try {
    console.log(name, action());
  } catch (error) {
    console.log(name, 'throws', error.name, error.message);
  }
};

// zod
const User = z.object({
  name: z.string().min(2).max(10).trim(), age: z.number().int().positive().optional(), email: z.email(), role: z.enum(['admin', 'user']).default('user'),
  tags: z.array(z.string()).nonempty().max(3), address: z.object({ street: z.string(), zip: z.string().regex(/^\d{5}$/) }).partial().nullable(),
  id: z.union([z.uuid(), z.number()]), when: z.coerce.date(), extra: z.record(z.string(), z.number()).optional(),
}).strict();
const good = { name: ' Ann ', email: 'a@b.co', tags: ['x'], address: { street: 's' }, id: 5, when: '2024-02-29' };
show('parse', () => User.parse(good));
show('fails', () => JSON.stringify(User.safeParse({ name: 'A', age: -1.5, email: 'nope', role: 'king', tags: [], address: { zip: 'x' }, id: 'q', when: 'never', more: 1 }).error.issues, null, 1));
show('pretty', () => z.prettifyError(User.safeParse({}).error));
show('flattened', () => JSON.stringify(z.flattenError(User.safeParse({ ...good, name: 5 }).error)));
show('tree', () => JSON.stringify(z.treeifyError(User.safeParse({ ...good, tags: [1], address: { zip: 1 } }).error)));
show('throws', () => User.parse(null));
show('shape', () => [Object.keys(User.shape), Object.keys(User.pick({ name: true }).shape), Object.keys(User.omit({ name: true }).shape), User.keyof().options]);
const Shape = z.discriminatedUnion('kind', [z.object({ kind: z.literal('circle'), r: z.number() }), z.object({ kind: z.literal('square'), a: z.number() })]);
show('union', () => [Shape.parse({ kind: 'circle', r: 1 }), JSON.stringify(Shape.safeParse({ kind: 'line' }).error.issues)]);
const Node = z.object({ value: z.number(), get children() { return z.array(Node); } });
show('recursive', () => JSON.stringify(Node.parse({ value: 1, children: [{ value: 2, children: [] }] })));
show('transform', () => z.string().transform((text) => text.length).pipe(z.number().min(3)).safeParse('ab').error.issues);
show('refine', () => z.object({ a: z.string(), b: z.string() }).refine((data) => data.a === data.b, { message: 'differ', path: ['b'] }).safeParse({ a: '1', b: '2' }).error.issues);
show('super', () => z.string().superRefine((value, context) => { context.addIssue({ code: 'custom', message: `bad ${value}` }); }).safeParse('x').error.issues);
for (const [name, schema, values] of [['url', z.url(), ['http://a.b', 'x']], ['iso', z.iso.datetime(), ['2024-02-29T00:00:00Z', '2024-02-30T00:00:00Z']], ['ip', z.ipv4(), ['1.2.3.4', '1.2.3.400']], ['bigint', z.bigint().min(5n), [5n, 4n]],
  ['map', z.map(z.string(), z.number()), [new Map([['a', 1]]), new Map([[1, 1]])]], ['set', z.set(z.number()).max(1), [new Set([1]), new Set([1, 2])]], ['tuple', z.tuple([z.string(), z.number()]).rest(z.boolean()), [['a', 1, true], ['a']]], ['template', z.templateLiteral(['v', z.number()]), ['v1', 'vx']],
  ['nan', z.number(), [NaN, Infinity]], ['int32', z.int32(), [2 ** 31, 5]], ['bool', z.stringbool(), ['yes', 'maybe']], ['never', z.never(), [1]], ['instance', z.instanceof(Date), [new Date(0), {}]], ['intersection', z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })), [{ a: '1', b: '2' }, {}]],
  ['catch', z.number().catch(7), ['x']], ['preprocess', z.preprocess(Number, z.number()), ['5']], ['readonly', z.object({ a: z.number() }).readonly(), [{ a: 1 }]], ['brand', z.string().brand('B'), ['x']], ['json', z.json(), [{ a: [1, null] }, undefined]], ['base64', z.base64(), ['aGk=', '!']], ['emoji', z.emoji(), ['😀', 'a']], ['nullish', z.string().nullish(), [null, undefined, 1]]]) {
  show(name, () => values.map((value) => { const result = schema.safeParse(value); return result.success ? result.data : result.error.issues.map((issue) => issue.message); }));
}
show('async', () => typeof z.string().refine(async () => true).parseAsync);
show('json schema', () => JSON.stringify(z.toJSONSchema(z.object({ a: z.string().email(), b: z.number().int().optional(), c: z.array(z.enum(['x', 'y'])) }))));
show('function', () => z.function({ input: [z.number()], output: z.string() }).implement((n) => String(n))(5));
show('v3', () => z3.object({ a: z3.string(), b: z3.number().gt(5) }).safeParse({ a: 1, b: 2 }).error.format());
z.config(z.locales.de());
show('german', () => z.string().safeParse(5).error.issues[0].message);

// ajv
const schema = {
  $id: 'http://example.com/person', type: 'object', required: ['name', 'age'], additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 5, pattern: '^[A-Z]' }, age: { type: 'integer', minimum: 0, exclusiveMaximum: 150, multipleOf: 2 }, email: { type: 'string', format: 'email' }, born: { type: 'string', format: 'date' },
    tags: { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true, contains: { const: 'x' } }, size: { oneOf: [{ type: 'number', maximum: 5 }, { type: 'string', enum: ['s', 'm'] }] }, parent: { $ref: '#' },
    any: { anyOf: [{ type: 'null' }, { type: 'boolean' }], not: { const: false } }, map: { type: 'object', patternProperties: { '^x': { type: 'number' } }, propertyNames: { maxLength: 2 }, maxProperties: 2 }, address: { $ref: 'defs#/definitions/address' },
    choice: { if: { properties: { kind: { const: 'a' } }, required: ['kind'] }, then: { required: ['a'] }, else: { required: ['b'] } }, even: { even: true },
  },
  dependencies: { email: ['born'] },
};
const ajv = new Ajv({ allErrors: true, verbose: false, $data: true });
addFormats(ajv);
ajv.addSchema({ $id: 'http://example.com/defs', definitions: { address: { type: 'object', properties: { zip: { type: 'string' } }, required: ['zip'] } } });
ajv.addKeyword({ keyword: 'even', type: 'number', schemaType: 'boolean', validate: (wanted, value) => (value % 2 === 0) === wanted, error: { message: 'must be even' } });
const validate = ajv.compile(schema);
for (const value of [{ name: 'Ann', age: 30 }, { name: 'x', age: -1.5, more: 1 }, { name: 'Ann', age: 151, email: 'nope', tags: ['a', 'a'], size: true, any: false, map: { xa: 'n', abc: 1, y: 2 } },
  { name: 'Ann', age: 2, parent: { name: 'B' }, address: {}, choice: { kind: 'a' }, even: 3 }, { name: 'Ann', age: 2, choice: {}, size: 's', any: null, tags: ['x'], born: '2024-02-30' }, null, []]) {
  show('ajv', () => [validate(value), JSON.stringify(validate.errors)]);
  show('text', () => ajv.errorsText(validate.errors, { dataVar: 'person' }));
}
show('coerce', () => { const data = { a: '5', b: 'true', c: 1 }; const check = new Ajv({ coerceTypes: true, useDefaults: true, removeAdditional: true }).compile({ type: 'object', additionalProperties: false, properties: { a: { type: 'number' }, b: { type: 'boolean' }, d: { type: 'string', default: 'x' } } }); return [check(data), data]; });
show('strict', () => new Ajv().compile({ type: 'object', unknownKeyword: 1 }));
show('invalid', () => new Ajv().compile({ type: 'nonsense' }));
show('missing ref', () => new Ajv().compile({ $ref: 'absent.json' }));
show('2020', () => { const check = new Ajv2020().compile({ prefixItems: [{ type: 'number' }, { type: 'string' }], items: false, unevaluatedItems: false }); return [check([1, 'a']), check([1, 'a', 2]), check.errors]; });
show('data', () => { const check = new Ajv({ $data: true }).compile({ properties: { small: { type: 'number', maximum: { $data: '1/large' } }, large: { type: 'number' } } }); return [check({ small: 1, large: 2 }), check({ small: 3, large: 2 })]; });
show('code', () => new Ajv({ code: { source: true, lines: true } }).compile({ type: 'object', properties: { a: { type: 'string' } } }).toString());
const asynchronous = new Ajv();
asynchronous.addKeyword({ keyword: 'known', async: true, type: 'number', validate: async (wanted, value) => value < 10 });
const check = asynchronous.compile({ $async: true, properties: { id: { type: 'number', known: true } } });
console.log(await check({ id: 5 }), await check({ id: 50 }).catch((error) => [error.message, error.errors]));
