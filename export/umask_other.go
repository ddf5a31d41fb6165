//go:build !unix

package export

import "os"

func umask() os.FileMode { return 0 }
