package bounds

import (
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	r := strings.Repeat
	for _, c := range []struct{ text, limit string }{
		{r("a", 17<<20), "file-size"},
		{r("word ", 110_000), "paragraph"},
		{"```\n" + r("code ", 500_000) + "\n```", "paragraph"},
		{r("a", 200_000), "word"},
		{"a" + r("\u0301", 2000), "word"},
		{r("*a ", 30_000), "marks"},
		{r(r("*a ", 15_000)+"\n\n", 10), "marks"},
		{r("x\n\n", 70_000), "blocks"},
		{r("> ", 200) + "x", "nesting"},
		{r("[ ", 2000), "nesting"},
		{r("<div>\n", 200), "nesting"},
		{r("::: {.x}\n", 200), "nesting"},
		{r("- ", 200) + "x", "nesting"},
		{r("- a[^1]\n", 30_000), "notes"},
		{r("| a "+r("| b ", 30)+"|\n", 3000), "cells"},
		{r("- {{< x >}}\n", 30_000), "calls"},
	} {
		ex := Check([]byte(c.text), Limits{})
		if ex == nil || ex.Limit != c.limit || ex.At > len(c.text) {
			t.Errorf("%.20q…: %+v, want %s", c.text, ex, c.limit)
		}
	}
	// Honest texts, and what only looks large.
	for name, text := range map[string]string{
		"a book":     r(r("Some honest words, *stressed* here and [linked](https://example.org/a_b_c) there. ", 12)+"\n\n", 12_000),
		"a picture":  "![x](data:image/png;base64," + r("QUJD", 400_000) + ") and text",
		"Chinese":    r("書籍的藝術比印刷機更古老。", 9000),
		"code":       "```\n" + r("x = a ** b[`c`]\n", 20_000) + "```\n",
		"a table":    r("| *a* | `b` | [c](d) |\n", 10_000),
		"a list":     r("- an *item* with `code`\n", 15_000),
		"loose tags": r("Spoken of <div> and <b> here.\n\n", 5000),
		"formulas":   r("$a_1^2 < b$ and $c$.\n\n", 10_000),
	} {
		if ex := Check([]byte(text), Limits{}); ex != nil {
			t.Errorf("%s is refused: %+v", name, ex)
		}
	}
	if ex := Check([]byte("a b c"), Limits{FileSize: 3}); ex == nil || ex.Message() != "the text is too long in bytes: more than 3" {
		t.Errorf("a publisher's limit is not kept: %+v", ex)
	}
}

func BenchmarkCheck(b *testing.B) {
	text := []byte(strings.Repeat(strings.Repeat("Some honest words, *stressed* here and [linked](https://example.org/a_b_c) there. ", 12)+"\n\n", 100))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Check(text, Limits{})
	}
}
