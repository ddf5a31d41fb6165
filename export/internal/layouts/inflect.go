package layouts

import (
	"strconv"
	"strings"
	"unicode"
)

var inflectFunctions = map[string]function{
	"Humanize": {1, 1, false, func(_ *Runner, a []any) (any, error) {
		if n, ok := integer(a[0]); ok && text(a[0]) != "" {
			return ordinal(n), nil
		}
		return humanized(text(a[0])), nil
	}},
	"Pluralize":   textToText(plural),
	"Singularize": textToText(singular),
}

// humanized makes words of a name: myFirst-post is "My first post".
func humanized(s string) string {
	var b strings.Builder
	was := ' '
	for _, c := range strings.TrimSpace(s) {
		switch {
		case c == '-' || c == '_':
			c = ' '
		case unicode.IsUpper(c) && unicode.IsLower(was):
			b.WriteByte(' ')
			c = unicode.ToLower(c)
		}
		b.WriteRune(c)
		was = c
	}
	return firstUpper(b.String())
}

func ordinal(n int) string {
	end := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return strconv.Itoa(n) + end
}

// irregular are English words whose plural follows no rule, and those that have none.
var irregular = strings.Fields(`person/people child/children man/men woman/women mouse/mice goose/geese tooth/teeth foot/feet ox/oxen
leaf/leaves life/lives knife/knives wife/wives half/halves shelf/shelves wolf/wolves loaf/loaves thief/thieves self/selves
quiz/quizzes datum/data medium/media criterion/criteria analysis/analyses crisis/crises thesis/theses axis/axes index/indices matrix/matrices
hero/heroes potato/potatoes tomato/tomatoes echo/echoes status/statuses bus/buses virus/viruses movie/movies cookie/cookies tie/ties
sheep/sheep fish/fish deer/deer series/series species/species news/news information/information equipment/equipment money/money rice/rice`)

// plural makes an English plural.
func plural(s string) string {
	if other, ok := inflected(s, 0); ok {
		return other
	}
	switch {
	case s == "" || !strings.HasSuffix(s, "ss") && strings.HasSuffix(s, "s"):
		return s
	case strings.HasSuffix(s, "y") && len(s) > 1 && !strings.ContainsRune("aeiou", rune(s[len(s)-2])):
		return s[:len(s)-1] + "ies"
	case strings.HasSuffix(s, "ss") || strings.HasSuffix(s, "x") || strings.HasSuffix(s, "ch") || strings.HasSuffix(s, "sh"):
		return s + "es"
	}
	return s + "s"
}

func singular(s string) string {
	if other, ok := inflected(s, 1); ok {
		return other
	}
	switch {
	case strings.HasSuffix(s, "ies"):
		return strings.TrimSuffix(s, "ies") + "y"
	case strings.HasSuffix(s, "sses") || strings.HasSuffix(s, "xes") || strings.HasSuffix(s, "ches") || strings.HasSuffix(s, "shes"):
		return strings.TrimSuffix(s, "es")
	case strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss"):
		return strings.TrimSuffix(s, "s")
	}
	return s
}

// inflected finds the other number of an irregular word that ends a text: from is 0 for the singular, 1 for the plural. Its first
// letter stays as it is written.
func inflected(s string, from int) (string, bool) {
	low := strings.ToLower(s)
	at := strings.LastIndexAny(low, " -_") + 1
	for _, row := range irregular {
		one, many, _ := strings.Cut(row, "/")
		have, want := one, many
		if from == 1 {
			have, want = many, one
		}
		if low[at:] != have {
			if low[at:] == want {
				return s, true // it is so already
			}
			continue
		}
		if s[at:] != low[at:] {
			want = firstUpper(want)
		}
		return s[:at] + want, true
	}
	return "", false
}
