package object

import "errors"

type form struct {
	width, height float64
}

func (o *Writer) addForm(f *form) Ref { panic("x") }

func looksLikeSVG(data []byte) bool { return false }

func readSVG(data []byte) (*Image, error) { return nil, errors.New("no") }
