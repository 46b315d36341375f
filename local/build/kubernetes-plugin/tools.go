//go:build tools

// Package tools names what this module builds; go.mod and go.sum pin it.
package tools

import _ "github.com/pulumi/pulumi-kubernetes/provider/v4/cmd/pulumi-resource-kubernetes"
