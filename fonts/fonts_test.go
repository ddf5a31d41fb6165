package fonts

import (
	"strings"
	"testing"
)

// Each font of the house may be embedded and handed on, and its licence lies beside it.
func TestLicences(t *testing.T) {
	for _, fam := range Default().families {
		for _, f := range fam.Faces {
			if l := f.Licence(); !l.Embed || !l.Subset || !l.Web {
				t.Errorf("%s: %+v", f, l)
			}
		}
	}
	dirs, err := houseFiles.ReadDir("house")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range dirs {
		data, err := houseFiles.ReadFile("house/" + dir.Name() + "/OFL.txt")
		if err != nil || !strings.Contains(string(data), "SIL OPEN FONT LICENSE Version 1.1") || !strings.Contains(string(data), "Copyright") && !strings.Contains(string(data), "©") {
			t.Errorf("%s has no licence: %v", dir.Name(), err)
		}
	}
	for fsType, want := range map[uint16]Licence{
		0: {true, true, true}, 2: {}, 4: {true, true, false}, 8: {true, true, true}, 0x104: {true, false, false}, 0x200: {false, true, false}, 6: {true, true, false},
	} {
		got := licenceOf(fsType)
		if fsType == 2 {
			want.Subset = true
		}
		if got != want {
			t.Errorf("fsType %#x: %+v, want %+v", fsType, got, want)
		}
	}
}

// The house's table of faces says what the files say.
func TestHouseTable(t *testing.T) {
	for _, hf := range houseFamilies {
		for _, h := range hf.faces {
			faces, err := readFaces(houseFile(t, hf.dir+"/"+h.file), "x")
			if err != nil {
				t.Errorf("%s: %v", h.file, err)
				continue
			}
			f := faces[0]
			if f.Family() != hf.name || f.Weight() != h.weight || f.Italic() != h.italic || !strings.HasPrefix(h.file, f.Name()+".") {
				t.Errorf("%s is %s of %s, %d, italic %v", h.file, f, f.Family(), f.Weight(), f.Italic())
			}
		}
	}
}

func TestHouseParses(t *testing.T) {
	for _, fam := range Default().families {
		for _, f := range fam.Faces {
			if _, err := parseFace(f.read()); err != nil {
				t.Errorf("%s: %v", f, err)
			}
		}
	}
}
