// Command argocd is Argo CD without its API server: the repository server and the application controller, and a store in
// memory in place of Redis, as in the argocd command line's own core mode.
package main

import (
	"flag"
	"log"

	"github.com/alicebob/miniredis/v2"
	controller "github.com/argoproj/argo-cd/v3/cmd/argocd-application-controller/commands"
	repository "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
	"github.com/spf13/cobra"
)

const loopback = "127.0.0.1"

func main() {
	port := flag.String("port", "", "port of the repository server")
	repositoryMetrics := flag.String("repository-metrics-port", "", "port of its metrics")
	metrics := flag.String("metrics-port", "", "port of the controller's metrics")
	flag.Parse()

	store, err := miniredis.Run()
	if err != nil {
		log.Fatal(err)
	}
	redis := "--redis=" + store.Addr()
	go run(repository.NewCommand(), redis, "--disable-tls", "--address="+loopback, "--port="+*port,
		"--metrics-address="+loopback, "--metrics-port="+*repositoryMetrics)
	run(controller.NewCommand(), redis, "--namespace=argocd", "--repo-server-plaintext", "--repo-server="+loopback+":"+*port,
		"--metrics-port="+*metrics)
}

func run(command *cobra.Command, args ...string) {
	command.SetArgs(args)
	if err := command.Execute(); err != nil {
		log.Fatal(err)
	}
}
