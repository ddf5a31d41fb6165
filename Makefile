# make samples needs Go and nothing else; the other targets say what they need and fetch what they can.
.PHONY: release archive shards samples test guard conformance quality bench sizes update update-hugo figures look picture corpus oracle hostile fuzz

FOLDERS ?= samples $(wildcard ../shared/corpus)

samples: ## the sample issue, as EPUB and PDF, into dist/
	go run ./cmd/twinpress build samples -d dist --offprints --no-cache

test: ## every test, with Go alone
	go vet ./...
	go vet ./.ci/archive ./.ci/bench ./.ci/corpus ./.ci/hostile ./.ci/outsider ./.ci/parity ./.ci/picture ./.ci/spacing ./.ci/validate ./samples/_figures
	go test ./...

guard: ## the source itself: formatting, staticcheck, dead code, races, the API from outside
	.ci/guard.sh

conformance: ## EPUBCheck, Ace, veraPDF, qpdf, poppler and mupdf over everything that we make
	.ci/conformance.sh

corpus: ## build what lies in FOLDERS and weigh words in against words out, leftovers of markup, problems
	go run ./.ci/corpus $(FOLDERS)

hostile: ## inputs made to break a press, each within 5 s and 500 MB, or refused
	go build -o .cache/twinpress ./cmd/twinpress
	TWINPRESS_NO_CACHE=1 go run ./.ci/hostile -press .cache/twinpress

archive: ## 500 articles in 100 issues: full, again, one article changed; then builds that are killed, and have no room
	go build -o .cache/twinpress ./cmd/twinpress
	go run ./.ci/archive -press .cache/twinpress
	go run ./.ci/archive -press .cache/twinpress -trials 30

shards: ## one build shared out by GNU parallel, Slurm and the recipes of others, and put together again
	go build -o .cache/twinpress ./cmd/twinpress
	.ci/shards.sh .cache/twinpress

release: ## binaries of six targets, archives, deb, rpm, checksums, SBOMs into dist/release: made twice, and the same bytes
	.ci/release.sh --twice

fuzz: ## every fuzz target for FUZZTIME each (60s)
	.ci/fuzz.sh

oracle: ## compare with Hugo's own rendering, word for word (needs hugo)
	go run ./.ci/corpus -hugo samples $(wildcard ../shared/corpus/review-112)

quality: ## word spacing of the prose, measured in the finished PDFs
	.ci/quality.sh

bench: ## whole-process times, then the benchmarks of the parts
	.ci/bench.sh
	go test -run '^$$' -bench . -benchmem ./...

sizes: ## bytes beside other typesetters' for the same article
	.ci/sizes.sh

update: ## write the golden files anew; read the diff as you would read code
	go test $$(grep -rl --include='*_test.go' 'flag.Bool("update"' . | xargs -n1 dirname | sort -u) -update

update-hugo: ## have Hugo ($HUGO, or hugo in $PATH) read the matrix of small sites anew; read the diff
	go test ./export/hugo -run TestMatrix -update-hugo

figures: ## draw the sample issue's pictures anew
	go run samples/_figures/main.go samples

picture: ## draw the README's picture anew
	go run ./.ci/picture samples .github/page.png

look: ## pictures of the editions, into dist/look: each style's pages, the EPUB by day and by night
	.ci/look.sh
