// EPUBCheck over many files in one JVM, which spends four seconds on starting for each second of checking.
//
//   java -cp 'jars/*' org.mozilla.javascript.tools.shell.Main many.js OUTDIR FILE.epub...
//
// Writes OUTDIR/0.json, 1.json … in the order of the files, as EPUBCheck's own --json does, and prints for each file its
// place and the exit code that the command line would have had.
(function (args) {
  var out = args.shift();
  for (var i = 0; i < args.length; i++) {
    var argv = java.lang.reflect.Array.newInstance(java.lang.String, 5);
    ['-q', '--failonwarnings', '--json', out + '/' + i + '.json', args[i]].forEach(function (a, k) { argv[k] = a; });
    var code;
    try {
      code = new com.adobe.epubcheck.tool.EpubChecker().run(argv);
    } catch (e) {
      code = 'exception ' + e;
    }
    java.lang.System.out.println('\u0001' + i + '\t' + code);
  }
})(Array.prototype.slice.call(arguments));
