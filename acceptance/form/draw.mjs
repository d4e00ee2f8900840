// Writes the form as one HTML file: node acceptance/form/draw.mjs SHOWN.json FORM.html
// SHOWN.json holds `schema`, `formData` and `isOpen`, as acceptance/form/page.mjs takes them.
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const [shownFile, htmlFile] = process.argv.slice(2);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const {outputFiles} = await build({
  entryPoints: [here('page.mjs')],
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  define: {'process.env.NODE_ENV': '"production"'},
});
// Text inside of a script must not end it; esbuild sees to that in its output.
const shown = readFileSync(shownFile, 'utf8').replaceAll('</', '<\\/');
writeFileSync(
  htmlFile,
  `<!doctype html><meta charset="utf-8"><title>Kustomer</title><style>${readFileSync(here('page.css'), 'utf8')}</style>
<div id="form"></div>
<script>globalThis.SHOWN = ${shown}</script>
<script>${outputFiles[0].text}</script>`,
);
