package fonts

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/harfbuzz"

	ot "github.com/go-text/typesetting/font/opentype"
)

// Features are OpenType features, comma separated, in hb-shape's words: "onum,smcp", "-liga", "salt=2". Kerning, ligatures and
// all that a script needs are on without being asked for. As a string they can be compared, cached by, and read in a dump.
type Features string

// Check reports the first thing in fs that is not a feature.
func (fs Features) Check() error {
	_, err := fs.parse(nil)
	return err
}

// With is fs with more features added, sorted, each once; of two settings of one feature the later one counts.
func (fs Features) With(more ...Features) Features {
	set := map[string]string{}
	for _, list := range append([]Features{fs}, more...) {
		for item := range strings.SplitSeq(string(list), ",") {
			if item = strings.TrimSpace(item); item != "" {
				set[featureTag(item)] = item
			}
		}
	}
	items := make([]string, 0, len(set))
	for _, item := range set {
		items = append(items, item)
	}
	slices.SortFunc(items, func(a, b string) int { return strings.Compare(featureTag(a), featureTag(b)) })
	return Features(strings.Join(items, ","))
}

// featureTag is the tag of one item: "-liga" and "liga=0" are both liga.
func featureTag(item string) string {
	tag, _, _ := strings.Cut(strings.TrimLeft(item, "+-"), "=")
	return tag
}

// parse appends the features to dst.
func (fs Features) parse(dst []harfbuzz.Feature) ([]harfbuzz.Feature, error) {
	for item := range strings.SplitSeq(string(fs), ",") {
		item = strings.TrimSpace(item)
		if item == "" {
			continue
		}
		value := uint32(1)
		tag, num, given := strings.Cut(item, "=")
		switch tag[:min(1, len(tag))] {
		case "-":
			tag, value = tag[1:], 0
		case "+":
			tag = tag[1:]
		}
		if given {
			n, err := strconv.ParseUint(num, 10, 16)
			if err != nil {
				return dst, fmt.Errorf("feature %q: %q is not a number", item, num)
			}
			value = uint32(n)
		}
		if len(tag) != 4 {
			return dst, fmt.Errorf("feature %q: a feature's tag has four letters", item)
		}
		dst = append(dst, harfbuzz.Feature{
			Tag: ot.MustNewTag(tag), Value: value,
			Start: harfbuzz.FeatureGlobalStart, End: harfbuzz.FeatureGlobalEnd,
		})
	}
	return dst, nil
}

// HasFeature reports whether the face has the OpenType feature, for some script at least. A caller that finds "smcp" or "sups"
// lacking scales letters instead. That a face has a feature does not say that it has it for every letter: ask Replaces.
func (f *Face) HasFeature(tag string) bool {
	return len(tag) == 4 && f.load().features[ot.MustNewTag(tag)]
}

type replacedKey struct{ features, text string }

// Replaces reports whether the features give every character of text a glyph other than its usual one: whether "th" under
// "sups" is made of real superiors, "1984" under "onum" of oldstyle figures, "é" under "smcp" of small capitals. Spaces do not
// count. The answer is remembered.
func (f *Face) Replaces(features Features, text string) bool {
	p := f.load()
	key := replacedKey{string(features), text}
	p.replacedMu.Lock()
	yes, known := p.replaced[key]
	p.replacedMu.Unlock()
	if known {
		return yes
	}
	yes = text != ""
	for _, r := range text {
		if r == ' ' || r == '\u00a0' {
			continue
		}
		// Letter by letter, so that ligatures and kerning do not blur the question.
		one := string(r)
		plain, with := f.Shape(nil, one, Options{}), f.Shape(nil, one, Options{Features: features})
		if len(plain) == 0 || len(with) == 0 || with[0].GID == 0 || plain[0].GID == with[0].GID {
			yes = false
			break
		}
	}
	p.replacedMu.Lock()
	if p.replaced == nil || len(p.replaced) > 4096 {
		p.replaced = map[replacedKey]bool{}
	}
	p.replaced[key] = yes
	p.replacedMu.Unlock()
	return yes
}
