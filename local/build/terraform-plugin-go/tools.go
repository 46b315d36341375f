//go:build tools

// Package tools names the module that holds tfplugin5.proto; go.mod and go.sum pin it.
package tools

import _ "github.com/hashicorp/terraform-plugin-go/tfprotov5"
