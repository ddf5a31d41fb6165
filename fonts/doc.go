// Package fonts owns the letters: the families of the house, a publisher's own, and everything that is asked of them.
//
// The unit is the Face: one font file, immutable and safe for use by many goroutines. A face tells its measures, shapes text
// into glyphs, gives the outline of a glyph, and makes the small font that a PDF or an EPUB embeds. Faces stand together in a
// Family (the regular, the italic, the bold…); a Set is the families that an edition is set in, by role (text, display, sans,
// mono), with the fallback families that are asked when the face at hand lacks a character.
//
// The order of work is: a Set chooses a face by family, weight and posture; Runs divides a text into stretches that one face
// and one script can shape; Shape turns each stretch into glyphs; Subset, at the end, gives the font with just those glyphs.
//
// Lengths are in font units (Metrics.UnitsPerEm to the em) and the vertical axis points up. Fonts are parsed when first used,
// so that a program that sets nothing pays nothing.
//
// Shaping is HarfBuzz's, by the port in go-text/typesetting; OpenType is ISO/IEC 14496-22, CFF is Adobe Technical Note 5176
// and its charstrings are Adobe Technical Note 5177.
package fonts
