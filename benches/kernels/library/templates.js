// A page built of templates.
const rows = Array.from({ length: 300 }, (_, i) => ({ id: i, title: `Item ${i}`, price: i * 1.25, tags: ['a', 'b' + i] }));
const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const render = (row) => `
  <tr id="row-${row.id}" class="${row.id % 2 ? 'odd' : 'even'}">
    <td>${escape(row.title)}</td><td>${row.price.toFixed(2)}</td>
    <td>${row.tags.map((tag) => `<i>${escape(tag)}</i>`).join(' ')}</td>
  </tr>`;
let total = 0;
for (let round = 0; round < 40; round++) total += `<table>${rows.map(render).join('')}</table>`.length;
check(total, 1321880);
