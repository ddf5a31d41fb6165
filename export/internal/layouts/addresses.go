package layouts

import "net/url"

func escapeURL(s string, query bool) string {
	if query {
		return url.QueryEscape(s)
	}
	return url.PathEscape(s)
}

// textToParts reads an address into its parts.
var textToParts = function{1, 1, false, func(_ *Runner, a []any) (any, error) {
	u, err := url.Parse(text(a[0]))
	if err != nil {
		return nil, err
	}
	return u, nil
}}
