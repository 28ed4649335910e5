'use strict';

// ejs, handlebars and marked: templates and texts made into HTML.

const path = require('node:path');
const ejs = require('ejs');
const Handlebars = require('handlebars');
const { marked } = require('marked');
const { folder, without } = require('./support/files');

const root = folder({
  'page.ejs': '<%- include("head", { title }) %>\n<% if (user) { %>\n  <p><%= user.name %></p>\n<% } else { -%>\n<p>nobody</p>\n<% } -%>\n<%- include("/foot") %>',
  'head.ejs': '<title><%= title %></title>',
  'foot.ejs': '<footer><%# a comment %>100%%></footer>\n',
  'broken.ejs': 'one\ntwo <%= missing.name %>\nthree\nfour\nfive',
});

function show(name, action) {
  try {
    console.log(`--- ${name}\n${without(root, action())}`);
  } catch (error) {
    console.log(`--- ${name} throws ${error.name}\n${without(root, error.message)}`);
  }
}

// ejs
const people = ['geddy', 'neil', 'alex'];
show('ejs join', () => ejs.render('<%= people.join(", "); %>', { people }));
show('ejs escape', () => ejs.render('<%= html %>|<%- html %>|<%= undefined %>|<%= null %>|<%= 0 %>', { html: '<a href="x">\'&\'</a>' }));
show('ejs loop', () => ejs.render('<% people.forEach(function (p, i) { %><%= i %>:<%= p %>\n<% }) -%>\nend', { people }));
show('ejs delimiters', () => ejs.render('[?= x ?] <?= x ?>', { x: 1 }, { delimiter: '?', openDelimiter: '[', closeDelimiter: ']' }));
show('ejs trim', () => ejs.render('  <%_ if (true) { _%>  \n  yes\n  <%_ } _%>  \n-', {}, { rmWhitespace: false }));
show('ejs rmWhitespace', () => ejs.render('  a  \n   <%= 1 %>  \n  b', {}, { rmWhitespace: true }));
show('ejs no with', () => ejs.render('<%= locals.a %> <%= it.a %>', { a: 1 }, { _with: false, localsName: 'it' }));
show('ejs compile', () => ejs.compile('<%= a + b %>', { strict: true, destructuredLocals: ['a', 'b'] })({ a: 1, b: 2 }));
show('ejs client', () => ejs.compile('Hi <%= name %>\n', { client: true, compileDebug: false }).toString());
show('ejs source', () => ejs.compile('Hi <%= name %>\n<% if (x) { %>x<% } %>').toString());
show('ejs own escape', () => ejs.render('<%= "a" %>', {}, { escape: (text) => `[${text}]` }));
show('ejs missing', () => ejs.render('a\n<%= missing %>\nb', {}));
show('ejs syntax', () => ejs.render('<% if (x { %>', {}));
show('ejs unclosed', () => ejs.render('<% if (x) {', {}));
show('ejs literal', () => ejs.render('<%% 1 %%> %%>', {}));
ejs.renderFile(path.join(root, 'page.ejs'), { title: 'T & T', user: { name: '<b>' } }, { root }, (error, text) => {
  show('ejs file', () => { if (error) throw error; return text; });
  ejs.renderFile(path.join(root, 'broken.ejs'), {}, (failure) => show('ejs broken file', () => { throw failure; }));
});
ejs.renderFile(path.join(root, 'page.ejs'), { title: 'x', user: null }, { root, cache: true }).then((text) => show('ejs promised', () => text));
show('ejs async', () => { ejs.render('<%= await later() %>', { later: async () => 'later' }, { async: true }).then((text) => console.log('async', text)); return ''; });

