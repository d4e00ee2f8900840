// Writes dist/NOTICES.txt: the licence texts of the packages whose code is bundled into dist/source-kustomer.js. Most licences ask that their
// text travels with the code, and the bundle leaves node_modules behind.
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {build} from 'esbuild';

const {metafile} = await build({
  entryPoints: ['src/index.ts'],
  bundle: true,
  platform: 'node',
  write: false,
  metafile: true,
  define: {__VERSION__: '""'},
  logLevel: 'warning',
});
const directories = new Set(
  Object.keys(metafile.inputs).flatMap((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/g) ?? []),
);

const notices = [...directories].sort().map((directory) => {
  const {name, version, license} = JSON.parse(readFileSync(`${directory}/package.json`, 'utf8'));
  const texts = readdirSync(directory)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .map((file) => readFileSync(`${directory}/${file}`, 'utf8').trim());
  return [`${name} ${version} (${typeof license === 'string' ? license : 'see below'})`, ...texts].join(
    '\n\n',
  );
});
writeFileSync('dist/NOTICES.txt', `${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
