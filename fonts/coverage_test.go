package fonts

import (
	"strings"
	"testing"
)

// The letters that each language is printed with, small and capital, beyond a to z.
var alphabets = map[string]string{
	"en": "éèêëïôœæçñÉŒÆ", // in words the language has borrowed
	"de": "äöüßÄÖÜẞ",
	"fr": "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ",
	"es": "áéíóúüñÁÉÍÓÚÜÑ¿¡ªº",
	"pt": "áâãàçéêíóôõúüÁÂÃÀÇÉÊÍÓÔÕÚÜªº",
	"it": "àèéìíîòóùúÀÈÉÌÍÎÒÓÙÚ",
	"nl": "áéíóúàèëïöüĳÁÉÍÓÚÀÈËÏÖÜĲ",
	"pl": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
	"cs": "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ",
	"ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ№",
	"el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏΪΫ·;΄",
	"sq": "çëÇË",
	"sv": "åäöéÅÄÖÉ",
	"tr": "âçğıîöşûüÂÇĞİÎÖŞÛÜ",
	"vi": "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĂÂĐÊÔƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ",
	"uk": "ґєіїҐЄІЇ",
	"sr": "ђјљњћџЂЈЉЊЋЏ",
	"ro": "ăâîșțĂÂÎȘȚ",
	"hu": "áéíóöőúüűÁÉÍÓÖŐÚÜŰ",
	"da": "æøåÆØÅ",
	"is": "áðéíóúýþæöÁÐÉÍÓÚÝÞÆÖ",
	"hr": "čćđšžČĆĐŠŽ",
	"ca": "àçèéíïòóúü·ÀÇÈÉÍÏÒÓÚÜ",
	"eo": "ĉĝĥĵŝŭĈĜĤĴŜŬ",
	"lt": "ąčęėįšųūžĄČĘĖĮŠŲŪŽ",
	"lv": "āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ",
	"et": "äõöüšžÄÕÖÜŠŽ",
	"ga": "áéíóúÁÉÍÓÚ",
}

// The signs that a printed page has in any language. Spaces are among them: no-break, en, em, thin, hair, narrow no-break.
const signs = "!\"#$%&'()*+,-./0123456789:;<=>?@[\\]^_`{|}~¡¢£¤¥§©«¬®°±²³µ¶·¹»¿×÷–—‘’‚“”„†‡•…‰‹›⁄€™−≈≠≤≥\u00a0"

