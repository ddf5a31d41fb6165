package fonts

// onPanic is the one guard over what parses and shapes fonts: deferred, it calls then with the reason of a panic. The parsers
// are careful with offsets but not perfect, and a publisher's broken file must be an error, not a crash.
func onPanic(then func(reason any)) {
	if r := recover(); r != nil {
		then(r)
	}
}
