package hugo

import (
	"cmp"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/twinpress/twinpress/export/internal/words"
)

// conventions are what Hugo's configuration settles: where a site's files lie, what languages it has, how it marks
// mathematics.
type conventions struct {
	hugo            bool               // a Hugo configuration was found
	hugoConfig      *value             // all of it
	contentDir      string             // from the site's folder; "." when that is the content
	mounts          map[string][]mount // by the part of the site, the nearest first
	environment     string
	defaultLanguage string
	languages       []string          // codes that the configuration names, in lower case
	disabled        []string          // codes of those that it names and switches off
	forLanguage     map[string]*value // the configuration as each of them has it
	math, dollars   bool              // how mathematics is marked
}

// readConventions reads Hugo's configuration: the site's in an environment, and what it takes from its themes.
func readConventions(f files, environment string, report source.Report) (conventions, error) {
	c := conventions{hugoConfig: &value{kind: table}, environment: cmp.Or(environment, "production")}
	said, err := f.configuration(".", environment, report)
	if err != nil {
		return c, err
	}
	modules := []module{{}}
	if said != nil {
		c.hugo, c.hugoConfig = true, said
		if modules, err = c.gatherModules(f, environment, report); err != nil {
			return c, err
		}
	}
	c.settleLanguages()
	c.tellUnfollowed(report)
	c.settleMounts(f, modules, report)
	c.settleMath()
	return c, nil
}

// settleLanguages finds out which languages the site has, and what the configuration is in each: what a language says for
// itself comes before what is said for all, tables and all, but parameters are joined (Hugo, "Configure languages").
func (c *conventions) settleLanguages() {
	h := c.hugoConfig
	c.defaultLanguage = h.get("defaultContentLanguage").str()
	if c.defaultLanguage == "" && c.hugo {
		c.defaultLanguage = "en"
	}
	off := h.get("disableLanguages").texts()
	c.forLanguage = map[string]*value{}
	langs := h.get("languages")
	if langs == nil {
		return
	}
	for _, f := range langs.fields {
		lang := strings.ToLower(f.key)
		own := langs.get(f.key)
		switch {
		case own.kind != table || slices.Contains(c.languages, lang):
			continue
		case !strings.EqualFold(lang, c.defaultLanguage) && (own.get("disabled").isTrue() ||
			slices.ContainsFunc(off, func(l string) bool { return strings.EqualFold(l, lang) })):
			c.disabled = append(c.disabled, lang)
			continue
		}
		all := &value{kind: table, fields: slices.Concat(h.fields, own.fields)}
		if params := own.get("params"); params != nil && h.get("params") != nil {
			all.fields = append(all.fields, field{key: "params", val: joined(h.get("params"), params)})
		}
		c.forLanguage[lang] = all
		c.languages = append(c.languages, lang)
	}
	slices.Sort(c.languages)
}

// of gives the configuration as a language has it.
func (c *conventions) of(lang string) *value {
	if v := c.forLanguage[strings.ToLower(lang)]; v != nil {
		return v
	}
	return c.hugoConfig
}

// completeJournal tells of a periodical what its own configuration does not, and gives the ISSN that is none; nil for a good one.
func (c *conventions) completeJournal(j *JournalConfig) (wrong *value) {
	h := c.of(c.defaultLanguage)
	params := h.get("params")
	complete := func(field *string, from ...*value) {
		for _, v := range from {
			*field = cmp.Or(*field, v.str())
		}
	}
	complete(&j.Title, h.get("title"))
	complete(&j.Subtitle, params.get("subtitle"))
	complete(&j.Publisher, params.get("publisher"))
	complete(&j.Rights, h.get("copyright"), params.get("copyright"))
	for _, v := range []*value{h.get("languageCode"), h.get("locale")} {
		j.Language = cmp.Or(j.Language, words.Canonical(v.str()))
	}
	if j.Language == "" && c.hugo {
		j.Language = words.Canonical(c.defaultLanguage)
	}
	if j.BaseURL == "" {
		j.BaseURL = publicAddress(h.get("baseURL").str())
	}
	if j.BaseURL != "" && !strings.HasSuffix(j.BaseURL, "/") {
		j.BaseURL += "/"
	}
	if v := params.get("issn"); j.ISSN == "" && v.str() != "" {
		var err error
		if j.ISSN, err = issnOf(v.text); err != nil {
			return v
		}
	}
	return nil
}

// publicAddress gives a site's address unless it is only a stand-in: this machine, or what Hugo writes into new sites.
func publicAddress(base string) string {
	if !strings.Contains(base, "://") || strings.Contains(base, "localhost") || base == "https://example.org/" || base == "http://example.org/" {
		return ""
	}
	return base
}

// settleMath finds out how the site marks mathematics: by goldmark's passthrough extension, or as a theme's parameter has
// it.
func (c *conventions) settleMath() {
	pass := c.hugoConfig.get("markup", "goldmark", "extensions", "passthrough")
	if c.math = pass.get("enable").isTrue(); c.math {
		if inline := pass.get("delimiters", "inline"); inline != nil {
			c.dollars = slices.ContainsFunc(inline.items, func(pair *value) bool { return len(pair.items) > 0 && pair.items[0].text == "$" })
		}
	}
	params := c.hugoConfig.get("params")
	c.dollars = c.dollars || params.wantsMath()
}
