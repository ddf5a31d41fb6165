#!/usr/bin/env node
'use strict';
// Ace by DAISY over many EPUBs with one browser: the command line of Ace starts a Chromium for each file,
// which costs more than the checking.
//
//   node check.js OUTDIR FILE.epub...
//
// For each file one line on standard output, "path<TAB>faults", and each fault on standard error. A file that
// Ace cannot read to the end counts as "error". Exit 0: no faults; 2: faults; 1: Ace itself could not run.

const fs = require('fs');
const os = require('os');
const path = require('path');

process.env.PUPPETEER_EXECUTABLE_PATH ||= ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(fs.existsSync) || '';
process.env.ACE_TIMEOUT_INITIAL = process.env.ACE_TIMEOUT_INITIAL || '60000'; // ms; the browser starts slowly on a busy machine
const need = (name) => require(require.resolve(name, { paths: [process.cwd()] }));
const ace = need('@daisy/ace-core');
const runner = need('@daisy/ace-axe-runner-puppeteer');
const logger = need('@daisy/ace-logger');

const [outdir, ...files] = process.argv.slice(2);
if (!outdir || files.length === 0) {
  console.error('usage: check.js OUTDIR FILE.epub...');
  process.exit(1);
}

// Ace opens and closes its runner once a file; ours keeps the browser between files.
const shared = {
  setTimeout: runner.setTimeout,
  concurrency: 2,
  launch: async () => {},
  close: async () => {},
  run: runner.run,
};

// flatten lists the failed assertions of a report: one for each document and rule.
function flatten(report) {
  const faults = [];
  for (const doc of report.assertions || []) {
    const where = (doc['earl:testSubject'] || {}).url || '';
    for (const a of doc.assertions || []) {
      const test = a['earl:test'] || {};
      const result = a['earl:result'] || {};
      if (result['earl:outcome'] !== 'fail') continue;
      faults.push({
        where,
        impact: test['earl:impact'] || '',
        rule: test['dct:title'] || '',
        text: (result['dct:description'] || '').replace(/\s+/g, ' ').trim(),
        at: (result['earl:pointer'] || {}).cfi || '',
      });
    }
  }
  return faults;
}

async function main() {
  fs.mkdirSync(outdir, { recursive: true });
  logger.initLogger({ verbose: false, silent: true, fileName: 'ace.log' });
  await runner.launch();
  let bad = 0;
  try {
    for (const [i, file] of files.entries()) {
      let count;
      try {
        const tmp = fs.mkdtempSync(path.join(os.tmpdir(), 'ace-'));
        const out = path.join(outdir, `${String(i).padStart(3, '0')}-${path.basename(file, '.epub')}`);
        const [, report] = await ace(file, { cwd: process.cwd(), outdir: out, tmpdir: tmp, silent: true, jobid: file }, shared);
        fs.rmSync(tmp, { recursive: true, force: true });
        const faults = flatten(report);
        const outcome = (report['earl:result'] || {})['earl:outcome'];
        for (const f of faults) {
          console.error(`${file}: ${f.where}: ${f.impact} ${f.rule}: ${f.text} ${f.at}`);
        }
        if (outcome !== 'pass' && outcome !== 'fail') throw new Error(`no outcome in the report: ${outcome}`);
        count = faults.length || (outcome === 'fail' ? 1 : 0);
      } catch (err) {
        console.error(`${file}: ace could not finish: ${(err && err.message) || err}`);
        count = 'error';
      }
      if (count !== 0) bad++;
      console.log(`${file}\t${count}`);
    }
  } finally {
    await runner.close();
  }
  return bad === 0 ? 0 : 2;
}

main().then((code) => process.exit(code), (err) => {
  console.error(`ace could not run: ${(err && err.stack) || err}`);
  process.exit(1);
});
