package hugo

import (
	"path"
	"strconv"
	"strings"
	"unicode"
)

// urlOf gives a page's path on the site, by front matter, by the configuration's permalinks, or by its place in the
// content (Hugo, "URL management").
func (s *shelf) urlOf(p *page, h *head) string {
	if u := h.str("url"); u != "" && !strings.Contains(u, "{") {
		if strings.Contains(u, "://") {
			_, rest, _ := strings.Cut(u, "://")
			_, u, _ = strings.Cut(rest, "/")
		}
		if strings.Contains(u, ":") {
			u = s.permalink(u, p, h)
		}
		return "/" + strings.TrimPrefix(u, "/")
	}
	rel := p.path
	if dir := s.languageDir(p); dir != "." {
		rel = strings.TrimPrefix(rel, dir+"/")
	}
	dir := path.Dir(rel)
	if p.bundle {
		dir = path.Dir(dir)
	}
	prefix := "/"
	if l := s.hugoLanguage(p); l != "" && l != s.defaultLanguage {
		prefix = "/" + l + "/"
	}
	pattern := ""
	for _, where := range []*value{s.hugoConfig.get("languages", s.hugoLanguage(p), "permalinks"), s.hugoConfig.get("permalinks")} {
		if v := where.get(p.section); v.str() != "" {
			pattern = v.str()
			break
		}
		if v := where.get("page", p.section); v.str() != "" {
			pattern = v.str()
			break
		}
	}
	if pattern != "" {
		return prefix + strings.TrimPrefix(s.permalink(pattern, p, h), "/")
	}
	last := h.str("slug")
	if last == "" {
		last = p.stem
	}
	u := prefix
	if dir != "." {
		u += strings.ToLower(strings.ReplaceAll(dir, " ", "-")) + "/"
	}
	return u + hugoName(last) + "/"
}

// hugoName brings a name into the form of Hugo's paths.
func hugoName(s string) string {
	var b strings.Builder
	for _, c := range s {
		switch {
		case c == ' ':
			b.WriteByte('-')
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || strings.ContainsRune(".-_~+@", c):
			b.WriteRune(unicode.ToLower(c))
		}
	}
	return b.String()
}

// permalink fills in a pattern.
func (s *shelf) permalink(pattern string, p *page, h *head) string {
	d := p.info.Date.Time
	title := h.str("title")
	slug := h.str("slug")
	sections := path.Dir(strings.TrimPrefix(p.path, s.contentDir+"/"))
	if sections == "." {
		sections = ""
	}
	tokens := map[string]string{
		"year": d.Format("2006"), "month": d.Format("01"), "monthname": d.Format("January"), "day": d.Format("02"),
		"weekday": strconv.Itoa(int(d.Weekday())), "weekdayname": d.Format("Monday"), "yearday": strconv.Itoa(d.YearDay()),
		"section": p.section, "sections": sections, "title": hugoName(title), "filename": hugoName(p.stem),
		"contentbasename": hugoName(p.stem), "slug": hugoName(slug), "slugorfilename": hugoName(slug),
		"slugorcontentbasename": hugoName(slug),
	}
	if slug == "" {
		tokens["slug"] = hugoName(title)
		tokens["slugorfilename"], tokens["slugorcontentbasename"] = tokens["filename"], tokens["filename"]
	}
	parts := strings.Split(pattern, "/")
	for i, part := range parts {
		var b strings.Builder
		for part != "" {
			j := strings.IndexByte(part, ':')
			if j < 0 {
				b.WriteString(part)
				break
			}
			b.WriteString(part[:j])
			k := j + 1
			for k < len(part) && part[k] >= 'a' && part[k] <= 'z' {
				k++
			}
			if val, ok := tokens[part[j+1:k]]; ok {
				b.WriteString(val)
			} else {
				b.WriteString(part[j:k])
			}
			part = part[k:]
		}
		parts[i] = b.String()
	}
	return path.Clean("/"+strings.Join(parts, "/")) + "/"
}

// address gives a page's public address, "" when the site's is not known.
func (s *shelf) address(p *page) string {
	base := s.config.Journal.BaseURL
	if base == "" {
		return ""
	}
	return strings.TrimSuffix(base, "/") + "/" + strings.TrimPrefix(p.url, "/")
}