// polytonic is the block of Greek letters with breathings and accents.
func polytonic() string {
	var b strings.Builder
	for r := rune(0x1F00); r <= 0x1FFE; r++ {
		switch r { // the holes of the block
		case 0x1F16, 0x1F17, 0x1F1E, 0x1F1F, 0x1F46, 0x1F47, 0x1F4E, 0x1F4F, 0x1F58, 0x1F5A, 0x1F5C, 0x1F5E, 0x1F7E, 0x1F7F,
			0x1FB5, 0x1FC5, 0x1FD4, 0x1FD5, 0x1FDC, 0x1FF0, 0x1FF1, 0x1FF5:
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// TestAlphabets: every face that text may be set in has every letter of every language, of its own; nothing of the text comes
// from a fallback.
func TestAlphabets(t *testing.T) {
	s := Default()
	for _, fam := range []*Family{s.Text, s.Sans, s.Mono, s.Display} {
		for _, f := range fam.Faces {
			need := signs + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			for lang, letters := range alphabets {
				if !borrows(f, lang) {
					need += letters
				}
			}
			if fam == s.Text || fam == s.Sans || fam == s.Display {
				need += polytonic() + "ᾶᾷ᾽"
			}
			var missing []rune
			for _, r := range need {
				if !f.Has(r) {
					missing = append(missing, r)
				}
			}
			if len(missing) > 0 {
				t.Errorf("%s lacks %s (%U)", f, string(missing), missing)
			}
		}
	}
}

// borrows tells the few languages for which a face takes letters from its nearest relative (TestBorrowed).
func borrows(f *Face, lang string) bool {
	switch f.Name() {
	case "LibertinusSerif-BoldItalic":
		return lang == "uk" || lang == "sr" || lang == "vi"
	case "LibertinusSerifDisplay-Regular":
		return lang == "vi"
	case "SourceCodePro-It", "SourceCodePro-BoldIt":
		return lang == "ru" || lang == "uk" || lang == "sr" || lang == "el"
	}
	return false
}

// TestBorrowed: what a face has to borrow comes from the family, or for the display face from the text.
func TestBorrowed(t *testing.T) {
	s := Default()
	for _, fam := range []*Family{s.Text, s.Mono, s.Display} {
		for _, f := range fam.Faces {
			for lang, letters := range alphabets {
				if !borrows(f, lang) {
					continue
				}
				for _, r := range s.Runs(letters, f) {
					if r.Missing || r.Face.Family() != f.Family() && r.Face.Family() != s.Text.Name {
						t.Errorf("%s: %s: %q goes to %s (missing %v)", f, lang, letters[r.Start:r.End], r.Face, r.Missing)
					}
				}
			}
		}
	}
}

// TestSans: a sans takes the letters it lacks from the house's sans, a serif from the text.
func TestSans(t *testing.T) {
	s := Default()
	for _, fam := range s.families[:firstFallback] {
		serif := fam == s.Text || fam == s.Display
		for _, f := range fam.Faces {
			if f.Metrics().Serif != serif {
				t.Errorf("%s: serif is %v", f, f.Metrics().Serif)
			}
		}
	}
	r := s.Runs("Съезд", s.Select("Barlow", 600, true))
	if len(r) != 1 || r[0].Face.Name() != "SourceSans3-SemiboldIt" {
		t.Errorf("Barlow's Cyrillic is %+v", r)
	}
	for lang, letters := range alphabets {
		if lang == "ru" || lang == "uk" || lang == "sr" || lang == "el" {
			continue
		}
		for _, f := range s.Family("Barlow").Faces {
			for _, r := range letters {
				if !f.Has(r) && !strings.ContainsRune("ĳĲẞ", r) {
					t.Errorf("%s lacks %c (%s)", f, r, lang)
				}
			}
		}
	}
}

// TestFeaturesOfText: what the house styles count on.
func TestFeaturesOfText(t *testing.T) {
	for _, f := range Default().Text.Faces {
		for _, tag := range []string{"kern", "liga", "smcp", "c2sc", "onum", "lnum", "tnum", "pnum", "sups", "case", "frac", "locl", "mark"} {
			if !f.HasFeature(tag) {
				t.Errorf("%s has no %s", f, tag)
			}
		}
		for _, c := range []struct {
			features Features
			text     string
		}{
			{"sups", "0123456789"}, {"sups", "stndrdth"}, {"onum", "0123456789"}, {"pnum", "0123456789"},
			{"smcp", "abcdefghijklmnopqrstuvwxyzäöüéèçñřłşğ"}, {"c2sc", "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ"},
		} {
			if !f.Replaces(c.features, c.text) {
				t.Errorf("%s: %s does not replace all of %s", f, c.features, c.text)
			}
		}
	}
}

// TestRanges: the house's fallbacks are asked for every character that only they have.
func TestRanges(t *testing.T) {
	s := Default()
	for i, fam := range s.Fallback {
		for _, f := range fam.Faces {
			for it := f.load().font.Cmap.Iter(); it.Next(); {
				r, _ := it.Char()
				earlier := invisible(r) || r&0xFFFE == 0xFFFE // noncharacters that some cmaps end with
				for _, before := range s.Fallback[:i] {
					earlier = earlier || before.Select(f.weight, false).Has(r)
				}
				if !earlier && !fam.mayHave(r) {
					t.Errorf("%s has %U %c, but is not asked for it", f, r, r)
				}
			}
		}
	}
}

// A character that nobody has does not make every font of the house be read.
func TestMissingIsCheap(t *testing.T) {
	for _, fam := range Default().Fallback[2:] {
		if fam.mayHave('漢') || fam.mayHave('한') {
			t.Errorf("%s is asked for CJK", fam.Name)
		}
	}
}
