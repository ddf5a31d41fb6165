package fonts

import (
	"testing"
)

func TestHouseParses(t *testing.T) {
	for _, fam := range Default().families {
		for _, f := range fam.Faces {
			if _, err := parseFace(f.read()); err != nil {
				t.Errorf("%s: %v", f, err)
			}
		}
	}
}
