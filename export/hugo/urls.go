package hugo

import (
	"cmp"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// urlOf gives a page's path on the site, by front matter, by the configuration's permalinks, or by its place in the
// content (Hugo, "URL management").
func (s *shelf) urlOf(p *page, h *head) string {
	prefix := s.urlPrefix(s.hugoLanguage(p))
	if u := h.str("url"); u != "" && !strings.Contains(u, "{") {
		return s.writtenURL(u, prefix, p, h)
	}
	ugly := s.isUgly(p)
	if pattern := s.pattern(p); pattern != "" {
		return asFile(path.Join(prefix, s.permalink(pattern, p, h)), ugly)
	}
	dir := path.Dir(p.rel)
	if p.bundle {
		dir = path.Dir(dir)
	}
	last := s.fileName(p.stem)
	if slug := cmp.Or(h.str("slug"), p.slug); slug != "" {
		last = s.urlName(slug)
	}
	u := prefix
	for part := range strings.SplitSeq(dir, "/") {
		u = path.Join(u, s.fileName(part))
	}
	return asFile(path.Join(u, last), ugly)
}

// urlPrefix is the folder that a language's pages have in addresses: none for that of the site, unless it says so, and for none
// where each has a host of its own.
func (c *conventions) urlPrefix(lang string) string {
	if lang == "" || c.hosts() || strings.EqualFold(lang, c.defaultLanguage) && !c.hugoConfig.get("defaultContentLanguageInSubdir").isTrue() {
		return "/"
	}
	return "/" + lang + "/"
}

// hosts reports whether each language has a host of its own.
func (c *conventions) hosts() bool {
	return slices.ContainsFunc(c.languages, func(l string) bool { return c.hugoConfig.get("languages", l, "baseURL") != nil })
}

// writtenURL reads an address that front matter gives: from the site's root when it begins with a slash, else from the
// language's. It may hold tokens, as permalinks do.
func (s *shelf) writtenURL(u, prefix string, p *page, h *head) string {
	if _, rest, ok := strings.Cut(u, "://"); ok {
		_, u, _ = strings.Cut(rest, "/")
		u = "/" + u
	}
	slash := strings.HasSuffix(u, "/")
	if strings.Contains(u, ":") {
		u = s.fill(u, p, h)
	}
	if !strings.HasPrefix(u, "/") {
		u = prefix + u
	}
	if u = path.Clean(u); slash || path.Ext(u) == "" {
		return asFile(u, false)
	}
	return u
}

// asFile ends an address: as a folder's, or as a file's.
func asFile(u string, ugly bool) string {
	switch {
	case u == "/":
		return u
	case ugly && path.Ext(u) == ".html":
		return u
	case ugly:
		return u + ".html"
	}
	return u + "/"
}

// isUgly reports whether a page's address ends in .html: everywhere, or in a section.
func (s *shelf) isUgly(p *page) bool {
	v := s.of(s.hugoLanguage(p)).get("uglyURLs")
	return v.isTrue() || v.get(s.fileName(p.section)).isTrue()
}

// pattern gives the permalink of a page's section; "" for none.
func (s *shelf) pattern(p *page) string {
	permalinks := s.of(s.hugoLanguage(p)).get("permalinks")
	section := cmp.Or(p.section, "/")
	return cmp.Or(permalinks.get("page", section).str(), permalinks.get(section).str())
}

// fileName brings a part of a file's path into the form of addresses: in lower case, each blank a hyphen, most signs dropped.
func (c *conventions) fileName(s string) string {
	if !c.hugoConfig.get("disablePathToLower").isTrue() {
		s = strings.ReplaceAll(s, " ", "-")
	}
	return c.urlName(s)
}

// urlName brings a text into the form of addresses: as fileName does, but several blanks are one hyphen.
func (c *conventions) urlName(s string) string {
	s = sanitized(s)
	if c.hugoConfig.get("removePathAccents").isTrue() {
		s = norm.NFC.String(strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(s)))
	}
	if !c.hugoConfig.get("disablePathToLower").isTrue() {
		s = strings.ToLower(s)
	}
	return s
}

// sanitized keeps of a text what Hugo keeps in paths; blanks between become one hyphen.
func sanitized(s string) string {
	var b strings.Builder
	hyphen, blank := false, false
	for i, c := range s {
		escape := c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || strings.ContainsRune(`./\_#+~-@`, c) || escape:
			if hyphen = c == '-'; blank && !hyphen {
				b.WriteByte('-')
			}
			blank = false
			b.WriteRune(c)
		case unicode.IsSpace(c) && b.Len() > 0 && !hyphen:
			blank = true
		}
	}
	return b.String()
}

