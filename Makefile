# Everything a developer runs. `make` alone lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash
bin := node_modules/.bin
sources := $(shell find provider emulator -name '*.ts') tools/build.ts tools/code-cache.cjs schema.json package.json

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: build engine ## the main job from start to end, on an emulated HyperStore
	@$(bin)/tsx tools/demo.ts

test: build engine ## lint, types, arrows, units, laws and real-engine tests; TENANTRY_DEPTH=0.2 is how deep the laws look
	@$(bin)/tsx tools/test.ts

test-deep: build engine ## the same with every sample, every release of Ceph, and both Nodes: before a release, or at night
	@TENANTRY_DEPTH=1 $(bin)/tsx tools/test.ts

bench: build ## start time, memory, and CPU per call beside a provider that only makes the same requests
	@$(bin)/tsx bench/main.ts

bench-ceph: build engine ## the life of 100 and 500 tenants on a real radosgw beside the engine's floor: about 15 minutes
	@$(bin)/tsx bench/ceph/main.ts $(ARGS)

build: node_modules/.package-lock.json dist/plugin/pulumi-resource-tenantry sdk/nodejs/bin/index.js ## install, bundle the plugin, compile the SDK

engine: ## find a Pulumi engine, or build one with Go (once, about 3 to 6 minutes)
	@tools/pulumi --path >/dev/null

generate: node_modules/.package-lock.json ## schema.json and sdk/ from the definitions
	@tools/generated

format: node_modules/.package-lock.json ## format and mend what Biome can
	@$(bin)/biome check --write .

emulator: build ## run the HyperStore emulator on http://127.0.0.1:18081
	@node dist/emulator.cjs hyperstore

clean: ## remove what was built
	@rm -rf dist sdk/*/bin node_modules

node_modules/.package-lock.json: package.json package-lock.json
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

dist/plugin/pulumi-resource-tenantry: $(sources) node_modules/.package-lock.json
	@$(bin)/tsx tools/build.ts

# The compiled SDK is what gets published; the link lets the examples and tests import it by its name.
sdk/nodejs/bin/index.js: $(shell find sdk/nodejs -name '*.ts' -not -path '*/bin/*') sdk/nodejs/package.json node_modules/.package-lock.json
	@$(bin)/tsc -p sdk/nodejs
	@cp sdk/nodejs/package.json sdk/nodejs/README.md sdk/nodejs/bin/
	@ln -sfn ../sdk/nodejs/bin node_modules/pulumi-tenantry
	@touch $@

.PHONY: help demo test test-deep bench bench-ceph build engine generate format emulator clean
