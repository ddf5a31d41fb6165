//go:build unix

package export

import (
	"os"
	"sync"
	"syscall"
)

// umask tells the process's file mode mask. It can only be read by setting it, so it is read once.
var umask = sync.OnceValue(func() os.FileMode {
	m := syscall.Umask(0o022)
	syscall.Umask(m)
	return os.FileMode(m)
})
