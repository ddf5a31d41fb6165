package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"
)

// ErrNoDigest says that a value holds what has none: a function, a channel.
var ErrNoDigest = errors.New("a function has no digest")

// Digest is the SHA-256, hexadecimal, of everything that values hold: what pointers lead to, each once and by its place, so that
// cycles end and sharing counts; the dynamic types of interfaces; unexported fields. Equal digests mean equal values; equal
// values have equal digests, but for times, whose zone counts. It is an error when a function that is not nil is met.
func Digest(values ...any) (string, error) {
	d := &digester{sum: sha256.New(), places: map[place]uint64{}}
	for _, v := range values {
		d.value(reflect.ValueOf(v))
	}
	d.flush()
	return hex.EncodeToString(d.sum.Sum(nil)), d.err
}

type place struct {
	at  uintptr
	typ reflect.Type
}

type digester struct {
	sum    hash.Hash
	buf    []byte
	places map[place]uint64
	err    error
}

var timeType = reflect.TypeFor[time.Time]()

func (d *digester) number(n uint64) { d.buf = binary.AppendUvarint(d.buf, n) }

func (d *digester) text(s string) {
	d.number(uint64(len(s)))
	if len(s) > 1<<12 {
		d.flush()
		d.sum.Write([]byte(s))
		return
	}
	d.buf = append(d.buf, s...)
	if len(d.buf) > 1<<15 {
		d.flush()
	}
}

func (d *digester) flush() {
	d.sum.Write(d.buf)
	d.buf = d.buf[:0]
}

// value takes in a value behind its kind, so that no two values of different shapes are written alike.
func (d *digester) value(v reflect.Value) {
	d.number(uint64(v.Kind()))
	switch v.Kind() {
	case reflect.Invalid: // a nil interface
	case reflect.Bool:
		if v.Bool() {
			d.number(1)
		} else {
			d.number(0)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		d.number(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		d.number(v.Uint())
	case reflect.Float32, reflect.Float64:
		d.number(math.Float64bits(v.Float()))
	case reflect.String:
		d.text(v.String())
	case reflect.Pointer:
		d.pointer(v)
	case reflect.Interface:
		if !v.IsNil() {
			d.text(v.Elem().Type().String())
		}
		d.value(v.Elem())
	case reflect.Slice, reflect.Array:
		d.list(v)
	case reflect.Map:
		d.table(v)
	case reflect.Struct:
		if v.Type() == timeType && v.CanInterface() {
			t := v.Interface().(time.Time)
			d.text(t.Format(time.RFC3339Nano))
			return
		}
		d.text(v.Type().Name())
		for i := range v.NumField() {
			d.value(v.Field(i))
		}
	default: // a function, a channel
		if !v.IsNil() {
			d.err = fmt.Errorf("%w: %s", ErrNoDigest, v.Type())
		}
	}
}

func (d *digester) pointer(v reflect.Value) {
	if v.IsNil() {
		d.number(0)
		return
	}
	at := place{v.Pointer(), v.Type()}
	if n, met := d.places[at]; met {
		d.number(n)
		return
	}
	n := uint64(len(d.places) + 1)
	d.places[at] = n
	d.number(n)
	d.value(v.Elem())
}

func (d *digester) list(v reflect.Value) {
	if v.Kind() == reflect.Slice && v.IsNil() {
		d.number(0)
		return // which is not an empty one
	}
	d.number(uint64(v.Len()) + 1)
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 {
		d.flush()
		d.sum.Write(v.Bytes())
		return
	}
	for i := range v.Len() {
		d.value(v.Index(i))
	}
}

// table takes in a map in the order of its keys, which must be texts or whole numbers.
func (d *digester) table(v reflect.Value) {
	if v.IsNil() {
		d.number(0)
		return
	}
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int {
		switch {
		case a.Kind() == reflect.String:
			return strings.Compare(a.String(), b.String())
		case a.CanInt():
			return int(max(min(a.Int()-b.Int(), 1), -1))
		case a.CanUint():
			return int(max(min(int64(a.Uint())-int64(b.Uint()), 1), -1))
		}
		d.err = fmt.Errorf("%w: a map by %s", ErrNoDigest, a.Type())
		return 0
	})
	d.number(uint64(len(keys)) + 1)
	for _, k := range keys {
		d.value(k)
		d.value(v.MapIndex(k))
	}
}
