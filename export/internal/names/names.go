// Package names knows how names of people and of bodies are written: by what a name is sorted (FileAs), where it parts into
// the family's and the given (Split), and whether it is a person's at all (Corporate). It says only what is certain: a library
// that files "Gogh, Vincent van" under G and "van der Berg, Jan" under V cannot be guessed at, and a wrong name in a catalogue
// outlives the book.
package names

import (
	"slices"
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
)

// FileAs gives the form of a name that libraries and shops sort by, "Dawsey, Jason", where it is certain: when it is given, or
// typed so, or when there are just a given name, perhaps initials, and a family's name in a script that writes them in this
// order. "" when it is not: names of bodies, suffixes, particles, two family names, names of East Asia. The language is that
// of the text.
func FileAs(p document.Person, lang string) string {
	if p.FileAs != "" {
		return p.FileAs
	}
	if family, given, ok := strings.Cut(p.Name, ", "); ok {
		if strings.Contains(given, ",") || strings.ContainsAny(p.Name, ".&") || len(strings.Fields(family)) > 2 {
			return ""
		}
		return p.Name
	}
	switch base, _, _ := strings.Cut(lang, "-"); base {
	case "zh", "ja", "ko", "hu", "vi":
		return ""
	}
	f := strings.Fields(p.Name)
	if len(f) < 2 || len(f) > 4 || strings.ContainsAny(p.Name, "&/()0123456789<>") {
		return ""
	}
	if slices.Contains(uncertain, f[0]) {
		return ""
	}
	for i, w := range f {
		if !isPart(w) || i > 0 && i < len(f)-1 && !strings.HasSuffix(w, ".") {
			return ""
		}
	}
	if last := f[len(f)-1]; strings.HasSuffix(last, ".") || len([]rune(last)) < 2 {
		return ""
	}
	return f[len(f)-1] + ", " + strings.Join(f[:len(f)-1], " ")
}

// Split parts a person's name into the family's and the given, where FileAs is certain of it; ok is false where it is not, and
// the name is to be written as it stands.
func Split(p document.Person, lang string) (family, given string, ok bool) {
	family, given, ok = strings.Cut(FileAs(p, lang), ", ")
	if !ok || strings.TrimSpace(family) == "" || strings.TrimSpace(given) == "" {
		return "", "", false
	}
	return strings.TrimSpace(family), strings.TrimSpace(given), true
}

// notNames are words that no person's name holds.
var notNames = strings.Fields("The Ltd Inc LLC GmbH AG Co Corp Company Sons Brothers Bros Group Collective Kollektiv Collectif Society Committee Council Party Union " +
	"Press Verlag Editions Editors Institute University Department Ministry Office Team Staff Redaktion Archive Museum Library Association Federation Foundation " +
	"Network Center Centre School League Movement Historians Workers Students Jr Sr PhD MD II III IV Dr Prof And " +
	"Board Editor Editorial Anonymous Anon Various Author Authors Member Members Readers Front Alliance Coalition Initiative Project Forum Circle Club Bureau Agency Review Journal Magazine " +
	"Tribune Quarterly Theatre Theater Orchestra Ensemble Rebellion International Internationale Commune Campaign Autorenkollektiv Gruppe Verein Partei Bund Groupe Comité Parti Grupo Partido")

// uncertain are first words behind which the last is not known to be the family's name: titles and what saints and kings are called by,
// particles written with a capital, and family names that stand first in East Asia (Mao Zedong).
var uncertain = strings.Fields("Mr Mr. Mrs Mrs. Ms Ms. Mx Mx. Herr Frau Madame Monsieur Mme Señor Señora Don Doña Sir Dame Lord Lady Saint St St. Sankt San Santa Pope King Queen Prince Princess Emperor " +
	"Sister Brother Father Mother Rabbi Imam Sheikh Comrade Captain General Colonel President Professor Doctor " +
	"Le La Les De Del Della Di Da Dos Du Des Van Von Ten Ter El Al Ibn Abu Bin Bint " +
	"Mao Deng Xi Li Wang Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Zhu Gao Guo Luo Liang Song Zheng Xie Han Tang Feng Dong Xiao Cheng Cao Yuan Jiang Shen Ye Wei Du Ding Ren " +
	"Yao Zhong Tan Liao Peng Hu Hua Qiu Bai Chiang Kim Lee Park Choi Jung Kang Ho Nguyen Tran Pham")

// isPart reports whether a word looks like a name in a script that tells capitals from small letters.
func isPart(w string) bool {
	first, last := []rune(w)[0], []rune(w)[len([]rune(w))-1]
	if !unicode.IsUpper(first) || slices.Contains(notNames, strings.Trim(w, ".,")) {
		return false
	}
	return IsLower(last) || last == '.' || unicode.IsUpper(last) && len(w) > 3 // MÜLLER, as some print it
}

// IsLower reports whether a letter is a small one of a script that has capitals.
func IsLower(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 0xDF && strings.ToUpper(string(r)) != string(r)
}

// bodies of people bear such words in their names.
var corporate = strings.Fields("ltd inc llc gmbh ag co corp company sons brothers bros group collective collectif kollektiv society committee council party union " +
	"press verlag editions éditions publishers books institute university department ministry office team staff editors redaktion rédaction archive museum library " +
	"association federation foundation network center centre school league movement the")

// Corporate reports whether a name holds a word that only bodies bear: "The Platypus Historians Group".
func Corporate(name string) bool {
	return slices.ContainsFunc(strings.Fields(name), func(w string) bool {
		return slices.Contains(corporate, strings.ToLower(strings.Trim(w, ".,")))
	})
}
