package hugo

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/internal/barcode"
)

// What libraries and shops find an edition by is checked where it is read: a wrong number would go out with every file.

// anISSN is the number of a serial, which is kept as it is printed: 1234-5679.
type anISSN struct{ to *string }

// issnOf gives a serial's number as it is printed. The error says what is wrong with it.
func issnOf(s string) (string, error) {
	s = strings.TrimSpace(s)
	if _, err := barcode.ISSN(s); err != nil {
		return "", err
	}
	digits := strings.ToUpper(strings.ReplaceAll(s, "-", ""))
	return digits[:4] + "-" + digits[4:], nil
}

// doiForm is the form of a digital object identifier (ISO 26324): a registrant's prefix and what it calls the thing.
var doiForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^10\.[0-9]{4,9}(\.[0-9]+)*/\S+$`) })

var doiResolver = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(https?://)?(dx\.|www\.)?doi\.org/|^doi:\s*`)
})

// doiOf gives an identifier in its bare form, without the resolver's address: "10.1000/1". The error says that it is none.
func doiOf(s string) (string, error) {
	doi := doiResolver().ReplaceAllString(strings.TrimSpace(s), "")
	if !doiForm().MatchString(doi) {
		return "", fmt.Errorf("%q is no DOI: it begins with 10., a number and a slash, and has no blanks", s)
	}
	return doi, nil
}

// wrongNumber says what is amiss with an issue's ISBN or DOI; nil when nothing is.
func (k *issueKey) wrongNumber(v *value) *wrongValue {
	var err error
	switch {
	case v.kind == null || v.kind == scalar && strings.TrimSpace(v.text) == "":
	case v.kind != scalar:
		return &wrongValue{v.at, k.name + " should be text", ""}
	case k.kind == anISBN:
		_, err = barcode.ISBN(v.text)
	default:
		_, err = doiOf(v.text)
	}
	if err != nil {
		return &wrongValue{v.at, k.name + " " + err.Error(), notSent}
	}
	return nil
}

const notSent = "it is not sent out"

// doi reads an article's identifier.
func (h *head) doi() string {
	v := h.scalar("doi")
	if v == nil || v.empty() {
		return ""
	}
	doi, err := doiOf(v.text)
	if err != nil {
		h.problem("bad-identifier", v.at, err.Error(), notSent)
	}
	return doi
}
