package outside

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// What the tools write, as far as it is read here.

// place gives the place of a finding within a file's container.
func place(file, within string, line, column int) document.Pos {
	pos := document.Pos{File: filepath.ToSlash(file)}
	if within != "" {
		pos = document.Pos{File: path.Join(pos.File, within), Line: max(line, 0), Column: max(column, 0)}
	}
	return pos
}

// line makes one line of a text. EPUBCheck lists all 200 attributes that might have stood in place of one: nobody reads them.
func line(s string) string {
	const most = 400
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		s = string(r[:most-1]) + "…"
	}
	return s
}

// epubcheck runs EPUBCheck over an EPUB (its --json form, of version 5).
func epubcheck(ctx context.Context, c command, file string) ([]document.Problem, error) {
	out, err := c.call(ctx, "--quiet", "--json", "-", file)
	if err != nil {
		return nil, err
	}
	return readEPUBCheck(file, out)
}

func readEPUBCheck(file string, out []byte) (found []document.Problem, err error) {
	var report struct {
		Messages []struct {
			ID         string `json:"ID"`
			Severity   string `json:"severity"`
			Message    string `json:"message"`
			Suggestion string `json:"suggestion"`
			Locations  []struct {
				Path   string `json:"path"`
				Line   int    `json:"line"`
				Column int    `json:"column"`
			} `json:"locations"`
		} `json:"messages"`
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return nil, fmt.Errorf("read its report: %w", err)
	}
	severities := map[string]document.Severity{"FATAL": document.Error, "ERROR": document.Error, "WARNING": document.Warning}
	for _, m := range report.Messages {
		p := document.Problem{Code: "epubcheck " + m.ID, Severity: severities[m.Severity], Message: line(m.Message), Hint: line(m.Suggestion)}
		if p.Hint == "null" {
			p.Hint = ""
		}
		if len(m.Locations) == 0 {
			p.Pos = place(file, "", 0, 0)
			found = append(found, p)
		}
		for _, l := range m.Locations {
			within := l.Path
			if path.Base(within) == filepath.Base(file) {
				within = ""
			}
			p.Pos = place(file, within, l.Line, l.Column)
			found = append(found, p)
		}
	}
	return found, nil
}

// ace runs Ace by DAISY over an EPUB.
func ace(ctx context.Context, c command, file string) ([]document.Problem, error) {
	dir, err := os.MkdirTemp("", "twinpress-ace-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if _, err := c.call(ctx, "--silent", "--force", "--tempdir", filepath.Join(dir, "temp"), "--outdir", filepath.Join(dir, "out"), file); err != nil {
		return nil, err
	}
	out, err := os.ReadFile(filepath.Join(dir, "out", "report.json"))
	if err != nil {
		return nil, errors.New("it made no report (it needs a browser, which PUPPETEER_EXECUTABLE_PATH names)")
	}
	return readAce(file, out)
}

func readAce(file string, out []byte) (found []document.Problem, err error) {
	var report struct {
		Assertions []struct {
			Subject struct {
				URL string `json:"url"`
			} `json:"earl:testSubject"`
			Assertions []struct {
				Test struct {
					Impact string `json:"earl:impact"`
					Title  string `json:"dct:title"`
					Help   struct {
						URL string `json:"url"`
					} `json:"help"`
				} `json:"earl:test"`
				Result struct {
					Outcome     string `json:"earl:outcome"`
					Description string `json:"dct:description"`
				} `json:"earl:result"`
			} `json:"assertions"`
		} `json:"assertions"`
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return nil, fmt.Errorf("read its report: %w", err)
	}
	severities := map[string]document.Severity{"critical": document.Error, "serious": document.Error, "moderate": document.Warning}
	for _, doc := range report.Assertions {
		within := doc.Subject.URL
		if s, err := url.PathUnescape(within); err == nil {
			within = s
		}
		for _, a := range doc.Assertions {
			if a.Result.Outcome != "fail" {
				continue
			}
			p := document.Problem{Code: "ace " + a.Test.Title, Severity: severities[a.Test.Impact], Message: line(a.Result.Description), Pos: place(file, within, 0, 0)}
			if a.Test.Help.URL != "" {
				p.Hint = "see " + a.Test.Help.URL
			}
			found = append(found, p)
		}
	}
	return found, nil
}

// verapdf runs veraPDF over PDFs, by the standards that each claims to keep; one that claims none by PDF/UA-1.
func verapdf(ctx context.Context, c command, files []string) ([]document.Problem, error) {
	out, err := c.call(ctx, append([]string{"--format", "json", "--flavour", "0", "--defaultflavour", "ua1"}, files...)...)
	if err != nil {
		return nil, err
	}
	return readVeraPDF(files, out)
}

func readVeraPDF(files []string, out []byte) (found []document.Problem, err error) {
	var report struct {
		Report struct {
			Jobs []struct {
				Item struct {
					Name string `json:"name"`
				} `json:"itemDetails"`
				Exception struct {
					Message string `json:"exceptionMessage"`
				} `json:"taskException"`
				Results []struct {
					Profile string `json:"profileName"`
					Details struct {
						Rules []struct {
							Specification string `json:"specification"`
							Clause        string `json:"clause"`
							Test          int    `json:"testNumber"`
							Status        string `json:"ruleStatus"`
							Failed        int    `json:"failedChecks"`
							Description   string `json:"description"`
						} `json:"ruleSummaries"`
					} `json:"details"`
				} `json:"validationResult"`
			} `json:"jobs"`
		} `json:"report"`
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return nil, fmt.Errorf("read its report: %w", err)
	}
	for i, job := range report.Report.Jobs {
		file := job.Item.Name
		if len(report.Report.Jobs) == len(files) && filepath.Base(files[i]) == filepath.Base(file) {
			file = files[i] // as it was named
		}
		pos := place(file, "", 0, 0)
		if m := job.Exception.Message; m != "" {
			found = append(found, document.Problem{Code: "verapdf unreadable", Severity: document.Error, Pos: pos, Message: line(m)})
		}
		for _, r := range job.Results {
			standard := strings.TrimSuffix(r.Profile, " validation profile")
			for _, rule := range r.Details.Rules {
				if strings.EqualFold(rule.Status, "passed") {
					continue
				}
				message := standard + ": " + line(rule.Description)
				if rule.Failed > 1 {
					message += fmt.Sprintf(" (broken %d times)", rule.Failed)
				}
				found = append(found, document.Problem{Code: fmt.Sprintf("verapdf %s-%d", rule.Clause, rule.Test), Severity: document.Error, Pos: pos, Message: message,
					Hint: "see " + rule.Specification + ", clause " + rule.Clause})
			}
		}
	}
	return found, nil
}
