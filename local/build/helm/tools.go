//go:build tools

// Package tools names what this module builds; go.mod and go.sum pin it.
package tools

import _ "helm.sh/helm/v3/cmd/helm"
