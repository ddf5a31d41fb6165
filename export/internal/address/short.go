package address

import (
	"net/url"
	"strings"
)

// typable is how many characters of an address a reader can be asked to type.
const typable = 72

// Short gives an address as it is printed: without its scheme and what hosts do not need, by the short name that its host has for
// itself, and cut where no one would type it.
func Short(s string) string {
	short := s
	if u, err := url.Parse(s); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		if code := Coded(s); code != s {
			u, _ = url.Parse(code)
		}
		short = strings.TrimPrefix(u.Host, "www.") + strings.TrimSuffix(u.Path, "/")
		if u.RawQuery != "" {
			short += "?" + u.RawQuery
		}
		if u.Fragment != "" {
			short += "#" + u.Fragment
		}
	}
	if r := []rune(short); len(r) > typable {
		return string(r[:typable-10]) + "…"
	}
	return short
}

// Coded gives an address as a square code holds it: the shortest that leads to the same.
func Coded(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return s
	}
	switch strings.TrimPrefix(u.Host, "www.") {
	case "youtube.com", "youtube-nocookie.com":
		id, q := u.Query().Get("v"), u.Query()
		if rest, ok := strings.CutPrefix(u.Path, "/embed/"); ok && id == "" {
			id = rest
		}
		if id == "" || strings.Contains(id, "/") || id == "videoseries" {
			return s
		}
		out := "https://youtu.be/" + url.PathEscape(id)
		for _, key := range []string{"t", "start"} {
			if at := q.Get(key); at != "" {
				return out + "?t=" + url.QueryEscape(at)
			}
		}
		return out
	case "player.vimeo.com":
		if id, ok := strings.CutPrefix(u.Path, "/video/"); ok && !strings.Contains(id, "/") {
			return "https://vimeo.com/" + id
		}
	}
	return s
}
