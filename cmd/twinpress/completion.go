package main

import (
	"fmt"
	"io"

	"github.com/urfave/cli/v2"
)

// The scripts ask the command itself (--generate-bash-completion, which urfave/cli answers), so they know every command
// and flag of the installed version.
const (
	bashCompletion = `# bash completion for twinpress: source <(twinpress completion bash)
_twinpress() {
  local cur="${COMP_WORDS[COMP_CWORD]}"
  local words=("${COMP_WORDS[@]:0:COMP_CWORD}")
  if [[ $cur == -* ]]; then words+=("$cur"); fi
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$("${words[@]}" --generate-bash-completion 2>/dev/null | cut -d: -f1)" -- "$cur"))
  if [[ ${#COMPREPLY[@]} -eq 0 ]]; then COMPREPLY=($(compgen -f -- "$cur")); fi
}
complete -o filenames -o bashdefault -F _twinpress twinpress
`
	zshCompletion = `#compdef twinpress
# zsh completion for twinpress: twinpress completion zsh > "${fpath[1]}/_twinpress"
_twinpress() {
  local -a opts
  local cur=${words[CURRENT]}
  local -a asked=("${words[@]:0:$((CURRENT-1))}")
  [[ $cur == -* ]] && asked+=("$cur")
  opts=("${(@f)$(_CLI_ZSH_AUTOCOMPLETE_HACK=1 ${asked[@]} --generate-bash-completion 2>/dev/null)}")
  if [[ -n ${opts[1]} ]]; then _describe 'values' opts; else _files; fi
}
compdef _twinpress twinpress
`
	powershellCompletion = `# PowerShell completion for twinpress: twinpress completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName twinpress -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() } | Where-Object { $_ -ne $wordToComplete })
  if ($wordToComplete.StartsWith('-')) { $words += $wordToComplete }
  $rest = @($words | Select-Object -Skip 1)
  & twinpress @rest --generate-bash-completion 2>$null | ForEach-Object { ($_ -split ':', 2)[0] } |
    Where-Object { $_ -like "$wordToComplete*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`
)

func completionCommand(t *terminal) *cli.Command {
	return &cli.Command{
		Name:         "completion",
		Usage:        "print a completion script",
		ArgsUsage:    "bash|zsh|fish|powershell",
		OnUsageError: onUsageError,
		Description: `   source <(twinpress completion bash)
   twinpress completion zsh > "${fpath[1]}/_twinpress"
   twinpress completion fish > ~/.config/fish/completions/twinpress.fish
   twinpress completion powershell | Out-String | Invoke-Expression`,
		Action: func(c *cli.Context) error {
			script := ""
			switch c.Args().First() {
			case "bash":
				script = bashCompletion
			case "zsh":
				script = zshCompletion
			case "powershell":
				script = powershellCompletion
			case "fish":
				s, err := c.App.ToFishCompletion()
				if err != nil {
					return fmt.Errorf("write the fish script: %w", err)
				}
				script = s
			default:
				return usageError{"which shell? bash, zsh, fish or powershell", "twinpress completion bash"}
			}
			_, err := io.WriteString(t.out, script)
			return err
		},
	}
}
