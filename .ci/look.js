#!/usr/bin/env node
'use strict';
// Pictures of an EPUB's pages as a reading system's window shows them: each document's opening, its notes, its first
// figure, table, verse, list and piece of code; narrow and wide, by day and by night.
//
//   node look.js OUTDIR FOLDER    (FOLDER: the EPUB, unpacked; run in the folder that has node_modules/puppeteer)

const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
process.env.PUPPETEER_EXECUTABLE_PATH ||= ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(fs.existsSync) || '';
const puppeteer = require(require.resolve('puppeteer', { paths: [process.cwd()] }));

const [out, folder] = process.argv.slice(2);
if (!out || !folder) {
  console.error('usage: look.js OUTDIR FOLDER');
  process.exit(2);
}
const windows = [[600, 800], [1200, 900]];
const spots = [
  ['opening', null],
  ['notes', '[role="doc-endnotes"], [epub\\:type~="endnotes"]'],
  ['figure', 'figure'],
  ['table', 'table'],
  ['verse', '.verse'],
  ['code', 'pre'],
  ['list', 'main ul, main ol, section ul, section ol'],
];

function documents(dir) {
  return fs.readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((e) => {
    const p = path.join(dir, e.name);
    return e.isDirectory() ? documents(p) : /\.xhtml$/.test(e.name) ? [p] : [];
  });
}

(async () => {
  fs.mkdirSync(out, { recursive: true });
  const browser = await puppeteer.launch({ headless: true, timeout: 60000, args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'] });
  let n = 0;
  try {
    for (const file of documents(folder)) {
      const page = await browser.newPage();
      for (const [width, height] of windows) {
        await page.setViewport({ width, height });
        for (const scheme of ['light', 'dark']) {
          await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
          await page.goto(pathToFileURL(path.resolve(file)).href);
          // The reader's own night mode: a dark page and pale text, over which the book's style must stay legible.
          if (scheme === 'dark') await page.addStyleTag({ content: ':root{background:#121212;color:#e4e4e4}a{color:#9ab8ff}' }).catch(() => {});
          for (const [name, selector] of spots) {
            if (selector) {
              const found = await page.evaluate((s) => {
                const e = document.querySelector(s);
                if (!e) return false;
                window.scrollTo(0, e.getBoundingClientRect().top + window.scrollY - 24);
                return true;
              }, selector);
              if (!found) continue;
            }
            await page.screenshot({ path: path.join(out, `${path.basename(file, '.xhtml')}-${name}-${width}-${scheme}.png`) });
            n++;
          }
        }
      }
      // What runs out of the window at phone width is lost to the reader.
      await page.setViewport({ width: 320, height: 568 });
      await page.goto(pathToFileURL(path.resolve(file)).href);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > 320) console.log(`${path.basename(file)}: ${wide} px wide in a window of 320 px`);
      await page.close();
    }
  } finally {
    await browser.close();
  }
  console.log(`${n} pictures in ${out}`);
})().catch((err) => {
  console.error(err);
  process.exit(1);
});