// Handlebars
const render = (template, data, options) => Handlebars.compile(template, options)(data, options);
Handlebars.registerHelper('loud', (text) => String(text).toUpperCase());
Handlebars.registerHelper('list', function list(items, options) { return `<ul>${items.map((item) => `<li>${options.fn(item)}</li>`).join('')}</ul>`; });
Handlebars.registerHelper('link', (text, options) => new Handlebars.SafeString(`<a ${Object.entries(options.hash).map(([k, v]) => `${k}="${Handlebars.escapeExpression(v)}"`).join(' ')}>${text}</a>`));
Handlebars.registerHelper('raw', (options) => options.fn());
Handlebars.registerPartial('item', '{{name}} ({{> nested}})');
Handlebars.registerPartial('nested', '{{#if price}}{{price}}{{else}}free{{/if}}');
Handlebars.registerPartial('layout', '<main>{{> @partial-block}}</main>');
const data = { name: 'Ann & <Bob>', items: [{ name: 'a', price: 1 }, { name: 'b' }], map: { x: 1, y: 2 }, nested: { deep: { value: 'v' } }, empty: [], yes: true, zero: 0 };
for (const [name, template] of Object.entries({
  escape: '{{name}} {{{name}}} {{&name}}', path: '{{nested.deep.value}} {{nested/deep/value}} {{this.yes}} {{[name]}}', if: '{{#if yes}}y{{else}}n{{/if}} {{#unless zero}}u{{/unless}} {{#if empty}}e{{else if yes}}ei{{/if}} {{#if zero includeZero=true}}z{{/if}}',
  each: '{{#each items}}{{@index}}{{@first}}{{@last}} {{name}} {{../name}};{{else}}none{{/each}} {{#each map}}{{@key}}={{this}} {{/each}}{{#each empty}}x{{else}}none{{/each}}', with: '{{#with nested.deep as |d|}}{{d.value}} {{value}} {{@root.zero}}{{/with}}',
  helpers: '{{loud "abc"}} {{loud (loud name)}} {{#list items}}{{name}}{{/list}} {{link "t" href="a?b&c" class="x"}}', partials: '{{#each items}}{{> item}} {{/each}}{{> nested price=5}} {{#> layout}}inner {{name}}{{/layout}} {{#> absent}}fallback{{/absent}}',
  whitespace: 'a   {{~yes~}}   b\n{{#if yes}}\n  line\n{{/if}}\nend', comments: '{{! no }}{{!-- no {{x}} --}}yes', literals: '{{lookup map "x"}} {{lookup items 0}} {{true}} {{null}} {{undefined}} {{12}}', inline: '{{#*inline "in"}}I{{x}}{{/inline}}{{> in x=3}}', rawblock: '{{{{raw}}}} {{x}} {{{{/raw}}}}',
  blockparams: '{{#each items as |it i|}}{{i}}:{{it.name}} {{/each}}', log: '{{log "logged" name level="error"}}', missing: '{{absent.thing}}|{{absent}}', unknown: '{{unknown 1}}', syntax: '{{#if}}', unclosed: '{{#if x}}', bad: '{{name', noproto: '{{constructor}}{{__proto__}}{{map.toString}}',
})) show(`handlebars ${name}`, () => render(template, data));
show('handlebars strict', () => render('{{absent}}', {}, { strict: true }));
show('handlebars noEscape', () => render('{{name}}', data, { noEscape: true }));
show('handlebars ast', () => JSON.stringify(Handlebars.parse('a {{b.c "d" e=1}}{{#f}}g{{/f}}')));
show('handlebars precompiled', () => Handlebars.precompile('Hi {{name}} {{#each items}}{{price}}{{/each}}'));
show('handlebars data', () => Handlebars.compile('{{@mine}}')({}, { data: { mine: 'private' } }));

// marked
const text = `# Title *emphasis*

Setext
------

A paragraph with **bold**, _italic_, ~~gone~~, \`code\`, [link](http://a.b "title"), ![image](i.png), <b>html</b>,
an automatic http://example.com/x?y=1&z link, hard break  
and & < > " ' \\*escaped\\*.

> quote
> > nested
>
> - list in quote

1. one
2. two
   - nested
     continued

   paragraph
5. five

* [ ] todo
* [x] done

\`\`\`js title
const a = '<b>' && 1;
\`\`\`

    indented code

| a | b | c |
|:--|:-:|--:|
| 1 | **2** | \`3|\` |
| x |

***

[reference][ref] and [ref] and [absent]

[ref]: <http://ref.example> 'Ref'

<div>
*html block*
</div>

Line\\
break, footnote[^1], emoji 😀, &copy; &#x41; \`\`a \` b\`\`
`;
show('marked', () => marked.parse(text));
show('marked breaks', () => marked.parse('a\nb\n\nc', { breaks: true }));
show('marked no gfm', () => marked.parse('~~a~~ http://x.y\n\n|a|\n|-|\n|b|', { gfm: false }));
show('marked inline', () => marked.parseInline('**a** `b` <c@d.e>'));
show('marked lexer', () => JSON.stringify(marked.lexer('- a\n- b\n\n`c`')));
marked.use({
  renderer: { heading({ tokens, depth }) { return `<h${depth} class="own">${this.parser.parseInline(tokens)}</h${depth}>\n`; } },
  walkTokens: (token) => { if (token.type === 'strong') token.type = 'em'; },
  extensions: [{ name: 'at', level: 'inline', start: (src) => src.indexOf('@'), tokenizer(src) { const m = /^@(\w+)/.exec(src); return m && { type: 'at', raw: m[0], name: m[1] }; }, renderer: (token) => `<at>${token.name}</at>` }],
});
show('marked extended', () => marked.parse('# A **b**\n\nhello @you'));
show('marked wrong', () => marked.parse(null));
