package pdf

import (
	"fmt"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/layout"
)

func clusterRun(text string, clusters ...int32) *layout.Run {
	r := &layout.Run{Text: text}
	for _, c := range clusters {
		r.Glyphs = append(r.Glyphs, layout.Placed{ID: 1, Cluster: c})
	}
	return r
}

func TestEachCluster(t *testing.T) {
	for _, test := range []struct {
		run  *layout.Run
		want string // glyphs and text of each cluster, in the order of the glyphs
	}{
		{clusterRun("abc", 0, 1, 2), "0-1 a|1-2 b|2-3 c"},
		{clusterRun("ffix", 0, 3), "0-1 ffi|1-2 x"},            // a ligature
		{clusterRun("e\u0301x", 0, 0, 3), "0-2 e\u0301|2-3 x"}, // a letter and its accent
		{clusterRun("ab ", 0, 1), "0-1 a|1-2 b"},               // the space that the line break took the place of
		{clusterRun("ab ", 0, 1, 2), "0-1 a|1-2 b|2-3  "},      // a space that is drawn
		{clusterRun(" ab", 1, 2), "0-1 a|1-2 b"},               // a space that the line before took
		{clusterRun("co\u00adop", 0, 1, 4, 5), "0-1 c|1-2 o\u00ad|2-3 o|3-4 p"},
		{clusterRun("שלום", 6, 4, 2, 0), "0-1 ם|1-2 ו|2-3 ל|3-4 ש"}, // from the right
		{clusterRun("לא ", 2, 0), "0-1 א|1-2 ל"},
		{clusterRun("abc", 0, 2, 1), "0-1 a|1-2 c|2-3 b"}, // reordered within a syllable
		{clusterRun("ab", 7, 9), "0-1 ab|1-2 "},           // nonsense: nothing is lost, and no crash
		{clusterRun("", 0), "0-1 "},
	} {
		var got []string
		eachCluster(test.run, func(first, last int, text string) { got = append(got, fmt.Sprintf("%d-%d %s", first, last, text)) })
		if g := strings.Join(got, "|"); g != test.want {
			t.Errorf("%q: %q, want %q", test.run.Text, g, test.want)
		}
	}
}

// FuzzEachCluster throws runs of any clusters at it: every glyph is visited once, in order, with text of the run, and a run
// whose clusters rise gives its whole text.
func FuzzEachCluster(f *testing.F) {
	f.Add("office ", []byte{0, 1, 4, 5})
	f.Add("שלום", []byte{6, 4, 2, 0})
	f.Add("", []byte{3, 3, 200})
	f.Fuzz(func(t *testing.T, text string, clusters []byte) {
		if len(text) > 100 || len(clusters) > 100 {
			return
		}
		r := &layout.Run{Text: text}
		rising := len(clusters) > 0 && clusters[0] == 0
		for i, c := range clusters {
			r.Glyphs = append(r.Glyphs, layout.Placed{ID: 1, Cluster: int32(c)})
			rising = rising && int(c) < len(text) && (i == 0 || c >= clusters[i-1])
		}
		next := 0
		var all strings.Builder
		eachCluster(r, func(first, last int, part string) {
			if first != next || last <= first {
				t.Errorf("glyphs %d to %d follow %d", first, last, next)
			}
			if !strings.Contains(text, part) {
				t.Errorf("%q is not of %q", part, text)
			}
			all.WriteString(part)
			next = last
		})
		if next != len(clusters) {
			t.Errorf("%d of %d glyphs visited", next, len(clusters))
		}
		if rising && strings.TrimRight(all.String(), " \n") != strings.TrimRight(text, " \n") {
			t.Errorf("%q of %q", all.String(), text)
		}
	})
}
