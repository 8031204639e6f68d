// sdkgen writes a provider's SDKs with Pulumi's own code generators:
//
//	go run ./sdkgen SCHEMA OUTDIR [nodejs] [python] [go]
//
// Each language gets OUTDIR/LANGUAGE, which belongs to the generator: what is there goes, but for the names in keep.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

const tool = "tenantry"

// keep names what a build, an install or a hand adds to an SDK, at its top.
var keep = map[string]bool{"node_modules": true, "bin": true, "package-lock.json": true, "go.mod": true, "go.sum": true}

var importers = map[string]schema.Language{
	"nodejs": nodejs.Importer, "python": python.Importer, "go": gogen.Importer,
}

// The nil loaders would load other packages: our schema refers to none.
var generators = map[string]func(*schema.Package) (map[string][]byte, error){
	"nodejs": func(pkg *schema.Package) (map[string][]byte, error) {
		return nodejs.GeneratePackage(tool, pkg, nil, nil, false, nil)
	},
	"python": func(pkg *schema.Package) (map[string][]byte, error) {
		return python.GeneratePackage(tool, pkg, nil, nil)
	},
	"go": func(pkg *schema.Package) (map[string][]byte, error) {
		return gogen.GeneratePackage(tool, pkg, nil)
	},
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: sdkgen SCHEMA OUTDIR [nodejs] [python] [go]")
		os.Exit(2)
	}
	languages := os.Args[3:]
	if len(languages) == 0 {
		languages = []string{"nodejs", "python", "go"}
	}
	for _, language := range languages {
		if err := generate(os.Args[1], filepath.Join(os.Args[2], language), language); err != nil {
			fmt.Fprintf(os.Stderr, "sdkgen: %s: %v\n", language, err)
			os.Exit(1)
		}
	}
}

func generate(schemaFile, directory, language string) error {
	generator, known := generators[language]
	if !known {
		return fmt.Errorf("not one of nodejs, python, go")
	}
	// The generators change the package they are given, so each starts from the file.
	pkg, err := load(schemaFile)
	if err != nil {
		return err
	}
	files, err := generator(pkg)
	if err != nil {
		return err
	}
	if err := clear(directory); err != nil {
		return err
	}
	for name, content := range files {
		path := filepath.Join(directory, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func load(schemaFile string) (*schema.Package, error) {
	content, err := os.ReadFile(schemaFile)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(content, &spec); err != nil {
		return nil, err
	}
	return schema.ImportSpec(spec, importers, schema.NewNullLoader(), schema.ValidationOptions{})
}

func clear(directory string) error {
	entries, err := os.ReadDir(directory)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if keep[entry.Name()] {
			continue
		}
		if err := os.RemoveAll(filepath.Join(directory, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}
