// Files are written and read in all ways.
const fs = require('fs');
const os = require('os');
const path = require('path');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'axil-'));
const file = path.join(folder, 'a.txt');
(async () => {
  const { promises } = fs;
  await promises.writeFile(file, 'hello');
  await promises.appendFile(file, ' world');
  console.log(await promises.readFile(file, 'utf8'), (await promises.stat(file)).size);
  const handle = await promises.open(file, 'r+');
  console.log(String((await handle.read(Buffer.alloc(5), 0, 5, 0)).buffer), (await handle.write('HE', 0)).bytesWritten);
  console.log(String(await handle.readFile()), (await handle.stat()).isFile());
  await handle.close();
  console.log(handle.fd);
  await promises.mkdir(path.join(folder, 'b/c'), { recursive: true });
  await promises.writeFile(path.join(folder, 'b/c/x'), 'x');
  console.log((await promises.readdir(folder, { recursive: true })).sort());
  console.log(fs.globSync('**/*', { cwd: folder }).sort());
  for await (const chunk of fs.createReadStream(file, { start: 2, end: 6, encoding: 'utf8', highWaterMark: 2 })) {
    console.log(chunk);
  }
  const out = fs.createWriteStream(path.join(folder, 'w'));
  out.write('a');
  await new Promise((resolve) => { out.end('bc', resolve); });
  console.log(out.bytesWritten, fs.readFileSync(path.join(folder, 'w'), 'latin1'));
  fs.cpSync(folder, `${folder}-copy`, { recursive: true });
  console.log(fs.readdirSync(`${folder}-copy`, { withFileTypes: true }).map((it) => [it.name, it.isDirectory()]));
  const fd = fs.openSync(file);
  const parts = [Buffer.alloc(2), Buffer.alloc(3)];
  console.log(fs.readvSync(fd, parts), parts.map(String), typeof fs.fstatSync(fd, { bigint: true }).mtimeNs);
  fs.closeSync(fd);
  fs.rmSync(folder, { recursive: true });
  fs.rmSync(`${folder}-copy`, { recursive: true });
  console.log(fs.existsSync(folder));
})();
