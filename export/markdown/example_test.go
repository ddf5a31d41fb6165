package markdown_test

import (
	"fmt"
	"os"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/markdown"
)

// A text becomes blocks without any site around it.
func ExampleMarkdown_Read() {
	text := "# On \"mice\"\n\nThey squeak.[^1] See [the plan](plan.md).\n\n[^1]: Softly.\n"
	article, problems := markdown.New(markdown.Settings{}).Read("mice.md", []byte(text), "en", nil)
	if err := document.Dump(os.Stdout, article); err != nil {
		fmt.Println(err)
	}
	for _, p := range problems {
		fmt.Println(p)
	}
	// Output:
	// title "On “mice”"
	// language en
	// body
	//   paragraph lead
	//     "They squeak."
	//     note 1
	//     " See "
	//     link
	//       "the plan"
	//     "."
	// note 1 label=1 refs=1
	//   paragraph
	//     "Softly."
	// mice.md:3:22: no page answers to plan.md [broken-link]
}
