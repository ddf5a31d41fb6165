package svg

// shape gives the path of a basic shape (SVG 2 § 10) or a path.
func (d *svg) shape(n *node) (Path, bool) {
	var p Path
	w, h := d.width, d.height
	switch n.name {
	case "path":
		p, err := parsePath(n.attrs["d"])
		if err != nil {
			d.lost["end of a Path with a mistake in it not drawn"] = true
		}
		return p, true
	case "rect":
		x, y, rw, rh := d.number(n, "x", w), d.number(n, "y", h), d.number(n, "width", w), d.number(n, "height", h)
		if rw <= 0 || rh <= 0 {
			return nil, true
		}
		rx, okX := length(n.attrs["rx"], w, 16)
		ry, okY := length(n.attrs["ry"], h, 16)
		if !okX {
			rx = ry
		}
		if !okY {
			ry = rx
		}
		rx, ry = min(max(rx, 0), rw/2), min(max(ry, 0), rh/2)
		p.roundedRect(x, y, rw, rh, rx, ry)
	case "circle":
		if r := d.number(n, "r", d.diagonal()); r > 0 {
			p.ellipse(d.number(n, "cx", w), d.number(n, "cy", h), r, r)
		}
	case "ellipse":
		if rx, ry := d.number(n, "rx", w), d.number(n, "ry", h); rx > 0 && ry > 0 {
			p.ellipse(d.number(n, "cx", w), d.number(n, "cy", h), rx, ry)
		}
	case "line":
		p.move(d.number(n, "x1", w), d.number(n, "y1", h))
		p.line(d.number(n, "x2", w), d.number(n, "y2", h))
	case "polyline", "polygon":
		v := numbers(n.attrs["points"])
		for i := 0; i+1 < len(v); i += 2 {
			if i == 0 {
				p.move(v[0], v[1])
			} else {
				p.line(v[i], v[i+1])
			}
		}
		if n.name == "polygon" && len(p) > 0 {
			p.close()
		}
	default:
		return nil, false
	}
	return p, true
}

func (p *Path) roundedRect(x, y, w, h, rx, ry float64) {
	if rx == 0 || ry == 0 {
		p.move(x, y)
		p.line(x+w, y)
		p.line(x+w, y+h)
		p.line(x, y+h)
		p.close()
		return
	}
	const k = 1 - 0.5522847498307936
	p.move(x+rx, y)
	p.line(x+w-rx, y)
	p.cubic(x+w-k*rx, y, x+w, y+k*ry, x+w, y+ry)
	p.line(x+w, y+h-ry)
	p.cubic(x+w, y+h-k*ry, x+w-k*rx, y+h, x+w-rx, y+h)
	p.line(x+rx, y+h)
	p.cubic(x+k*rx, y+h, x, y+h-k*ry, x, y+h-ry)
	p.line(x, y+ry)
	p.cubic(x, y+k*ry, x+k*rx, y, x+rx, y)
	p.close()
}
