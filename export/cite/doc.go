// Package cite writes an issue's and its articles' references for the programs that manage them: BibTeX and biblatex, RIS, and
// CSL-JSON. Facts come from package reference; here is only how each format says them, and what each cannot say.
package cite
