package flow

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/style"
)

// checkFamilies reports the families that the style asks for and the set has not; the text family stands in for them.
func (c *compositor) checkFamilies() {
	told := map[string]bool{}
	var check func(path string, v reflect.Value)
	check = func(path string, v reflect.Value) {
		style.Fields(v, func(key string, f reflect.Value, _ reflect.StructTag) {
			if _, measure := f.Interface().(style.Measure); !measure && f.Kind() == reflect.Struct {
				check(path+"."+key, f)
				return
			}
			name := f.String()
			if key != "family" || name == "" || c.types.Set.Family(name) != nil || told[name] {
				return
			}
			told[name] = true
			c.problems = append(c.problems, document.Problem{Code: "unknown-font", Severity: document.Warning,
				Message: fmt.Sprintf("%s.%s: there is no font family %q; the text's is used", path, key, name),
				Hint:    "families: " + strings.Join(append([]string{"text", "display", "sans", "mono"}, c.types.Set.Names()...), ", ")})
		})
	}
	check("style", reflect.ValueOf(c.style).Elem())
}
