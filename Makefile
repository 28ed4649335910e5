# What can be done here; `make help` lists it.

CARGO ?= cargo

# Systems may have the C++ library only as a shared one; see .cargo/config.toml.
ifeq (,$(wildcard $(shell $(or $(CXX),c++) -print-file-name=libstdc++.a 2>/dev/null)))
export CXXSTDLIB_STATIC_aarch64_unknown_linux_gnu = 0
export CXXSTDLIB_STATIC_x86_64_unknown_linux_gnu = 0
endif

# The crates of this workspace bear the lints; warnings are errors.
CLIPPY = $(CARGO) clippy --workspace --all-targets --quiet -- -D warnings

# Runs a fuzz target of the crate in a folder; what it finds worth keeping is in target/.
define fuzz
mkdir -p target/fuzz-corpus/$2
	cd $1 && RUSTC_BOOTSTRAP=1 $(CARGO) fuzz run $2 \
		$(CURDIR)/target/fuzz-corpus/$2 fuzz/corpus/$2 -- -max_total_time=$(or $(DURATION),60)
endef

.DEFAULT_GOAL := help
.PHONY: help run build test conformance packages side-by-side handlers bless lint bench peers compare kernels serve soak fuzz doc install

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

run: ## serve http://127.0.0.1:3000/ by an example; FILE=… for another program
	@$(CARGO) run --release --quiet -- $(or $(FILE),examples/hello-server.js)

build: ## build the program, optimised: target/release/axil
	$(CARGO) build --release

test: ## check the formatting, lint, build, and run all tests
	$(CARGO) fmt --all --check
	$(CLIPPY)
	@sh benches/peers/install.sh || echo "peers: not installed; what needs them is skipped"
	$(CARGO) test --workspace --no-run
	$(CARGO) test --workspace --no-fail-fast

conformance: ## run all of test262, then a sample of it with the collector under stress
	$(CARGO) test --quiet --package axil-conformance --test test262_run -- --all
	$(CARGO) test --quiet --package axil-conformance --test test262_run -- --sample 10 --stress 1

packages: peers ## run programs on npm packages beside Node.js; PACKAGE=… for some
	@sh tests/conformance/packages/install.sh
	$(CARGO) test --quiet --package axil-conformance --test packages -- $(PACKAGE)

side-by-side: peers ## compare with Node.js on generated inputs; FAMILY=…, SEED=…, COUNT=… for others
	@FAMILY="$(FAMILY)" SEED="$(SEED)" COUNT="$(COUNT)" \
		$(CARGO) test --quiet --package axil-conformance --test side_by_side

handlers: ## check what the compiler has made of the instructions' handlers
	$(CARGO) test --quiet --package axil-conformance --test handlers

bless: ## accept what the tests print now as what they expect
	INSTA_UPDATE=always INSTA_FORCE_PASS=1 $(CARGO) test --workspace --no-fail-fast
	@find . -name '*.snap.new' -not -path './target/*' -delete

lint: ## format the code and lint it
	$(CARGO) fmt --all
	$(CLIPPY)

bench: peers ## measure the parser on real files, in MB/s
	$(CARGO) bench --package axil-benches

peers: ## install what the benches compare with, into target/peers
	@sh benches/peers/install.sh

compare: peers ## compare the parser and the engine with acorn, V8 and QuickJS-ng; FILE=… for one program's parse
	$(CARGO) run --release --quiet --package axil-benches --bin compare -- $(FILE)
	$(if $(FILE),,$(MAKE) kernels)

kernels: peers ## compare the engine with QuickJS-ng, V8, Hermes and JSC on small programs; KERNEL=… for some, KERNEL=library/ for a set
	$(CARGO) run --release --quiet --package axil-benches --bin kernels -- $(KERNEL)

serve: peers ## compare http servers with Node.js's and Bun's; WORK=hello, json, file or express for one
	$(CARGO) run --release --quiet --package axil-benches --bin http -- $(WORK)

soak: ## treat an http server badly for 20 minutes; SOAK=… for others, in seconds
	SOAK=$(or $(SOAK),1200) $(CARGO) test --quiet --package axil-conformance --test http_faults -- memory_is_flat

fuzz: ## feed the parsers of programs and of HTTP with mutated texts, a minute each; TARGET=parse or http for one, DURATION=… for longer, in seconds
	@command -v cargo-fuzz >/dev/null 2>&1 || $(CARGO) install --locked cargo-fuzz
	$(if $(filter-out parse,$(TARGET)),,$(call fuzz,grammar,parse))
	$(if $(filter-out http,$(TARGET)),,$(call fuzz,src/runtime,http))

doc: ## build the documentation of all crates: target/doc
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps

install: ## install the program where cargo installs programs
	$(CARGO) install --locked --path src/cli
