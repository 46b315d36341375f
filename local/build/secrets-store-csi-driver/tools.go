//go:build tools

// Package tools names the module that holds the CustomResourceDefinitions; go.mod and go.sum pin it.
package tools

import _ "sigs.k8s.io/secrets-store-csi-driver/apis/v1"
