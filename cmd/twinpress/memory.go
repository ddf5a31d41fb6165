package main

import (
	"os"
	"runtime/debug"
)

// outsideHeap is what a run takes besides what Go's collector counts: the program itself, and the files that the system maps.
const outsideHeap = 40 << 20

// boundMemory tells the collector how much memory there is to work with: it may let garbage lie while there is much, and must not
// when there is little. What the environment says to Go comes first (https://pkg.go.dev/runtime#hdr-Environment_Variables).
func boundMemory(bytes int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(max(bytes-outsideHeap, bytes/2))
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(500)
	}
}
