package hugo

import (
	"strings"

	"github.com/twinpress/twinpress/export/markdown"
)

// dialect is what Hugo's configuration says of Markdown (Hugo, "Configure markup").
func (s *Site) dialect() markdown.Dialect {
	gm := s.hugoConfig.get("markup", "goldmark")
	extras := gm.get("extensions", "extras")
	d := markdown.Dialect{
		HardWraps: gm.get("renderer", "hardWraps").isTrue(),
		Emoji:     s.hugoConfig.get("enableEmoji").isTrue(),
		Mark:      extras.get("mark", "enable").isTrue(),
		Insert:    extras.get("insert", "enable").isTrue(),
	}
	off := func(v *value) bool { return v.str() == "false" || v.get("enable").str() == "false" }
	ext := gm.get("extensions")
	d.Off = markdown.Extensions{Tables: off(ext.get("table")), Strikethrough: off(ext.get("strikethrough")) && !extras.get("delete", "enable").isTrue(),
		TaskLists: off(ext.get("taskList")), Definitions: off(ext.get("definitionList")), Addresses: off(ext.get("linkify")), Notes: off(ext.get("footnote")),
		Raised: off(extras.get("superscript")), Lowered: off(extras.get("subscript"))}
	switch t := strings.ToLower(gm.get("parser", "autoIDType").str()); t {
	case "github-ascii", "blackfriday":
		d.Anchors = t
	}
	return d
}

// house is the publisher's typography: as twinpress.yaml has it, or none where Hugo's typographer is switched off and nothing
// else is said.
func (s *Site) house() markdown.House {
	h := s.Config.House
	t := s.hugoConfig.get("markup", "goldmark", "extensions", "typographer")
	if (t.get("disable").isTrue() || t.str() == "false") && h.Dashes == "" && h.Ranges == "" && len(h.Quotes) == 0 {
		h.AsIs = true
	}
	return h
}
