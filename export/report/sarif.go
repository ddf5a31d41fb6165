package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// What of SARIF 2.1.0 (OASIS) is written.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID                   string       `json:"id"`
		ShortDescription     *sarifText   `json:"shortDescription,omitempty"`
		FullDescription      *sarifText   `json:"fullDescription,omitempty"`
		Help                 *sarifText   `json:"help,omitempty"`
		DefaultConfiguration *sarifConfig `json:"defaultConfiguration,omitempty"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifInvocation struct {
		ExecutionSuccessful        bool                `json:"executionSuccessful"`
		ToolExecutionNotifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifResult struct {
		RuleID              string            `json:"ruleId"`
		RuleIndex           int               `json:"ruleIndex"`
		Level               string            `json:"level"`
		Message             sarifText         `json:"message"`
		Locations           []sarifLocation   `json:"locations"`
		PartialFingerprints map[string]string `json:"partialFingerprints"`
		Properties          *sarifProperties  `json:"properties,omitempty"`
	}
	sarifProperties struct {
		Edition string `json:"edition"`
	}
	sarifLocation struct {
		PhysicalLocation sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI       string `json:"uri"`
		URIBaseID string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
)

// mostResults is how many results a run may have for GitHub to take it
// (docs.github.com, "SARIF support for code scanning", validating your SARIF file).
const mostResults = 25000

// sarifLevels are SARIF's words for our severities.
var sarifLevels = map[document.Severity]string{document.Info: "note", document.Warning: "warning", document.Error: "error"}

// writeSARIF writes a run as a log of SARIF 2.1.0, the worst first.
func writeSARIF(w io.Writer, run *Run) error {
	all := run.worstFirst()
	inv := sarifInvocation{ExecutionSuccessful: true}
	for _, u := range run.Units {
		inv.ExecutionSuccessful = inv.ExecutionSuccessful && u.Reason == "" && !u.Skipped
	}
	if more := len(all) - mostResults; more > 0 {
		all = all[:mostResults]
		inv.ToolExecutionNotifications = []sarifNotification{{"warning", sarifText{fmt.Sprintf("%s more left out: GitHub takes %d", counted(more, "result"), mostResults)}}}
	}
	rules, index := run.sarifRules(all)
	results := make([]sarifResult, 0, len(all))
	times := map[string]int{}
	for _, f := range all {
		print := fingerprint(f)
		times[print]++
		r := sarifResult{RuleID: f.Code, RuleIndex: index[f.Code], Level: sarifLevels[f.Severity], Message: sarifText{withHint(f.Problem)},
			Locations:           []sarifLocation{{run.sarifPlace(f.Pos)}},
			PartialFingerprints: map[string]string{"twinpressProblem/v1": fmt.Sprintf("%s:%d", print, times[print])}}
		if f.unit != "" {
			r.Properties = &sarifProperties{f.unit}
		}
		results = append(results, r)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{{
		Tool:        sarifTool{sarifDriver{"twinpress", run.Version, "https://github.com/twinpress/twinpress", rules}},
		Invocations: []sarifInvocation{inv}, ColumnKind: "unicodeCodePoints", Results: results}}})
}

// sarifRules gives the rules of the codes that occur, in alphabetical order, and where each stands.
func (run *Run) sarifRules(all []found) (rules []sarifRule, index map[string]int) {
	rules, index = []sarifRule{}, map[string]int{}
	var codes []string
	for _, f := range all {
		if _, ok := index[f.Code]; !ok {
			index[f.Code] = 0
			codes = append(codes, f.Code)
		}
	}
	slices.Sort(codes)
	for i, code := range codes {
		index[code] = i
		rule := sarifRule{ID: code}
		if k := slices.IndexFunc(run.Rules, func(r Rule) bool { return r.Code == code }); k >= 0 {
			known := run.Rules[k]
			rule.ShortDescription, rule.FullDescription, rule.Help = sarifSays(known.Meaning), sarifSays(known.Text), sarifSays(known.Remedy)
			rule.DefaultConfiguration = &sarifConfig{sarifLevels[known.Severity]}
		}
		rules = append(rules, rule)
	}
	return rules, index
}

func sarifSays(text string) *sarifText {
	if text == "" {
		return nil
	}
	return &sarifText{text}
}

// sarifPlace is a place: a file by an address that leads from the repository's folder to it (SARIF § 3.4).
func (run *Run) sarifPlace(pos document.Pos) sarifPhysical {
	file := slashed(pos.File)
	if file == "" {
		file, pos = slashed(run.Place), document.Pos{}
	}
	var at sarifPhysical
	switch {
	case file == "":
		at.ArtifactLocation = sarifArtifact{"./", "%SRCROOT%"}
	case strings.HasPrefix(file, "/"):
		at.ArtifactLocation.URI = (&url.URL{Scheme: "file", Path: file}).String()
	case len(file) > 2 && file[1] == ':' && file[2] == '/': // C:/…
		at.ArtifactLocation.URI = (&url.URL{Scheme: "file", Path: "/" + file}).String()
	default:
		at.ArtifactLocation = sarifArtifact{(&url.URL{Path: file}).String(), "%SRCROOT%"}
	}
	if pos.Line > 0 {
		at.Region = &sarifRegion{pos.Line, pos.Column}
	}
	return at
}

// slashed gives a path with slashes, also one that was named on Windows.
func slashed(file string) string { return strings.ReplaceAll(file, `\`, "/") }

// fingerprint tells a problem from others, also when lines before it come or go.
func fingerprint(f found) string {
	sum := sha256.Sum256([]byte(f.Code + "\x00" + slashed(f.Pos.File) + "\x00" + f.Message))
	return hex.EncodeToString(sum[:8])
}

// withHint is what a problem says, and what to do.
func withHint(p document.Problem) string {
	if p.Hint == "" {
		return printable(p.Message)
	}
	return printable(p.Message + "\nHint: " + p.Hint)
}
