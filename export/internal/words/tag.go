package words

import "strings"

// languageCodes are the two-letter codes of ISO 639-1 for languages in which periodicals appear.
const languageCodes = " af ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ku ky la lb lo lt lv mk ml mn mr ms mt my nb ne nl nn no pa pl ps pt ro ru sa si sk sl sq sr sv sw ta te tg th tk tl tr tt uk ur uz vi xh yi zh zu "

// IsLanguage reports whether a code is of a language that periodicals appear in, or may be one (three letters).
func IsLanguage(code string) bool {
	base, _, _ := strings.Cut(strings.ToLower(code), "-")
	return len(base) == 2 && strings.Contains(languageCodes, " "+base+" ") || len(base) == 3
}

// slips are codes that sites use and that mean a country.
var slips = map[string]string{"gr": "el", "cz": "cs", "jp": "ja", "cn": "zh", "ua": "uk", "dk": "da", "kr": "ko", "iw": "he", "in": "id", "us": "en-US", "gb": "en-GB", "al": "sq"}

// Canonical brings a language code into the form of BCP 47; "" when it is none.
func Canonical(code string) string {
	code = strings.ReplaceAll(strings.TrimSpace(code), "_", "-")
	if slip := slips[strings.ToLower(code)]; slip != "" {
		return slip
	}
	if code == "" || !IsLanguage(code) {
		return ""
	}
	parts := strings.Split(code, "-")
	for i, p := range parts {
		if p == "" || len(p) > 8 || strings.Trim(strings.ToLower(p), "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return ""
		}
		switch {
		case i == 0:
			parts[i] = strings.ToLower(p)
		case len(p) == 4:
			parts[i] = strings.ToUpper(p[:1]) + strings.ToLower(p[1:])
		case len(p) == 2:
			parts[i] = strings.ToUpper(p)
		default:
			parts[i] = strings.ToLower(p)
		}
	}
	return strings.Join(parts, "-")
}