func isHex(c byte) bool { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }

// permalink fills in a pattern of the configuration.
func (s *shelf) permalink(pattern string, p *page, h *head) string {
	u := path.Clean("/" + s.fill(pattern, p, h))
	if !s.hugoConfig.get("disablePathToLower").isTrue() {
		u = strings.ToLower(u)
	}
	return u
}

var permalinkToken = regexp.MustCompile(`:\w+(\[.+?\])?`)

// fill puts what the tokens of a pattern stand for in their places (Hugo, "Permalinks", "Tokens").
func (s *shelf) fill(pattern string, p *page, h *head) string {
	return permalinkToken.ReplaceAllStringFunc(pattern, func(token string) string {
		name, slice, sliced := strings.Cut(token[1:], "[")
		d := p.info.Date.Time
		switch strings.ToLower(name) {
		case "year":
			return d.Format("2006")
		case "month":
			return d.Format("01")
		case "monthname":
			return d.Format("January")
		case "day":
			return d.Format("02")
		case "weekday":
			return strconv.Itoa(int(d.Weekday()))
		case "weekdayname":
			return d.Format("Monday")
		case "yearday":
			return strconv.Itoa(d.YearDay())
		case "section":
			return s.fileName(p.section)
		case "sectionslug":
			return s.fileName(cmp.Or(s.sectionSlug(p.section, p), p.section))
		case "sections", "sectionslugs":
			parts := s.sectionsOf(p, strings.HasSuffix(name, "slugs"))
			if sliced {
				parts = sliceOf(parts, strings.TrimSuffix(slice, "]"))
			}
			return strings.Join(parts, "/")
		case "title":
			return s.urlName(h.str("title"))
		case "slug":
			return s.urlName(cmp.Or(h.str("slug"), p.slug, h.str("title")))
		case "filename", "contentbasename":
			return s.fileName(p.stem)
		case "slugorfilename", "slugorcontentbasename":
			if slug := cmp.Or(h.str("slug"), p.slug); slug != "" {
				return s.urlName(slug)
			}
			return s.fileName(p.stem)
		}
		return d.Format(token[1:]) // one of Go's layouts, or nothing that Hugo knows
	})
}

// sectionsOf gives the sections that a page lies in: the folder below the content, and those in it that have a page.
func (s *shelf) sectionsOf(p *page, slugs bool) (out []string) {
	dir := path.Dir(p.rel)
	if p.bundle {
		dir = path.Dir(dir)
	}
	at := ""
	for part := range strings.SplitSeq(dir, "/") {
		if part == "." {
			continue
		}
		at = path.Join(at, part)
		if at != part && s.sectionIn(at, s.hugoLanguage(p)) == nil {
			continue
		}
		if slug := s.sectionSlug(at, p); slugs && slug != "" {
			part = slug
		}
		out = append(out, s.fileName(part))
	}
	return out
}

// sectionSlug is the slug that a section's page gives it.
func (s *shelf) sectionSlug(dir string, p *page) string {
	if sec := s.sectionIn(dir, s.hugoLanguage(p)); sec != nil {
		return sec.front.get("slug").str()
	}
	return ""
}

// sliceOf takes a part of a list, as "1:", ":last", "last" or "0" name it.
func sliceOf(parts []string, slice string) []string {
	place := func(s string, otherwise int) int {
		if s == "last" {
			return len(parts) - 1
		}
		if n, err := strconv.Atoi(s); err == nil {
			return max(0, min(n, len(parts)))
		}
		return otherwise
	}
	from, to, ranged := strings.Cut(slice, ":")
	low := place(from, 0)
	high := low + 1
	if ranged {
		high = place(to, len(parts))
	}
	if low < 0 || low >= len(parts) || high < low {
		return nil
	}
	return parts[low:min(high, len(parts))]
}

// baseOf gives the public address of the site in a language, with a slash at its end; "" when it is not known.
func (s *shelf) baseOf(lang string) string {
	base := s.config.Journal.BaseURL
	if v := s.hugoConfig.get("languages", lang, "baseURL"); v != nil && !strings.EqualFold(lang, s.defaultLanguage) {
		base = publicAddress(v.str())
	}
	if base != "" && !strings.HasSuffix(base, "/") {
		base += "/"
	}
	return base
}

// address gives a page's public address, "" when the site's is not known.
func (s *shelf) address(p *page) string {
	base := s.baseOf(s.hugoLanguage(p))
	if base == "" {
		return ""
	}
	return strings.TrimSuffix(base, "/") + (&url.URL{Path: p.url}).EscapedPath()
}
