// Package picture sets covers and turns placed pages into pixels: the cover of an edition that has no picture of its own, or over
// the one it has, its thumbnail, the cover of a printed issue in one piece, and pictures of pages for a README or a shop. It
// paints drawings (SVG), too.
//
// A page comes from layout with every glyph in its place; here each outline is filled, each rule and picture painted.
// Outlines are filled by exact area coverage in integers, since a picture is part of an edition and an edition is the same
// bytes on every machine: floating point, which compilers may fuse and vector units reorder, would not be.
package picture
