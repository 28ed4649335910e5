'use strict';

// A folder of files that have the same names, bytes and times in every run.

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** Makes the folder; `files` are contents by name. It is gone when the process ends. */
exports.folder = function folder(files) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'axil-packages-'));
  const then = new Date('2024-02-29T12:34:56.789Z');
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
    fs.utimesSync(file, then, then);
  }
  process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }));
  return root;
};

/** `text` without the name of the folder. */
exports.without = (root, text) => String(text).replaceAll(root, '<folder>');
