# Two commands do everything: `make demo` and `make test`. Both build once, in release, and share that build.
SWIFT ?= swift
BUILD  = $(SWIFT) build -c release
TOOL   = .build/release/golden-ideas

.PHONY: demo test build tools bench compare clean

demo: tools
	@$(BUILD) --product golden-ideas
	@$(TOOL) demo --serve --open

test: tools
	-@sh .ci/browser >/dev/null
	-@sh .ci/converters
	@$(BUILD) --build-tests
	@$(SWIFT) test -c release --skip-build

build: tools
	@$(BUILD) --product golden-ideas

# System libraries, installed only where one is missing.
tools:
	@sh .ci/tools

bench: build
	@$(TOOL) bench

compare: build
	@bash Benchmarks/compare.sh

clean:
	rm -rf .build golden-ideas-demo.db*
