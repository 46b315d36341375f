// pulumi-language-yaml as it is upstream (cmd/pulumi-language-yaml), behind one translation. The last host on the Go
// module proxy takes the configuration as a property map, which engines of today leave out of their calls: the program
// would find no setting that is not declared under the deprecated `configuration`.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"time"

	"github.com/pulumi/pulumi-yaml/pkg/server"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/cmdutil"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

type host struct {
	pulumirpc.LanguageRuntimeServer
}

func (h host) Run(ctx context.Context, req *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	settings := resource.PropertyMap{}
	for key, text := range req.GetConfig() {
		value := resource.NewStringProperty(text)
		if slices.Contains(req.GetConfigSecretKeys(), key) {
			value = resource.MakeSecret(value)
		}
		settings[resource.PropertyKey(key)] = value
	}
	var err error
	if req.ConfigPropertyMap, err = plugin.MarshalProperties(settings, plugin.MarshalOptions{KeepSecrets: true}); err != nil {
		return nil, err
	}
	return h.LanguageRuntimeServer.Run(ctx, req)
}

func main() {
	compiler := flag.String("compiler", "", "Compiler to use to pre-process YAML")
	flag.String("tracing", "", "Ignored")
	flag.String("root", "", "Ignored")
	flag.Parse()
	engine := flag.Arg(0)

	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	ended := make(chan bool)
	go func() {
		<-ctx.Done()
		close(ended)
	}()
	if engine != "" {
		if err := rpcutil.Healthcheck(ctx, engine, 5*time.Minute, cancel); err != nil {
			cmdutil.Exit(err)
		}
	}
	serve := func(srv *grpc.Server) error {
		pulumirpc.RegisterLanguageRuntimeServer(srv, host{server.NewLanguageHost(engine, "", *compiler)})
		return nil
	}
	port, done, err := rpcutil.Serve(0, ended, []func(*grpc.Server) error{serve}, nil)
	if err != nil {
		cmdutil.Exit(err)
	}
	// The engine reads the port from the first line.
	fmt.Println(port)
	if err := <-done; err != nil {
		cmdutil.Exit(err)
	}
}
