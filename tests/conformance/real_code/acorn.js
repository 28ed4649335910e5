// acorn, from the npm registry, parses a file; a hash stands for the tree.
const tree = acorn.parse(text, { ecmaVersion: 'latest', sourceType: 'script' });
const json = JSON.stringify(tree, (_, value) => (typeof value === 'bigint' ? null : value));
let hash = 0;
for (let i = 0; i < json.length; i++) hash = (hash * 31 + json.charCodeAt(i)) | 0;
console.log(json.length, hash);
