package check

import "testing"

func BenchmarkEPUB(b *testing.B) {
	data := good(b)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		Read(data)
	}
}

func BenchmarkPDF(b *testing.B) {
	data := goodPDF(b)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		ReadPDF(data)
	}
}
