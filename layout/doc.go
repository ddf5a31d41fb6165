// Package layout turns paragraphs into lines, lines into columns and columns into pages. It knows neither Markdown nor
// PDF: it is given a Flow (text already divided into styled spans, with every measure decided) and gives back Pages on
// which every glyph, rule and picture has its place. Drawing only draws.
//
// The stages, in the order a paragraph meets them:
//
//	shape     spans become glyphs, through the Shaper that the caller supplies
//	hyphenate words get their discretionary breaks (Liang 1983; package hyphen)
//	break     total-fit line breaking with protrusion and expansion (Knuth & Plass 1981; Thành 2000)
//	paginate  lines, notes, floats and tables are divided into columns and pages, looking ahead
//	place     every item gets its coordinates, once
//
// All lengths are integers in scaled points (1/65536 of a DTP point, 1/72 inch), so that the same flow gives the same
// pages on every machine: no decision depends on floating-point rounding.
package layout
