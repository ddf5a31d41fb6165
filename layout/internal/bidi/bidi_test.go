package bidi

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

func levelsOf(text string, rtl bool) string {
	levels := Levels(text, rtl)
	var out []byte
	for at := range text {
		out = append(out, '0'+levels[at])
	}
	return string(out)
}

func TestLevels(t *testing.T) {
	for _, c := range []struct {
		text string
		rtl  bool
		want string
	}{
		{"abc", false, "000"},
		{"abc", true, "222"},
		{"אבג", false, "111"},
		{"ab אב 12 cd", false, "00011122000"},
		{"אב 12-13, ab!", true, "1112222211221"},
		{"Mozilla (Firefox) אב", true, "22222222222222222111"}, // the brackets belong to the name
		{"אב (גד) ab", false, "1111111000"},
		{"١٢٣ ab", false, "222000"},
		{"a \u2067אב 12\u2069 b", false, "00011122000"},             // an isolate does not touch what is around it
		{"a \u2067\u202e1(b\u202c2\u2069 c", false, "000011112000"}, // an override forces all in it, and no more
	} {
		if got := levelsOf(c.text, c.rtl); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

// Where no brackets are, the directions are those that x/text gives.
func TestAgainstText(t *testing.T) {
	letters := []rune("abאבعم 12٣+.,%-!\u0301")
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		n := 1 + rnd.IntN(12)
		text := ""
		for range n {
			text += string(letters[rnd.IntN(len(letters))])
		}
		rtl := rnd.IntN(2) == 1
		mark, dir := "\u200E", bidi.LeftToRight
		if rtl {
			mark, dir = "\u200F", bidi.RightToLeft
		}
		var p bidi.Paragraph
		if _, err := p.SetString(mark+text, bidi.DefaultDirection(dir)); err != nil {
			t.Fatal(err)
		}
		order, err := p.Order()
		if err != nil {
			t.Fatal(err)
		}
		levels := Levels(mark+text, rtl)
		at := 0
		for i := range order.NumRuns() {
			run := order.Run(i)
			for _, r := range run.String() {
				if got := levels[at]&1 == 1; got != (run.Direction() == bidi.RightToLeft) {
					t.Fatalf("%q (rtl %v): character %d %q has level %d", text, rtl, at, r, levels[at])
				}
				at += utf8.RuneLen(r)
			}
		}
	}
}

// What is no UTF-8 has a level for each byte, as text has.
func TestLevelsOfBytes(t *testing.T) {
	for _, text := range []string{"", "\xff", "ab\xc3", "\xd7\x90\xff\xff", "א\xe2\x82"} {
		if got := len(Levels(text, true)); got != len(text) {
			t.Errorf("%q: %d levels for %d bytes", text, got, len(text))
		}
	}
}

// The examples of rule L2: what stands in the text, and what is read on the line from the left.
func TestReorder(t *testing.T) {
	for _, c := range []struct{ text, levels, want string }{
		{"car means CAR.", "00000000001110", "car means RAC."},
		{"car MEANS CAR.", "22211111111111", ".RAC SNAEM car"},
		{"he said [car MEANS CAR.]", "000000000222111111111100", "he said [RAC SNAEM car.]"},
		{"12 AB", "22111", "BA 12"},
		{"", "", ""},
	} {
		order := make([]int32, len(c.text))
		for i := range order {
			order[i] = int32(i)
		}
		Reorder(order, func(i int32) uint8 { return c.levels[i] - '0' })
		got := ""
		for _, i := range order {
			got += c.text[i : i+1]
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}
