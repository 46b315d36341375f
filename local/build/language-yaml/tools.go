//go:build tools

// Package tools names what this module builds; go.mod and go.sum pin it.
package tools

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
