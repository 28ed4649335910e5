'use strict';

// JUnit's XML: https://nodejs.org/api/test.html#test-reporters

const { hostname } = require('os');

function escapeText(text) {
  return text.replace(/&(?!#\d{1,7};)/g, '&amp;').replace(/</g, '&lt;');
}

function escapeAttribute(text = '') {
  return escapeText(text.replace(/\n/g, '').replace(/"/g, '&quot;'));
}

function escapeComment(text = '') {
  return text.replace(/--/g, '&#45;&#45;');
}

function toXml(node) {
  if (typeof node === 'string') return `${escapeText(node)}\n`;
  const { tag, attrs, nesting, children, comment } = node;
  const indent = '\t'.repeat(nesting + 1);
  if (comment !== undefined) return `${indent}<!-- ${escapeComment(comment)} -->\n`;
  const attributes = Object.entries(attrs).map(([name, value]) => `${name}="${escapeAttribute(String(value))}"`);
  const open = `${indent}<${tag} ${attributes.join(' ')}`;
  if (!children?.length) return `${open}/>\n`;
  return `${open}>\n${children.map(toXml).join('')}${indent}</${tag}>\n`;
}

function isFailure(node) {
  return node?.children?.some((child) => child.tag === 'failure') || node?.attrs?.failures;
}

function isSkipped(node) {
  return node?.children?.some((child) => child.tag === 'skipped') || node?.attrs?.skipped;
}

async function* junitReporter(source) {
  yield '<?xml version="1.0" encoding="utf-8"?>\n';
  yield '<testsuites>\n';
  let current = null;
  const roots = [];

  const start = ({ name, nesting }) => {
    const parent = current;
    current = { __proto__: null, attrs: { __proto__: null, name }, nesting, parent, children: [] };
    if (nesting !== 0 && parent === null) throw new Error('A subtest came before its parent');
    if (nesting === 0) roots.push(current);
    else parent.children.push(current);
  };

  for await (const { type, data } of source) {
    switch (type) {
      case 'test:start':
        start(data);
        break;
      case 'test:pass':
      case 'test:fail': {
        if (current === null) start({ __proto__: null, name: 'root', nesting: 0 });
        if (current.attrs.name !== data.name || current.nesting !== data.nesting) start(data);
        finish(current, type, data);
        const done = current;
        current = done.parent;
        if (done.nesting === 0) yield toXml(done);
        break;
      }
      case 'test:diagnostic': {
        const parent = current?.children ?? roots;
        parent.push({ __proto__: null, nesting: data.nesting, comment: data.message });
        break;
      }
      default:
    }
  }
  for (const each of roots) {
    if (each.comment !== undefined) yield toXml(each);
  }
  yield '</testsuites>\n';
}

function finish(node, type, { details, skip, todo, file, classname }) {
  node.attrs.time = (details.duration_ms / 1000).toFixed(6);
  const children = node.children.filter((child) => child.comment === undefined);
  if (children.length > 0) {
    node.tag = 'testsuite';
    node.attrs.disabled = 0;
    node.attrs.errors = 0;
    node.attrs.tests = children.length;
    node.attrs.failures = children.filter(isFailure).length;
    node.attrs.skipped = children.filter(isSkipped).length;
    node.attrs.hostname = hostname();
    return;
  }
  node.tag = 'testcase';
  node.attrs.classname = classname ?? 'test';
  if (file) node.attrs.file = file;
  if (skip) {
    node.children.push({
      __proto__: null, nesting: node.nesting + 1, tag: 'skipped',
      attrs: { __proto__: null, type: 'skipped', message: skip === true ? 'true' : skip },
    });
  }
  if (todo) {
    node.children.push({
      __proto__: null, nesting: node.nesting + 1, tag: 'skipped',
      attrs: { __proto__: null, type: 'todo', message: todo === true ? 'true' : todo },
    });
  }
  if (type === 'test:fail') {
    const { error } = details;
    node.children.push({
      __proto__: null, nesting: node.nesting + 1, tag: 'failure',
      attrs: { __proto__: null, type: error?.failureType || error?.code, message: error?.message ?? '' },
      children: [require('internal/inspect').inspect(error, { breakLength: Infinity })],
    });
    node.attrs.failure = error?.message ?? '';
  }
}

module.exports = junitReporter;
